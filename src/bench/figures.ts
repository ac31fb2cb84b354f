// From records of trials to figures. Every metric itself is a small function in metrics/.
import { oneWayDelaysNs } from './metrics/delay.ts';
import { extraCopies } from './metrics/duplication.ts';
import { goodput } from './metrics/goodput.ts';
import { inTime } from './metrics/in-time.ts';
import { proportion } from './metrics/loss.ts';
import { percentileOfSent } from './metrics/percentile.ts';
import { type Reordering, reordering } from './metrics/reordering.ts';
import type { TrialRecord } from './record.ts';
import type { Figures } from './result.ts';

export interface MeasuredTrial {
  readonly record: TrialRecord;
  readonly setUpsMs: readonly number[];
}

export interface FigureSettings {
  /** T_max. */
  readonly waitingMs: number;
  readonly bodyBytes: number;
}

/** Figures over all messages of these trials together: one trial, or all repetitions of a cell. */
export function figuresOf(trials: readonly MeasuredTrial[], settings: FigureSettings): Figures {
  const records = trials.map(({ record }) => inTime(record, settings.waitingMs * 1e6));
  const delays = concat(records.map(oneWayDelaysNs)).sort();
  const arrived = delays.subarray(0, countFinite(delays));
  const sent = delays.length;
  const order = records.flatMap((record) => flowOrders(record).map(reordering));
  const duplicates = sum(records, ({ arrivedMessage }) => extraCopies(arrivedMessage));
  const reordered = sum(order, (flow) => flow.reordered);
  const lost = sent - arrived.length;
  return {
    sent,
    delivered: arrived.length,
    lost,
    loss: proportion(lost, sent),
    duplicates,
    duplication: ratio(duplicates, arrived.length),
    reordered,
    reordering: ratio(reordered, arrived.length),
    longestReorderingExtent: longestExtent(order),
    damaged: sum(trials, ({ record }) => record.damaged),
    refused: sum(trials, ({ record }) => record.refused),
    delayMs: delayFigures(arrived, sent),
    timerErrorMs: timerError(trials),
    setUpMs: median(trials.flatMap(({ setUpsMs }) => setUpsMs)),
    goodputBitsPerSecond: goodputOf(records, settings.bodyBytes),
  };
}

/** RFC 4737 speaks of one stream: the messages of each flow, in the order of their arrival. */
function flowOrders({ flow, arrivedMessage }: TrialRecord): number[][] {
  const orders = new Map<number, number[]>();
  for (const message of arrivedMessage) {
    const number = flow[message]!;
    const order = orders.get(number);
    if (order === undefined) orders.set(number, [message]);
    else order.push(message);
  }
  return [...orders.values()];
}

function delayFigures(arrived: Float64Array, sent: number): Figures['delayMs'] {
  const at = (p: number) => {
    const ns = percentileOfSent(arrived, sent, p);
    return ns === null ? null : ns / 1e6;
  };
  const first = arrived[0];
  return { min: first === undefined ? null : first / 1e6, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}

function timerError(trials: readonly MeasuredTrial[]): Figures['timerErrorMs'] {
  const errors = concat(
    trials.map(({ record }) => record.sentNs.map((sentNs, i) => sentNs - record.plannedNs[i]!).filter((ns) => ns >= 0)),
  ).sort();
  const at = (p: number) => percentileOfSent(errors, errors.length, p)! / 1e6;
  return errors.length === 0 ? undefined : { p50: at(0.5), p99: at(0.99) };
}

function goodputOf(records: readonly TrialRecord[], bodyBytes: number): number | undefined {
  const each = records.map((record) => goodput(record, bodyBytes)).filter((trial) => trial !== undefined);
  const seconds = sum(each, (trial) => trial.seconds);
  return seconds > 0 ? sum(each, (trial) => trial.bits) / seconds : undefined;
}

function longestExtent(order: readonly Reordering[]): number {
  let longest = 0;
  for (const { extents } of order) for (const extent of extents) longest = Math.max(longest, extent);
  return longest;
}

function median(values: readonly number[]): number | undefined {
  const sorted = Float64Array.from(values).sort();
  return percentileOfSent(sorted, sorted.length, 0.5) ?? undefined;
}

function countFinite(sorted: Float64Array): number {
  const firstInfinite = sorted.indexOf(Number.POSITIVE_INFINITY);
  return firstInfinite === -1 ? sorted.length : firstInfinite;
}

function concat(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(sum(parts, (part) => part.length));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function ratio(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}
