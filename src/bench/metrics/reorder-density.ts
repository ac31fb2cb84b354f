// Reorder density and reorder-buffer density (RFC 5236), of one flow. Lost messages and later copies have no part in them: a
// receive index is given to the numbers that came, and to no other. The RFC's threshold says when a packet that does not
// come is lost; here T_max has said so already.
//
//     arrives          1   4   2   5   3   6        (the RFC counts from 1)
//     receive index    1   2   3   4   5   6
//     displacement     0  −2   1  −1   2   0        early: negative, late: positive
//     buffered         0   1   1   2   0   0        waiting for one before them
import type { FlowObservation } from '../record/observation.ts';
import { deliveredMessages } from './delivery.ts';
import type { Metric } from './metric.ts';

export const REORDER_DENSITY = {
  displaced: {
    title: 'displaced',
    unit: 'share',
    formula: '1 − RD[0]: first copies whose receive index is not their number / L',
    source: 'RFC 5236 (reorder density)',
    reading: 'What is not in its place, early or late.',
    better: 'less',
    interval: 'wilson',
    sample: (observation) => ({
      kind: 'ratio',
      part: sumOf(observation.flows, displacements, (displacement) => (displacement === 0 ? 0 : 1)),
      whole: deliveredMessages(observation),
    }),
  },
  'displacement-mean': {
    title: 'displacement mean',
    unit: 'messages',
    formula: 'Σ |D| · RD[D]: mean, over first copies, of |receive index − number|',
    source: 'RFC 5236 (reorder density)',
    reading: 'How far from its place a message is. On average, those in their place included.',
    better: 'less',
    sample: (observation) => ({
      kind: 'ratio',
      part: sumOf(observation.flows, displacements, Math.abs),
      whole: deliveredMessages(observation),
    }),
  },
  'reorder-buffer-mean': {
    title: 'reorder buffer mean',
    unit: 'messages',
    formula: 'Σ B · RBD[B]: mean, over first copies, of the messages buffered after each arrival',
    source: 'RFC 5236 (reorder-buffer density)',
    reading: 'What waits to be put in order again. On average, at a receiver that buffers what came too early.',
    better: 'less',
    sample: (observation) => ({
      kind: 'ratio',
      part: sumOf(observation.flows, buffered, (messages) => messages),
      whole: deliveredMessages(observation),
    }),
  },
  'reorder-buffer-largest': {
    title: 'reorder buffer largest',
    unit: 'messages',
    formula: 'the largest B with RBD[B] > 0',
    source: 'RFC 5236 (reorder-buffer density)',
    reading:
      'The most that ever waits for that. In one flow. Such a receiver is told at once of a loss, and does not wait for one.',
    better: 'less',
    sample: ({ flows }) => ({
      kind: 'largest',
      value: flows.reduce((most, flow) => buffered(flow).reduce((a, b) => Math.max(a, b), most), 0),
    }),
  },
} as const satisfies Record<string, Metric>;

type Arrivals = Pick<FlowObservation, 'lost' | 'arrivedNumber'>;

/** Receive index − number of each first copy, in the order of arrival. */
export function displacements({ lost, arrivedNumber }: Arrivals): Int32Array {
  const displaced = new Int32Array(arrivedNumber.length);
  let receiveIndex = 0;
  for (let arrival = 0; arrival < arrivedNumber.length; arrival++) {
    while (lost[receiveIndex] === 1) receiveIndex++;
    displaced[arrival] = receiveIndex++ - arrivedNumber[arrival]!;
  }
  return displaced;
}

/** After each arrival: how many wait for one before them. */
export function buffered({ lost, arrivedNumber }: Arrivals): Uint32Array {
  const waiting = new Uint32Array(arrivedNumber.length);
  const settled = lost.slice();
  let [expected, released] = [0, 0];
  for (let arrival = 0; arrival < arrivedNumber.length; arrival++) {
    settled[arrivedNumber[arrival]!] = 1;
    for (; settled[expected] === 1; expected++) if (lost[expected] === 0) released++;
    waiting[arrival] = arrival + 1 - released;
  }
  return waiting;
}

/**
 * RD: the share of first copies with each displacement from −limit to limit; the two ends hold what lies beyond them.
 * All 0 where nothing came.
 */
export function reorderDensity(flows: readonly Arrivals[], limit: number): Float64Array {
  const density = new Float64Array(2 * limit + 1);
  for (const flow of flows) {
    for (const displacement of displacements(flow)) {
      density[limit + Math.max(-limit, Math.min(limit, displacement))]!++;
    }
  }
  return normalised(density);
}

/** RBD: the share of arrivals after which 0 to `limit` messages are buffered; the last holds what lies beyond it. */
export function reorderBufferDensity(flows: readonly Arrivals[], limit: number): Float64Array {
  const density = new Float64Array(limit + 1);
  for (const flow of flows) for (const messages of buffered(flow)) density[Math.min(limit, messages)]!++;
  return normalised(density);
}

function normalised(frequency: Float64Array): Float64Array {
  const total = frequency.reduce((sum, count) => sum + count, 0);
  return total === 0 ? frequency : frequency.map((count) => count / total);
}

function sumOf(
  flows: readonly FlowObservation[],
  column: (flow: FlowObservation) => Int32Array | Uint32Array,
  of: (value: number) => number,
): number {
  let sum = 0;
  for (const flow of flows) for (const value of column(flow)) sum += of(value);
  return sum;
}
