// From records of trials to figures. Every metric itself is a small function in metrics/.
import { oneWayDelaysNs } from './metrics/delay.ts';
import { extraCopies } from './metrics/duplication.ts';
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
  const delays = concat(trials.map(({ record }) => oneWayDelaysNs(record, settings.waitingMs * 1e6))).sort();
  const arrived = delays.subarray(0, countFinite(delays));
  const sent = delays.length;
  const order = trials.flatMap(({ record }) => flowOrders(record).map(reordering));
  const received = order.reduce((sum, flow) => sum + flow.received, 0);
  const duplicates = sum(trials, ({ record }) => extraCopies(record.arrivedMessage));
  const reordered = order.reduce((sum, flow) => sum + flow.reordered, 0);
  const lost = sent - arrived.length;
  return {
    sent,
    delivered: arrived.length,
    lost,
    loss: proportion(lost, sent),
    duplicates,
    duplication: ratio(duplicates, received),
    reordered,
    reordering: ratio(reordered, received),
    longestReorderingExtent: longestExtent(order),
    damaged: sum(trials, ({ record }) => record.damaged),
    refused: sum(trials, ({ record }) => record.refused),
    delayMs: delayFigures(arrived, sent),
    timerErrorMs: timerError(trials),
    setUpMs: median(trials.flatMap(({ setUpsMs }) => setUpsMs)),
    goodputBitsPerSecond: goodput(trials, settings.bodyBytes),
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
  const at = (p: number) => (percentileOfSent(errors, errors.length, p) ?? 0) / 1e6;
  return { p50: at(0.5), p99: at(0.99) };
}

/** RFC 2647: payload bits of distinct messages, from the first sending to the last delivery. */
function goodput(trials: readonly MeasuredTrial[], bodyBytes: number): number | undefined {
  let bits = 0;
  let seconds = 0;
  for (const { record } of trials) {
    const distinct = new Set(record.arrivedMessage).size;
    const lastNs = record.arrivedNs.at(-1);
    if (distinct < 2 || lastNs === undefined) continue;
    bits += distinct * bodyBytes * 8;
    seconds += (lastNs - record.plannedNs[0]!) / 1e9;
  }
  return seconds > 0 ? bits / seconds : undefined;
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

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
