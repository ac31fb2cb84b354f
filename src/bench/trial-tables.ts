// A trial as tables of text: what became of every message, and what only the path saw. Each row says which trial it is
// of; rows come in chunks, so that a million of them are not a million writes.
import type { TrialRecord } from './record.ts';
import type { Columns, FinishedTrial, PathTables } from './run.ts';

type TableName = 'messages' | keyof PathTables;

export interface TrialTable {
  readonly name: TableName;
  /** The same for every trial. */
  readonly header: string;
  readonly chunks: Iterable<string>;
}

export const MESSAGES_HEADER = 'link,transport,repetition,trial,flow,message,planned_ns,sent_ns,arrived_ns,copy\n';

const ROWS_PER_CHUNK = 4096;

/** None of a trial that failed; those of the path only where the backend saw packets. */
export function tablesOf({ plan, outcome }: FinishedTrial): TrialTable[] {
  if (outcome.kind !== 'measured') return [];
  const prefix = `${plan.link},${plan.transport},${plan.repetition},${plan.number}`;
  const { path } = outcome.link;
  const seen = path === undefined ? [] : (['packets', 'arrivals', 'queue'] as const);
  return [
    { name: 'messages', header: MESSAGES_HEADER, chunks: messageRows(prefix, outcome.measured.record) },
    ...seen.map((name) => pathTable(name, prefix, path![name])),
  ];
}

/** One row for each copy that arrived, and one without an arrival for each message that did not. */
function* messageRows(prefix: string, record: TrialRecord): Generator<string> {
  const copies = new Uint16Array(record.plannedNs.length);
  let chunk: string[] = [];
  const row = (message: number, arrived: string) => {
    const sentNs = record.sentNs[message]!;
    const sent = Number.isNaN(sentNs) ? '' : Math.round(sentNs);
    chunk.push(
      `${prefix},${record.flow[message]},${message},${Math.round(record.plannedNs[message]!)},${sent},${arrived}\n`,
    );
  };
  for (const [arrival, message] of record.arrivedMessage.entries()) {
    row(message, `${Math.round(record.arrivedNs[arrival]!)},${++copies[message]!}`);
    if (chunk.length < ROWS_PER_CHUNK) continue;
    yield chunk.join('');
    chunk = [];
  }
  for (const [message, count] of copies.entries()) if (count === 0) row(message, ',0');
  yield chunk.join('');
}

function pathTable(name: TableName, prefix: string, columns: Columns): TrialTable {
  const names = Object.keys(columns);
  return {
    name,
    header: `link,transport,repetition,trial,${names.join(',')}\n`,
    chunks: columnRows(prefix, Object.values(columns)),
  };
}

function* columnRows(prefix: string, columns: Columns[string][]): Generator<string> {
  const length = columns[0]?.length ?? 0;
  for (let from = 0; from < length; from += ROWS_PER_CHUNK) {
    const numbers = Array.from({ length: Math.min(ROWS_PER_CHUNK, length - from) }, (_, i) => from + i);
    yield numbers.map((row) => `${prefix},${columns.map((column) => cell(column[row])).join(',')}\n`).join('');
  }
}

function cell(value: string | number | undefined): string | number {
  if (typeof value !== 'number') return value ?? '';
  return Number.isNaN(value) ? '' : Math.round(value);
}
