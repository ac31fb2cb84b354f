// Made-up measurements whose truth is known: repetitions that differ more than their messages do, both sides of a
// repetition hit by the same channel, and everything skewed with a heavy tail.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Sample } from '../../src/bench/statistics/sample.ts';

/** Sorted delays in ms of those that came, a repetition each; and how many were sent. */
export interface Side {
  readonly delays: readonly Float64Array[];
  readonly sent: number;
}

export const FIGURES = {
  mean: ({ delays }: Side): Sample[] =>
    delays.map((own) => ({ kind: 'ratio', part: own.reduce((sum, delay) => sum + delay, 0), whole: own.length })),
  median: (side: Side): Sample[] => quantile(side, 0.5),
  p99: (side: Side): Sample[] => quantile(side, 0.99),
  loss: ({ delays, sent }: Side): Sample[] =>
    delays.map((own) => ({ kind: 'ratio', part: sent - own.length, whole: sent })),
} as const;

export type FigureName = keyof typeof FIGURES;

function quantile({ delays, sent }: Side, p: number): Sample[] {
  return delays.map((sorted) => ({ kind: 'quantile', sorted, count: sent, p }));
}

export interface Network {
  readonly sent: number;
  /** Standard deviations of the logarithm: of what both sides of a repetition share, of each side's own, of each message's. */
  readonly shared: number;
  readonly own: number;
  readonly message: number;
  /** Mean share that is lost; it goes with the shocks of its repetition. */
  readonly loss: number;
}

/** What is steady, what is like a bad network, and where losses are a rare event. */
export const NETWORKS = {
  steady: { sent: 1000, shared: 0.2, own: 0.1, message: 0.5, loss: 0 },
  shaken: { sent: 1000, shared: 0.6, own: 0.4, message: 0.8, loss: 0.002 },
  wild: { sent: 1000, shared: 1, own: 0.8, message: 1, loss: 0.002 },
} as const satisfies Record<string, Network>;

export type Roll = () => number;

/** Uniform in (0, 1]. */
export function rolls(seed: number): Roll {
  const chance = xoroshiro128plus(seed);
  return () => 1 - uniformFloat64(chance);
}

/** Sides A and B over the same channels; what is variable is multiplied by `factor` on side B. */
export function experiment(network: Network, repetitions: number, factor: number, roll: Roll): [Side, Side] {
  const sides = [1, factor].map((times): Side & { delays: Float64Array[] } & { times: number } => ({
    delays: [],
    sent: network.sent,
    times,
  }));
  for (let r = 0; r < repetitions; r++) {
    const shared = network.shared * normal(roll);
    for (const { delays, times } of sides) delays.push(repetition(network, shared, times, roll));
  }
  return [sides[0]!, sides[1]!];
}

const LEAST_MS = 20;
const QUEUE_MS = 10;

function repetition({ sent, own, message, loss }: Network, shared: number, times: number, roll: Roll): Float64Array {
  const shock = times * Math.exp(shared + own * normal(roll));
  const delays = new Float64Array(sent);
  let came = 0;
  for (let i = 0; i < sent; i++) {
    const delay = LEAST_MS + QUEUE_MS * shock * Math.exp(message * normal(roll));
    if (roll() > Math.min(1, loss * shock)) delays[came++] = delay;
  }
  return delays.slice(0, came).sort();
}

/** Box and Muller's, one of the two. */
function normal(roll: Roll): number {
  return Math.sqrt(-2 * Math.log(roll())) * Math.cos(2 * Math.PI * roll());
}
