// Head-of-line blocking: how long a message that was wholly at the receiving host waited there because bytes before it in
// its stream were not. No RFC defines it. Measured in the path, so no kernel is asked and nothing is guessed.
//
//     a_i: the instant at which the last byte of message i was at the host
//     blocked_i = (max over j ≤ i of a_j) − a_i, in one stream; the way up and the way down added
import type { PathObservation } from '../record/observation.ts';
import type { Metric } from './metric.ts';
import { quantileOfSorted, sortedOnce } from './quantile-of.ts';

const NEEDS = 'a transport that is a stream, and packets that can be seen on their path';

export const STREAM = {
  blocked: {
    title: 'blocked',
    unit: 'share',
    formula: 'messages with blocked_i > 0 / messages seen on the path',
    source: 'ours',
    reading: 'Had come, and waited for what was sent before. Any wait above 0 counts.',
    better: 'less',
    interval: 'wilson',
    needs: NEEDS,
    sample: ({ path }) => {
      if (path === undefined) return undefined;
      const waits = blockedMs(path);
      return { kind: 'ratio', part: waits.reduce((count, ms) => (ms > 0 ? count + 1 : count), 0), whole: waits.length };
    },
  },
  'blocked-mean': {
    title: 'blocked mean',
    unit: 'ms',
    formula: 'mean of blocked_i over all messages seen on the path, those that did not wait included',
    source: 'ours',
    reading: 'What order costs, spread over all messages. So much of the mean delay of a stream is waiting in line.',
    better: 'less',
    needs: NEEDS,
    sample: ({ path }) => {
      if (path === undefined) return undefined;
      const waits = blockedMs(path);
      return { kind: 'ratio', part: waits.reduce((sum, ms) => sum + ms, 0), whole: waits.length };
    },
  },
  'blocked-p99': {
    title: 'blocked p99',
    unit: 'ms',
    formula: '0.99-percentile of blocked_i over all messages seen on the path',
    source: 'ours',
    reading: 'One message in a hundred was held back for longer.',
    better: 'less',
    needs: NEEDS,
    sample: (observation) =>
      observation.path === undefined ? undefined : quantileOfSorted(sortedBlockedMs(observation), 0.99),
  },
  'blocked-longest': {
    title: 'blocked longest',
    unit: 'ms',
    formula: 'the largest blocked_i',
    source: 'ours',
    reading:
      'The longest that one message was held back. About a retransmission timeout, where a retransmission was lost too.',
    better: 'less',
    needs: NEEDS,
    sample: ({ path }) =>
      path === undefined
        ? undefined
        : { kind: 'largest', value: blockedMs(path).reduce((most, ms) => Math.max(most, ms), 0) },
  },
  releases: {
    title: 'gaps closed',
    unit: 'ratio',
    formula: 'gaps in a stream that were closed with messages waiting behind them / N',
    source: 'ours',
    reading: 'How often nothing comes, and then several at once. For each message sent.',
    better: 'less',
    needs: NEEDS,
    sample: ({ path, plannedNs }) =>
      path === undefined ? undefined : { kind: 'ratio', part: path.releases.length, whole: plannedNs.length },
  },
  'release-mean': {
    title: 'release mean',
    unit: 'messages',
    formula: 'messages that the closing of a gap released / gaps closed',
    source: 'ours',
    reading: 'How many come at once when a gap is closed.',
    better: 'less',
    needs: NEEDS,
    sample: ({ path }) =>
      path === undefined
        ? undefined
        : { kind: 'ratio', part: path.releases.reduce((sum, count) => sum + count, 0), whole: path.releases.length },
  },
  'release-largest': {
    title: 'release largest',
    unit: 'messages',
    formula: 'the most messages that the closing of one gap released',
    source: 'ours',
    reading: 'The burst that a receiver must take at once.',
    better: 'less',
    needs: NEEDS,
    sample: ({ path }) =>
      path === undefined
        ? undefined
        : { kind: 'largest', value: path.releases.reduce((most, count) => Math.max(most, count), 0) },
  },
} as const satisfies Record<string, Metric>;

/** Ascending; of a transport that blocks nothing, none. */
export const sortedBlockedMs = sortedOnce(({ path }) => (path === undefined ? new Float64Array() : blockedMs(path)));

/** Of each message that was seen on one way at least; a way on which it was not seen adds nothing. */
export function blockedMs({ blockedUpNs, blockedDownNs }: PathObservation): Float64Array {
  const waits = new Float64Array(blockedUpNs.length);
  let count = 0;
  for (let message = 0; message < blockedUpNs.length; message++) {
    const [upNs, downNs] = [blockedUpNs[message]!, blockedDownNs[message]!];
    if (Number.isNaN(upNs) && Number.isNaN(downNs)) continue;
    waits[count++] = ((Number.isNaN(upNs) ? 0 : upNs) + (Number.isNaN(downNs) ? 0 : downNs)) / 1e6;
  }
  return waits.slice(0, count);
}
