// The running score of one side. Pure. A share or a percentile is of all messages whose fate is known; what did not come is
// infinitely late (docs/metrics.md), and so is what could not even be sent.
import { pooled } from '../../../src/bench/statistics/estimate.ts';
import type { Arrived, HeldBack, Leg, Side } from './duel-model.ts';

export interface Score {
  /** All that were to be sent over this side. */
  readonly asked: number;
  /** Those that left. */
  readonly sent: number;
  readonly notSent: number;
  readonly inFlight: number;
  readonly arrived: number;
  readonly lost: number;
  readonly missing: number;
  readonly outOfOrder: number;
  /** Copies beyond the first. */
  readonly twice: number;
  readonly heldBack: number;
  readonly longestHeld: HeldBack | undefined;
  /** Undefined where nothing is known yet; null where so many did not come that it is not reached. */
  readonly medianMs: number | null | undefined;
  readonly p95Ms: number | null | undefined;
  readonly confirmed: number;
  readonly receiptsLost: number;
}

export function scoreOf({ legs }: Pick<Side, 'legs'>): Score {
  const arrived = legs.flatMap(({ fate }) => (fate.kind === 'arrived' ? [fate] : []));
  const count = (kind: Leg['fate']['kind']) => legs.filter(({ fate }) => fate.kind === kind).length;
  const receipts = (kind: Leg['receipt']['kind']) => legs.filter(({ receipt }) => receipt.kind === kind).length;
  const delays = Float64Array.from(arrived, ({ afterMs }) => afterMs).sort();
  const known = legs.length - count('in-flight');
  const held = legs.flatMap(({ heldBack }) => (heldBack === undefined ? [] : [heldBack]));
  return {
    asked: legs.length,
    sent: legs.length - count('not-sent'),
    notSent: count('not-sent'),
    inFlight: count('in-flight'),
    arrived: arrived.length,
    lost: count('lost'),
    missing: count('missing'),
    outOfOrder: arrived.filter(({ isOutOfOrder }) => isOutOfOrder).length,
    twice: arrived.reduce((sum, { copies }: Arrived) => sum + copies - 1, 0),
    heldBack: held.length,
    longestHeld: held.reduce<HeldBack | undefined>(
      (longest, each) => (longest === undefined || each.ms > longest.ms ? each : longest),
      undefined,
    ),
    medianMs: percentile(delays, known, 0.5),
    p95Ms: percentile(delays, known, 0.95),
    confirmed: receipts('came'),
    receiptsLost: receipts('lost'),
  };
}

/** @param of how many: what did not come is not among the delays */
function percentile(sorted: Float64Array, of: number, p: number): number | null | undefined {
  const value = pooled([{ kind: 'quantile', sorted, count: of, p }]);
  return value === Number.POSITIVE_INFINITY ? null : value;
}
