// What came and what did not (RFC 7680), counted in messages.
import type { Observation } from '../record/observation.ts';
import type { Metric } from './metric.ts';

export const DELIVERY = {
  sent: {
    title: 'sent',
    unit: 'messages',
    formula: 'N: all messages planned, whether or not the transport took them',
    source: 'ours',
    reading: 'What loss and every percentile are shares of.',
    sample: ({ plannedNs }) => ({ kind: 'total', value: plannedNs.length }),
  },
  delivered: {
    title: 'delivered',
    unit: 'messages',
    formula: 'L: messages of which a whole copy came within T_max',
    source: 'ours',
    reading: 'Came whole and in time; copies count once.',
    better: 'more',
    sample: (observation) => ({ kind: 'total', value: deliveredMessages(observation) }),
  },
  lost: {
    title: 'lost',
    unit: 'messages',
    formula: 'N − L',
    source: 'RFC 7680',
    reading: 'Not delivered, or not within T_max. What the transport did not take is lost, too.',
    better: 'less',
    sample: (observation) => ({ kind: 'total', value: lostMessages(observation) }),
  },
  loss: {
    title: 'loss',
    unit: 'share',
    formula: '(N − L) / N',
    source: 'RFC 7680; interval: Wilson 1927',
    reading:
      'How many of all messages were lost. Over a link whose chance is per time losses come together: the interval, which takes them as independent, is then too narrow.',
    better: 'less',
    interval: 'wilson',
    sample: (observation) => ({ kind: 'ratio', part: lostMessages(observation), whole: observation.plannedNs.length }),
  },
} as const satisfies Record<string, Metric>;

export const DAMAGE = {
  damaged: {
    title: 'damaged',
    unit: 'copies',
    formula: 'copies whose content is not what was sent',
    source: 'ours',
    reading:
      "Copies that are not what was sent. The kernel's checksums catch what a link corrupts; the relay stands above them, and shows what they catch.",
    better: 'less',
    sample: ({ damaged }) => ({ kind: 'total', value: damaged }),
  },
  refused: {
    title: 'refused',
    unit: 'messages',
    formula: 'messages that the server sent back with a reason',
    source: 'ours',
    reading: 'The server said no: receiver too slow, or gone.',
    better: 'less',
    sample: ({ refused }) => ({ kind: 'total', value: refused }),
  },
} as const satisfies Record<string, Metric>;

/** L: distinct messages that came in time. */
export function deliveredMessages({ sortedDelaysMs }: Observation): number {
  return sortedDelaysMs.length;
}

function lostMessages(observation: Observation): number {
  return observation.plannedNs.length - deliveredMessages(observation);
}
