// One-way delay (RFC 7679) at the level of messages: arrival of the first whole copy minus the planned instant. A lost
// message is infinitely late and counts in every percentile. There is no mean: one lost message would make it infinite, and
// leaving it out would reward loss.
import type { Observation } from '../record/observation.ts';
import type { Metric } from './metric.ts';

const PERCENTILE_SOURCE = 'RFC 7679, section 5.1; RFC 2330, section 11.3';

export const DELAY = {
  'delay-min': {
    title: 'delay min',
    unit: 'ms',
    formula: 'min d_i over the messages that came',
    source: 'RFC 7679',
    reading: 'What the path takes when nothing is in the way. Propagation, and the work of both hosts.',
    better: 'less',
    sample: ({ sortedDelaysMs }) => ({ kind: 'smallest', value: sortedDelaysMs[0] ?? Number.POSITIVE_INFINITY }),
  },
  'delay-p50': delayPercentile(0.5, 'The median: half of all messages were there by then.'),
  'delay-p90': delayPercentile(0.9, 'One message in ten took longer, or never came.'),
  'delay-p95': delayPercentile(0.95, 'One message in twenty took longer, or never came.'),
  'delay-p99': delayPercentile(
    0.99,
    'One message in a hundred took longer, or never came. Not reached: more than one in a hundred was lost.',
  ),
  'delay-p99.9': delayPercentile(
    0.999,
    'One message in a thousand took longer, or never came. It takes some thousands of messages to say anything.',
  ),
  'delay-max': {
    title: 'delay max',
    unit: 'ms',
    formula: 'max d_i over all N',
    source: 'RFC 7679, section 5.1, with p = 1',
    reading: 'Not reached as soon as one message is lost. It grows with the number of messages: compare equal runs.',
    better: 'less',
    sample: ({ sortedDelaysMs, plannedNs }) => ({
      kind: 'largest',
      value: sortedDelaysMs[plannedNs.length - 1] ?? Number.POSITIVE_INFINITY,
    }),
  },
} as const satisfies Record<string, Metric>;

function delayPercentile(p: number, reading: string) {
  const percent = Number((p * 100).toPrecision(6));
  return {
    title: `delay p${percent}`,
    unit: 'ms',
    formula: `smallest x with (number of i with d_i ≤ x) / N ≥ ${p}; nearest rank`,
    source: PERCENTILE_SOURCE,
    reading,
    better: 'less',
    sample: ({ sortedDelaysMs, plannedNs }: Observation) => ({
      kind: 'quantile',
      sorted: sortedDelaysMs,
      count: plannedNs.length,
      p,
    }),
  } as const satisfies Metric;
}
