// Whether losses come one by one or together (RFC 3357): runs of lost messages, and how far losses are apart. In the order
// of sending, flow by flow.
import type { FlowObservation } from '../record/observation.ts';
import type { Metric } from './metric.ts';

export const LOSS_PATTERN = {
  'loss-periods': {
    title: 'loss periods',
    unit: 'share',
    formula: 'number of runs of consecutive losses in a flow / N',
    source: 'RFC 3357 (loss period)',
    reading: 'How many of all messages begin a run of losses. With the same loss, fewer periods are longer ones.',
    better: 'less',
    sample: ({ flows, plannedNs }) => ({ kind: 'ratio', part: lossPattern(flows).periods, whole: plannedNs.length }),
  },
  'loss-period-mean': {
    title: 'loss period mean',
    unit: 'messages',
    formula: 'lost messages / number of runs of consecutive losses',
    source: 'RFC 3357 (loss period length)',
    reading: 'Near 1: losses come one by one. Independent losses at a rate p have 1 / (1 − p).',
    better: 'less',
    sample: ({ flows }) => {
      const { lost, periods } = lossPattern(flows);
      return { kind: 'ratio', part: lost, whole: periods };
    },
  },
  'loss-period-longest': {
    title: 'loss period longest',
    unit: 'messages',
    formula: 'the longest run of consecutive losses in a flow',
    source: 'RFC 3357 (loss period length)',
    reading: 'What a receiver must be able to bridge.',
    better: 'less',
    sample: ({ flows }) => ({ kind: 'largest', value: lossPattern(flows).longest }),
  },
  'loss-distance-mean': {
    title: 'loss distance mean',
    unit: 'messages',
    formula: 'mean, over losses that have one before them in their flow, of the difference of their numbers',
    source: 'RFC 3357 (loss distance)',
    reading: 'How soon a loss comes again; 1: the next message.',
    better: 'more',
    sample: ({ flows }) => {
      const { distance, distances } = lossPattern(flows);
      return { kind: 'ratio', part: distance, whole: distances };
    },
  },
} as const satisfies Record<string, Metric>;

export interface LossPattern {
  readonly lost: number;
  /** Runs of consecutive losses, and the length of the longest. */
  readonly periods: number;
  readonly longest: number;
  /** Losses that have one before them, and the sum of the differences of their numbers. */
  readonly distances: number;
  readonly distance: number;
}

export function lossPattern(flows: readonly Pick<FlowObservation, 'lost'>[]): LossPattern {
  let [lostMessages, periods, longest, distances, distance] = [0, 0, 0, 0, 0];
  for (const { lost } of flows) {
    let previous = -1;
    let run = 0;
    for (let number = 0; number < lost.length; number++) {
      if (lost[number] === 0) continue;
      lostMessages++;
      const isFirst = previous === -1;
      run = !isFirst && previous === number - 1 ? run + 1 : 1;
      if (run === 1) periods++;
      if (run > longest) longest = run;
      if (!isFirst) {
        distances++;
        distance += number - previous;
      }
      previous = number;
    }
  }
  return { lost: lostMessages, periods, longest, distances, distance };
}

/** How many runs of consecutive losses have each length from 1 to `longest`; the last counts the longer ones, too. */
export function lossRuns(flows: readonly Pick<FlowObservation, 'lost'>[], longest: number): Float64Array {
  const counts = new Float64Array(longest);
  for (const { lost } of flows) {
    let run = 0;
    for (let number = 0; number <= lost.length; number++) {
      if (lost[number] === 1) run++;
      else if (run > 0) {
        counts[Math.min(longest, run) - 1]!++;
        run = 0;
      }
    }
  }
  return counts;
}
