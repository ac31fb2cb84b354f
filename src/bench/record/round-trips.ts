// Round trips of a trial in which receivers answer: from the planned instant of a request to its answer (RFC 2681).
import type { Observation } from './observation.ts';
import type { TrialRecord } from './record.ts';

/** @returns undefined where nobody was to answer */
export function roundTripsOf({
  answers,
  plannedNs,
  arrivedMessage,
  arrivedNs,
}: TrialRecord): Observation['roundTrips'] {
  if (answers === undefined) return undefined;
  const first = new Float64Array(plannedNs.length).fill(Number.NaN);
  for (const [arrival, message] of arrivedMessage.entries()) {
    const request = answers[message]!;
    if (request >= 0 && Number.isNaN(first[request])) first[request] = arrivedNs[arrival]! - plannedNs[request]!;
  }
  const sent = answers.reduce((count, request) => count + (request < 0 ? 1 : 0), 0);
  return { sortedNs: first.filter((ns) => !Number.isNaN(ns)).sort(), sent };
}
