// The link is down from an instant for a time, once or every so often: a handover, a rebooting modem, a tunnel.

import type { Impairment } from '../impairment.ts';
import { type Fields, readFields, readList } from '../plain-data.ts';
import { LinkProfileError, type Path } from '../profile-error.ts';
import { readTimeMs, writeTime } from '../units.ts';

export interface OutageSettings {
  kind: 'schedule';
  outages: readonly Outage[];
  /** The schedule starts again after this time. */
  everyMs?: number;
}

interface Outage {
  atMs: number;
  forMs: number;
}

export function parseOutages(fields: Fields, path: Path): OutageSettings {
  const at = [...path, 'outages'];
  const outages = readList(fields['outages'], at).map((entry, i) => readOutage(entry, [...at, i]));
  if (fields['every'] === undefined) return { kind: 'schedule', outages };
  const everyMs = readTimeMs(fields['every'], [...path, 'every']);
  const endMs = Math.max(...outages.map(({ atMs, forMs }) => atMs + forMs));
  if (everyMs >= endMs) return { kind: 'schedule', outages, everyMs };
  throw new LinkProfileError(
    [...path, 'every'],
    `${writeTime(everyMs)} is over before the last outage ends, at ${writeTime(endMs)}`,
  );
}

export function describeOutages({ outages, everyMs }: OutageSettings): string {
  const list = outages.map(({ atMs, forMs }) => `at ${writeTime(atMs)} for ${writeTime(forMs)}`);
  return `loss outage ${list.join(', ')}${everyMs === undefined ? '' : ` every ${writeTime(everyMs)}`}`;
}

export function outages({ outages: list, everyMs = Number.POSITIVE_INFINITY }: OutageSettings): Impairment {
  return {
    pass(packet) {
      const sentMs = packet.sentNs / 1e6;
      const inCycleMs = sentMs % everyMs;
      for (const { atMs, forMs } of list) {
        if (inCycleMs >= atMs && inCycleMs < atMs + forMs) packet.dropped = 'outage';
      }
    },
  };
}

function readOutage(value: unknown, path: Path): Outage {
  const { at, for: length } = readFields(value, ['at', 'for'], path);
  const outage = { atMs: readTimeMs(at, [...path, 'at']), forMs: readTimeMs(length, [...path, 'for']) };
  if (outage.forMs > 0) return outage;
  throw new LinkProfileError([...path, 'for'], 'an outage of 0 is none; write a time above 0 or leave it out');
}
