// How long joining takes: what a connection costs before its first message.
import type { Metric } from './metric.ts';
import { quantileOf } from './quantile-of.ts';

export const SET_UP = {
  'set-up-p50': {
    title: 'set-up p50',
    unit: 'ms',
    formula: "median, over all users, from the call that joins to the server's welcome",
    source: 'ours',
    reading: 'Two round trips, more where packets were lost.',
    better: 'less',
    sample: ({ setUpsMs }) => quantileOf(Float64Array.from(setUpsMs), 0.5),
  },
  'set-up-max': {
    title: 'set-up max',
    unit: 'ms',
    formula: "the longest, over all users, from the call that joins to the server's welcome",
    source: 'ours',
    reading: 'Who had to repeat the most. The retransmission timers of the handshake stand in it.',
    better: 'less',
    needs: 'somebody who joined',
    sample: ({ setUpsMs }) =>
      setUpsMs.length === 0 ? undefined : { kind: 'largest', value: setUpsMs.reduce((a, b) => Math.max(a, b)) },
  },
  'set-up-round-trips': {
    title: 'set-up round trips',
    unit: 'round trips',
    formula:
      'mean, over all users, of the longest chain of packets and answers of his joining, each sent after the one before had come',
    source: 'ours',
    reading: 'What the protocol needs, on any network. Two over either transport of this lab.',
    better: 'less',
    needs: 'packets that can be seen on their path',
    sample: ({ setUpRoundTrips }) =>
      setUpRoundTrips && {
        kind: 'ratio',
        part: setUpRoundTrips.reduce((sum, trips) => sum + trips, 0),
        whole: setUpRoundTrips.length,
      },
  },
} as const satisfies Record<string, Metric>;
