// Duplication (RFC 5560): copies beyond the first.
import type { Observation } from '../record/observation.ts';
import { deliveredMessages } from './delivery.ts';
import type { Metric } from './metric.ts';

export const DUPLICATION = {
  duplication: {
    title: 'duplication',
    unit: 'ratio',
    formula: 'Σ(c_i − 1) / L, over the messages that came, c_i copies of each',
    source: 'RFC 5560',
    reading: 'Copies too many for each message that came. It passes 1 where each comes three times and more.',
    better: 'less',
    sample: (observation) => ({ kind: 'ratio', part: extraOf(observation), whole: deliveredMessages(observation) }),
  },
  replicated: {
    title: 'replicated',
    unit: 'share',
    formula: 'messages with c_i ≥ 2 / L',
    source: 'RFC 5560',
    reading: 'How many messages came more than once. A receiver that must not act twice has to know them again.',
    better: 'less',
    interval: 'wilson',
    sample: (observation) => ({ kind: 'ratio', part: replicated(observation), whole: deliveredMessages(observation) }),
  },
} as const satisfies Record<string, Metric>;

function extraOf({ copies }: Observation): number {
  let extra = 0;
  for (const count of copies) if (count > 1) extra += count - 1;
  return extra;
}

function replicated({ copies }: Observation): number {
  let messages = 0;
  for (const count of copies) if (count > 1) messages++;
  return messages;
}
