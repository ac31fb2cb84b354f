// A trial as tables of text: what became of every message, and what only the path saw. Each row says which trial it is
// of; rows come in chunks, so that a million of them are not a million writes. read-trials.ts reads messages back.

import type { MessagePath, TrialRecord } from '../record/record.ts';
import type { PathTables } from '../rig/rig.ts';
import type { PlannedTrial } from '../run/plan.ts';
import type { FinishedTrial } from '../run/trial.ts';

type TableName = 'messages' | keyof PathTables;

export interface TrialTable {
  readonly name: TableName;
  /** The same for every trial. */
  readonly header: string;
  readonly chunks: Iterable<string>;
}

const WHOSE = ['link', 'point', 'transport', 'repetition', 'trial'] as const;

/** Instants are ns since the trial's origin; empty: not seen. `copy` counts from 1; 0: no copy came. */
export const MESSAGE_COLUMNS = [
  ...WHOSE,
  'flow',
  'message',
  'bytes',
  'planned_ns',
  'sent_ns',
  'at_server_ns',
  'released_at_server_ns',
  'at_clients_ns',
  'released_at_clients_ns',
  'arrived_ns',
  'copy',
  'answers',
  'fate',
] as const;

export const MESSAGES_HEADER = `${MESSAGE_COLUMNS.join(',')}\n`;

const ROWS_PER_CHUNK = 4096;

/** None of a trial that failed; those of the path only where the backend saw packets. */
export function tablesOf({ plan, outcome }: FinishedTrial): TrialTable[] {
  if (outcome.kind !== 'measured') return [];
  const prefix = prefixOf(plan);
  const { path } = outcome.link;
  const seen = path === undefined ? [] : (['packets', 'arrivals', 'queue'] as const);
  return [
    { name: 'messages', header: MESSAGES_HEADER, chunks: inChunks(messageRows(prefix, outcome.record)) },
    ...seen.map((name) => pathTable(name, prefix, path![name])),
  ];
}

function prefixOf({ link, point, transport, repetition, number }: PlannedTrial): string {
  return [link, point, transport].map(quoted).concat(String(repetition), String(number)).join(',');
}

/** Names may have a comma in them (RFC 4180). */
function quoted(name: string): string {
  return /[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

/** One row for each copy that arrived, and one without an arrival for each message that did not. */
function* messageRows(prefix: string, record: TrialRecord): Generator<string> {
  const { flow, sizeBytes, plannedNs, sentNs, path, answers, fate, arrivedMessage, arrivedNs } = record;
  const copies = new Uint16Array(plannedNs.length);
  const row = (message: number, arrived: string) => {
    const before = `${flow[message]},${message},${sizeBytes[message]},${instant(plannedNs[message]!)},${instant(sentNs[message]!)}`;
    const cause = fate === undefined ? '' : (fate.names[fate.code[message]!] ?? '');
    return `${prefix},${before},${pathInstants(path, message)},${arrived},${answers?.[message] ?? ''},${cause}\n`;
  };
  for (let arrival = 0; arrival < arrivedMessage.length; arrival++) {
    const message = arrivedMessage[arrival]!;
    copies[message]!++;
    yield row(message, `${instant(arrivedNs[arrival]!)},${copies[message]}`);
  }
  for (let message = 0; message < copies.length; message++) if (copies[message] === 0) yield row(message, ',0');
}

function pathInstants(path: MessagePath | undefined, message: number): string {
  if (path === undefined) return ',,,';
  const { atServerNs, releasedAtServerNs, atClientsNs, releasedAtClientsNs } = path;
  const columns = [atServerNs, releasedAtServerNs, atClientsNs, releasedAtClientsNs];
  return columns.map((column) => instant(column[message]!)).join(',');
}

function instant(ns: number): string {
  return Number.isNaN(ns) ? '' : String(Math.round(ns));
}

function pathTable(name: TableName, prefix: string, table: PathTables[keyof PathTables]): TrialTable {
  return {
    name,
    header: `${[...WHOSE, ...Object.keys(table)].join(',')}\n`,
    chunks: inChunks(columnRows(prefix, Object.values(table))),
  };
}

function* columnRows(prefix: string, columns: readonly (readonly (string | number)[])[]): Generator<string> {
  const length = columns[0]?.length ?? 0;
  for (let row = 0; row < length; row++) yield `${prefix},${columns.map((column) => cell(column[row]!)).join(',')}\n`;
}

function cell(value: string | number): string {
  return typeof value === 'number' ? instant(value) : value;
}

function* inChunks(rows: Iterable<string>): Generator<string> {
  let chunk: string[] = [];
  for (const row of rows) {
    chunk.push(row);
    if (chunk.length < ROWS_PER_CHUNK) continue;
    yield chunk.join('');
    chunk = [];
  }
  yield chunk.join('');
}
