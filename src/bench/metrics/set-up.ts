// How long joining takes: what a connection costs before its first message.
import type { Observation } from '../observation.ts';
import type { Metric } from './metric.ts';

export const SET_UP = {
  'set-up-p50': {
    title: 'set-up p50',
    unit: 'ms',
    formula: "median, over all users, from the call that joins to the server's welcome",
    source: 'ours',
    reading: 'Two round trips over either transport, and more where a packet of the handshake was lost.',
    better: 'less',
    sample: (observation) => {
      const sorted = sortedSetUps(observation);
      return { kind: 'quantile', sorted, count: sorted.length, p: 0.5 };
    },
  },
  'set-up-max': {
    title: 'set-up max',
    unit: 'ms',
    formula: "the longest, over all users, from the call that joins to the server's welcome",
    source: 'ours',
    reading: 'Who had to repeat the most: the retransmission timers of the handshake stand in it.',
    better: 'less',
    sample: (observation) => {
      const longest = sortedSetUps(observation).at(-1);
      return longest === undefined ? undefined : { kind: 'largest', value: longest };
    },
  },
} as const satisfies Record<string, Metric>;

function sortedSetUps({ setUpsMs }: Observation): Float64Array {
  return Float64Array.from(setUpsMs).sort();
}
