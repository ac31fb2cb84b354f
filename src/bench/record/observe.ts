// From what was seen of a trial's messages to what its metrics ask for. What came later than T_max did not come (RFC 7680):
// it is lost, and neither duplicates nor reorders anything. A few passes over typed arrays, and no object for a message.
import type { FlowObservation, Observation } from './observation.ts';
import type { TrialRecord } from './record.ts';

/** What is known of a trial beside its messages' records. */
export type BesideRecord = Pick<Observation, 'setUpsMs' | 'setUpRoundTrips' | 'roundTrips' | 'path' | 'wire' | 'cpuMs'>;

/** @param waitingMs T_max, from the planned instant; what arrives at T_max itself is in time */
export function observe(record: TrialRecord, waitingMs: number, beside: BesideRecord): Observation {
  const { flow, sizeBytes, plannedNs, sentNs, damaged, refused } = record;
  const { copies, firstArrival } = arrivalsInTime(record, waitingMs * 1e6);
  const delayNs = plannedNs.map((planned, message) =>
    copies[message] === 0 ? Number.POSITIVE_INFINITY : record.arrivedNs[firstArrival[message]!]! - planned,
  );
  return {
    ...beside,
    flow,
    sizeBytes,
    plannedNs,
    sentNs,
    delayNs,
    sortedDelaysMs: sortedMs(delayNs, copies),
    copies,
    flows: flowsOf(record, copies, firstArrival),
    damaged,
    refused,
  };
}

/** How many copies of each message came in time, and which arrival was the first of them: 0 where none was. */
function arrivalsInTime({ plannedNs, arrivedMessage, arrivedNs }: TrialRecord, waitingNs: number) {
  const copies = new Uint32Array(plannedNs.length);
  const firstArrival = new Uint32Array(plannedNs.length);
  for (let arrival = 0; arrival < arrivedMessage.length; arrival++) {
    const message = arrivedMessage[arrival]!;
    if (arrivedNs[arrival]! - plannedNs[message]! > waitingNs) continue;
    if (copies[message]!++ === 0) firstArrival[message] = arrival;
  }
  return { copies, firstArrival };
}

function sortedMs(delayNs: Float64Array, copies: Uint32Array): Float64Array {
  const came = new Float64Array(delayNs.length);
  let count = 0;
  for (let message = 0; message < delayNs.length; message++) {
    if (copies[message] !== 0) came[count++] = delayNs[message]! / 1e6;
  }
  return came.slice(0, count).sort();
}

/** Messages and first copies by flow, in the order of the plan and of arrival: two counting sorts. */
function flowsOf(record: TrialRecord, copies: Uint32Array, firstArrival: Uint32Array): FlowObservation[] {
  const { flow, arrivedMessage, arrivedNs } = record;
  const flows = flow.reduce((most, number) => Math.max(most, number + 1), 0);
  const messageStarts = starts(flows, flow, () => true);
  const arrivalStarts = starts(flows, flow, (message) => copies[message] !== 0);
  const messages = new Uint32Array(flow.length);
  const lost = new Uint8Array(flow.length);
  const number = new Uint32Array(flow.length);
  const nextMessage = messageStarts.slice();
  for (let message = 0; message < flow.length; message++) {
    const place = nextMessage[flow[message]!]!++;
    messages[place] = message;
    lost[place] = copies[message] === 0 ? 1 : 0;
    number[message] = place - messageStarts[flow[message]!]!;
  }
  const arrivedNumber = new Uint32Array(arrivalStarts[flows]!);
  const firstNs = new Float64Array(arrivalStarts[flows]!);
  const nextArrival = arrivalStarts.slice();
  for (let arrival = 0; arrival < arrivedMessage.length; arrival++) {
    const message = arrivedMessage[arrival]!;
    if (copies[message] === 0 || firstArrival[message] !== arrival) continue;
    const place = nextArrival[flow[message]!]!++;
    arrivedNumber[place] = number[message]!;
    firstNs[place] = arrivedNs[arrival]!;
  }
  return Array.from({ length: flows }, (_, i) => ({
    messages: messages.subarray(messageStarts[i], messageStarts[i + 1]),
    lost: lost.subarray(messageStarts[i], messageStarts[i + 1]),
    arrivedNumber: arrivedNumber.subarray(arrivalStarts[i], arrivalStarts[i + 1]),
    arrivedNs: firstNs.subarray(arrivalStarts[i], arrivalStarts[i + 1]),
  }));
}

/** Where each flow's entries begin, and where the last one's end. */
function starts(flows: number, flow: Uint32Array, counts: (message: number) => boolean): Uint32Array {
  const begin = new Uint32Array(flows + 1);
  for (let message = 0; message < flow.length; message++) if (counts(message)) begin[flow[message]! + 1]!++;
  for (let i = 0; i < flows; i++) begin[i + 1]! += begin[i]!;
  return begin;
}
