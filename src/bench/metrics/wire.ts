// What crossing the link costs: bytes and packets as their hosts sent them, before the link took any. Every message crosses
// twice, up to the server and down to its receiver, so 2 is the least for bytes.
import type { Observation, WireObservation } from '../record/observation.ts';
import type { Sample } from '../statistics/sample.ts';
import { deliveredMessages } from './delivery.ts';
import { deliveredBytes } from './goodput.ts';
import type { Metric } from './metric.ts';

const NEEDS = 'packets that can be seen on their path';

export const WIRE = {
  'wire-bytes-per-byte': {
    title: 'wire bytes per byte',
    unit: 'ratio',
    formula: 'bytes on the link, both directions, IP headers included / payload bytes of distinct messages delivered',
    source: 'ours',
    reading: 'All that it cost. Headers, ACKs, retransmissions, keep-alives, and what was sent and lost.',
    better: 'less',
    needs: NEEDS,
    sample: (observation) => bytesPerByte(observation, ['up', 'down']),
  },
  'wire-up-bytes-per-byte': {
    title: 'wire bytes per byte, up',
    unit: 'ratio',
    formula: 'bytes on the link from clients to server / payload bytes of distinct messages delivered',
    source: 'ours',
    reading: "The senders' messages, the receivers' ACKs.",
    better: 'less',
    needs: NEEDS,
    sample: (observation) => bytesPerByte(observation, ['up']),
  },
  'wire-down-bytes-per-byte': {
    title: 'wire bytes per byte, down',
    unit: 'ratio',
    formula: 'bytes on the link from server to clients / payload bytes of distinct messages delivered',
    source: 'ours',
    reading: "The messages again, and the senders' ACKs.",
    better: 'less',
    needs: NEEDS,
    sample: (observation) => bytesPerByte(observation, ['down']),
  },
  'wire-packets-per-message': {
    title: 'wire packets per message',
    unit: 'packets',
    formula: 'packets on the link, both directions / distinct messages delivered',
    source: 'ours',
    reading: 'Under 2: several messages shared a packet. Far over 2: ACKs, retransmissions, fragments.',
    better: 'less',
    needs: NEEDS,
    sample: (observation) =>
      ratioOf(observation.wire, (wire) => total(wire, ['up', 'down'], 'packets'), deliveredMessages(observation)),
  },
  'wire-retransmitted': {
    title: 'retransmitted',
    unit: 'share',
    formula: 'TCP segments with data below what their stream has sent before / TCP segments with data',
    source: 'ours; sequence numbers: RFC 9293, section 3.4',
    reading: 'As an observer on the path sees it. More than the link took: some were sent again for nothing.',
    better: 'less',
    needs: `${NEEDS}, and a transport on TCP`,
    sample: ({ wire }) => {
      if (wire === undefined) return undefined;
      const again = total(wire, ['up', 'down'], 'packets', ['tcp retransmission']);
      const first = total(wire, ['up', 'down'], 'packets', ['tcp data']);
      return again + first === 0 ? undefined : { kind: 'ratio', part: again, whole: again + first };
    },
  },
  'wire-acks': {
    title: 'bare ACKs',
    unit: 'share',
    formula: 'TCP segments that carry neither data nor SYN, FIN or RST / packets on the link, both directions',
    source: 'ours',
    reading: "Packets that only acknowledge. The kernel's keep-alives look the same and are among them.",
    better: 'less',
    needs: NEEDS,
    sample: ({ wire }) =>
      ratioOf(
        wire,
        (seen) => total(seen, ['up', 'down'], 'packets', ['tcp ack']),
        wire === undefined ? 0 : total(wire, ['up', 'down'], 'packets'),
      ),
  },
} as const satisfies Record<string, Metric>;

type Directions = readonly ('up' | 'down')[];

function bytesPerByte(observation: Observation, directions: Directions): Sample | undefined {
  return ratioOf(observation.wire, (wire) => total(wire, directions, 'bytes'), deliveredBytes(observation));
}

function ratioOf(
  wire: WireObservation | undefined,
  part: (wire: WireObservation) => number,
  whole: number,
): Sample | undefined {
  return wire === undefined ? undefined : { kind: 'ratio', part: part(wire), whole };
}

/** Of these kinds of packets; of all without. */
function total(
  wire: WireObservation,
  directions: Directions,
  of: 'packets' | 'bytes',
  kinds?: readonly string[],
): number {
  let sum = 0;
  for (const direction of directions) {
    for (const [kind, tally] of Object.entries(wire[direction])) {
      if (kinds === undefined || kinds.includes(kind)) sum += tally[of];
    }
  }
  return sum;
}
