// Goodput (RFC 2647): payload of distinct messages over the time from the first sending to the last delivery.
import type { Observation } from '../record/observation.ts';
import { deliveredMessages } from './delivery.ts';
import type { Metric } from './metric.ts';

export const THROUGHPUT = {
  goodput: {
    title: 'goodput',
    unit: 'bit/s',
    formula: 'payload bits of distinct messages delivered / (last delivery − first planned instant)',
    source: 'RFC 2647, section 3.17',
    reading:
      'Payload that arrived, in bits per second. Of an open loop: at most what was offered. Headers, copies and retransmissions are not in it.',
    better: 'more',
    sample: (observation) => {
      // One delivery begins and ends a measurement at once: there is no time to speak of.
      if (deliveredMessages(observation) < 2) return { kind: 'ratio', part: 0, whole: 0 };
      return { kind: 'ratio', part: 8 * deliveredBytes(observation), whole: deliverySeconds(observation) };
    },
  },
} as const satisfies Record<string, Metric>;

/** Payload of the messages that came, each once. */
export function deliveredBytes({ sizeBytes, copies }: Observation): number {
  let bytes = 0;
  for (let message = 0; message < copies.length; message++) if (copies[message] !== 0) bytes += sizeBytes[message]!;
  return bytes;
}

function deliverySeconds({ plannedNs, flows }: Observation): number {
  let lastNs = Number.NEGATIVE_INFINITY;
  for (const { arrivedNs } of flows) lastNs = Math.max(lastNs, arrivedNs.at(-1) ?? Number.NEGATIVE_INFINITY);
  return (lastNs - plannedNs[0]!) / 1e9;
}
