// What is looked at every few seconds, as rows of a CSV file and as series.
import type { ServerLook } from '../crowd/server-process.ts';
import type { Point } from './trend.ts';

/** The server at one instant, after its garbage was collected. */
export interface Look extends ServerLook {
  readonly atSeconds: number;
}

/** Each with what it is read from. */
export const COLUMNS = {
  seconds: (look: Look) => Number(look.atSeconds.toFixed(1)),
  heapBytes: (look: Look) => look.heapBytes,
  codeBytes: (look: Look) => look.codeBytes,
  dataBytes: (look: Look) => look.heapBytes - look.codeBytes,
  residentBytes: (look: Look) => look.rssBytes,
  externalBytes: (look: Look) => look.externalBytes,
  users: (look: Look) => look.users,
  channels: (look: Look) => look.held.channels,
  remembered: (look: Look) => look.held.remembered,
  sockets: (look: Look) => socketCount(look),
  timers: (look: Look) => look.resources['Timeout'] ?? 0,
  otherHandles: (look: Look) => otherCount(look),
} as const;

export type Column = keyof typeof COLUMNS;

export const CSV_HEAD = Object.keys(COLUMNS).join(',');

export function csvRow(look: Look): string {
  return Object.values(COLUMNS)
    .map((read) => read(look))
    .join(',');
}

export function seriesOf(looks: readonly Look[], column: Column): Point[] {
  return looks.map((look) => ({ atSeconds: look.atSeconds, value: COLUMNS[column](look) }));
}

/** Connections: what listens for them is no user's. */
function socketCount({ resources }: Look): number {
  return resources['TCPSocketWrap'] ?? 0;
}

function otherCount({ resources }: Look): number {
  const all = Object.values(resources).reduce((sum, count) => sum + count, 0);
  return all - (resources['TCPSocketWrap'] ?? 0) - (resources['Timeout'] ?? 0);
}
