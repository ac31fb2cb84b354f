// The deadline curve: the share of all messages sent that were there within x. A message that comes late is worth as much
// as one that does not come, if x is what it is needed within.
import type { Observation } from '../record/observation.ts';
import { boundary } from '../statistics/boundary.ts';
import type { Metric } from './metric.ts';

export const DEADLINES = {
  'in-time-20ms': inTimeShare(20, 'A tick of a game, or one packet of speech.'),
  'in-time-50ms': inTimeShare(50, 'What a fast game bears.'),
  'in-time-100ms': inTimeShare(100, 'What a hand takes for immediate.'),
  'in-time-200ms': inTimeShare(200, 'What a conversation bears. Above it people begin to speak at once.'),
  'in-time-500ms': inTimeShare(500, 'What a chat bears without notice.'),
} as const satisfies Record<string, Metric>;

function inTimeShare(deadlineMs: number, reading: string) {
  return {
    title: `in time, ${deadlineMs} ms`,
    unit: 'share',
    formula: `(number of i with d_i ≤ ${deadlineMs} ms) / N`,
    source: 'ours',
    reading,
    better: 'more',
    interval: 'wilson',
    sample: ({ sortedDelaysMs, plannedNs }: Observation) => ({
      kind: 'ratio',
      part: countWithin(sortedDelaysMs, deadlineMs),
      whole: plannedNs.length,
    }),
  } as const satisfies Metric;
}

const STEPS_A_DECADE = 32;

/** From 0.01 ms to 100 s, 32 steps a decade, 7 % each: the same for all, so that curves can be laid over one another. */
export const DEADLINES_MS: Float64Array = Float64Array.from(
  { length: 7 * STEPS_A_DECADE + 1 },
  (_, step) => 10 ** (step / STEPS_A_DECADE - 2),
);

/** The share of all sent that came within each of the deadlines, which ascend. NaN where nothing was sent. */
export function deadlineCurve(
  { sortedDelaysMs, plannedNs }: Pick<Observation, 'sortedDelaysMs' | 'plannedNs'>,
  deadlinesMs: Float64Array = DEADLINES_MS,
): Float64Array {
  return deadlinesMs.map((deadlineMs) => countWithin(sortedDelaysMs, deadlineMs) / plannedNs.length);
}

/** How many of the ascending values are at most `limit`. */
function countWithin(sorted: Float64Array, limit: number): number {
  return boundary(sorted, (value) => value <= limit);
}
