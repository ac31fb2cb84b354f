// Goodput (RFC 2647): payload of distinct messages over the time from the first sending to the last delivery.
import type { TrialRecord } from '../record.ts';

export interface Goodput {
  readonly bits: number;
  readonly seconds: number;
}

/** Undefined where fewer than two messages came: there is no time to speak of. */
export function goodput(record: TrialRecord, bodyBytes: number): Goodput | undefined {
  const delivered = new Set<number>();
  let lastNs = Number.NEGATIVE_INFINITY;
  for (const [arrival, message] of record.arrivedMessage.entries()) {
    if (delivered.has(message)) continue;
    delivered.add(message);
    lastNs = Math.max(lastNs, record.arrivedNs[arrival]!);
  }
  if (delivered.size < 2) return undefined;
  return { bits: delivered.size * bodyBytes * 8, seconds: (lastNs - record.plannedNs[0]!) / 1e9 };
}
