// What came too late did not come: a copy that arrives later than the waiting time after its message's planned instant
// counts as lost (RFC 7680), and so it neither duplicates (RFC 5560) nor reorders (RFC 4737) anything.
import type { TrialRecord } from '../record/record.ts';

/** The same record without the copies that came later than `waitingNs` (T_max) after the planned instant. */
export function inTime(record: TrialRecord, waitingNs: number): TrialRecord {
  const isInTime = (arrival: number) =>
    record.arrivedNs[arrival]! - record.plannedNs[record.arrivedMessage[arrival]!]! <= waitingNs;
  return {
    ...record,
    arrivedMessage: record.arrivedMessage.filter((_, arrival) => isInTime(arrival)),
    arrivedNs: record.arrivedNs.filter((_, arrival) => isInTime(arrival)),
  };
}
