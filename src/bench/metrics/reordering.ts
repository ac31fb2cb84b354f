// Reordering (RFC 4737), of one flow and of first copies alone. A lost message reorders nothing.
import type { FlowObservation, Observation } from '../record/observation.ts';
import type { Sample } from '../statistics/sample.ts';
import { deliveredMessages } from './delivery.ts';
import type { Metric } from './metric.ts';
import { quantileOf } from './quantile-of.ts';

export const REORDERING = {
  reordered: {
    title: 'reordered',
    unit: 'share',
    formula: 'first copies that arrive below the next expected number of their flow / L',
    source: 'RFC 4737, sections 3.3 and 4.1',
    reading: 'What was overtaken; not what overtook.',
    better: 'less',
    interval: 'wilson',
    sample: (observation) => ({
      kind: 'ratio',
      part: observation.flows.reduce((sum, flow) => sum + reorderedArrivals(flow).extents.length, 0),
      whole: deliveredMessages(observation),
    }),
  },
  'reordering-extent-p95': {
    title: 'reordering extent p95',
    unit: 'messages',
    formula:
      'for a reordered arrival at position i: i − j, with j the earliest position of a larger number; p95 of them',
    source: 'RFC 4737, section 4.2',
    reading:
      'By how many most of them were overtaken. Over the reordered alone: nineteen of twenty were overtaken by at most so many.',
    better: 'less',
    sample: ({ flows }) =>
      quantileOf(
        joined(flows, ({ extents }) => extents),
        0.95,
      ),
  },
  'reordering-extent-longest': {
    title: 'reordering extent longest',
    unit: 'messages',
    formula: 'the largest i − j of a reordered arrival',
    source: 'RFC 4737, section 4.2',
    reading: 'The buffer that would restore the order. In messages, for the one that needs it most.',
    better: 'less',
    sample: ({ flows }) => largest(flows, ({ extents }) => extents, 1),
  },
  'reordering-late-time-p95': {
    title: 'reordering late time p95',
    unit: 'ms',
    formula: 'R_i − R_j of the same two arrivals; p95 of them',
    source: 'RFC 4737, section 4.3',
    reading: 'How late most of them came. Over the reordered alone: since the arrival of the first that overtook.',
    better: 'less',
    sample: ({ flows }) =>
      quantileOf(
        joined(flows, ({ lateNs }) => lateNs).map((ns) => ns / 1e6),
        0.95,
      ),
  },
  'reordering-late-time-longest': {
    title: 'reordering late time longest',
    unit: 'ms',
    formula: 'the largest R_i − R_j of a reordered arrival',
    source: 'RFC 4737, section 4.3',
    reading: 'The wait that would restore the order. For the one that needs it most.',
    better: 'less',
    sample: ({ flows }) => largest(flows, ({ lateNs }) => lateNs, 1e6),
  },
  'n-reordering-1': nReordering(1, 'Came right behind a later one.'),
  'n-reordering-2': nReordering(2, 'Came behind two later ones in a row.'),
  'n-reordering-3': nReordering(
    3,
    'What TCP may take for lost. Three later ones in a row are three duplicate ACKs: a TCP that counts them sends again what was late.',
  ),
} as const satisfies Record<string, Metric>;

function nReordering(n: number, reading: string) {
  return {
    title: `${n}-reordering`,
    unit: 'share',
    formula: `arrivals of which all ${n} just before have larger numbers / L`.replace('all 1 ', 'the one '),
    source: 'RFC 4737, section 5.3',
    reading,
    better: 'less',
    interval: 'wilson',
    sample: (observation: Observation) => ({
      kind: 'ratio',
      part: observation.flows.reduce((sum, flow) => sum + nReordered(flow.arrivedNumber, n), 0),
      whole: deliveredMessages(observation),
    }),
  } as const satisfies Metric;
}

/** One entry for each reordered arrival of a flow, in the order of arrival. */
export interface ReorderedArrivals {
  readonly extents: Uint32Array;
  readonly lateNs: Float64Array;
}

type Arrivals = Pick<FlowObservation, 'arrivedNumber' | 'arrivedNs'>;

export function reorderedArrivals({ arrivedNumber, arrivedNs }: Arrivals): ReorderedArrivals {
  /** Positions of arrivals larger than all before them: they alone can be the earliest larger one. */
  const leaders = new Uint32Array(arrivedNumber.length);
  const extents = new Uint32Array(arrivedNumber.length);
  const lateNs = new Float64Array(arrivedNumber.length);
  let [leaderCount, count, next] = [0, 0, 0];
  for (let i = 0; i < arrivedNumber.length; i++) {
    const number = arrivedNumber[i]!;
    if (number >= next) {
      leaders[leaderCount++] = i;
      next = number + 1;
      continue;
    }
    const j = earliestLarger(arrivedNumber, leaders, leaderCount, number);
    extents[count] = i - j;
    lateNs[count++] = arrivedNs[i]! - arrivedNs[j]!;
  }
  return { extents: extents.subarray(0, count), lateNs: lateNs.subarray(0, count) };
}

/** Leaders ascend, so the first of them above `number` is found by halving. */
function earliestLarger(arrived: Uint32Array, leaders: Uint32Array, leaderCount: number, number: number): number {
  let [low, high] = [0, leaderCount - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (arrived[leaders[middle]!]! > number) high = middle;
    else low = middle + 1;
  }
  return leaders[low]!;
}

/** How many arrivals have, just before them, `n` in a row with larger numbers. */
export function nReordered(arrivedNumber: Uint32Array, n: number): number {
  let count = 0;
  for (let i = n; i < arrivedNumber.length; i++) {
    let larger = 0;
    while (larger < n && arrivedNumber[i - larger - 1]! > arrivedNumber[i]!) larger++;
    if (larger === n) count++;
  }
  return count;
}

type Column = (reordered: ReorderedArrivals) => Uint32Array | Float64Array;

function joined(flows: readonly FlowObservation[], column: Column): Float64Array {
  const columns = flows.map((flow) => column(reorderedArrivals(flow)));
  const all = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const values of columns) {
    all.set(values, offset);
    offset += values.length;
  }
  return all;
}

/** 0 where nothing was reordered. */
function largest(flows: readonly FlowObservation[], column: Column, unit: number): Sample {
  let value = 0;
  for (const flow of flows) for (const each of column(reorderedArrivals(flow))) value = Math.max(value, each / unit);
  return { kind: 'largest', value };
}
