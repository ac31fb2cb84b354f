// One-way delay (RFC 7679) at the level of messages: arrival of the first whole copy minus the planned instant.
import type { TrialRecord } from '../record.ts';

/** Delays of the messages of one trial, in ns. Infinite for a message of which no copy came: that message is lost. */
export function oneWayDelaysNs(record: TrialRecord): Float64Array {
  const delays = new Float64Array(record.plannedNs.length).fill(Number.POSITIVE_INFINITY);
  record.arrivedMessage.forEach((message, arrival) => {
    const delay = record.arrivedNs[arrival]! - record.plannedNs[message]!;
    if (delay < delays[message]!) delays[message] = delay;
  });
  return delays;
}
