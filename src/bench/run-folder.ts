// A run on disk: `run.json`, every message's record, and the report. It is written under another name and renamed when
// it is whole, so a folder with a run's name is a run.

import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { CallerError, MachineError } from '../core/errors.ts';
import { codeOf } from '../core/machine-fault.ts';
import { RESULT_FORMAT, RESULT_VERSION, type RunResult } from './result.ts';
import type { FinishedTrial, Run } from './run.ts';

const RESULT_FILE = 'run.json';
const MESSAGES_FILE = 'messages.csv.gz';

/**
 * Tries the place of a run, and leaves nothing there: what can't be written is told before it is measured.
 * @throws MachineError
 */
export async function tryPlace(folder: string): Promise<void> {
  try {
    await discard(await makeUnfinished(folder));
  } catch (error) {
    throw unwritable(folder, error);
  }
}

/** @param texts further files of the folder, by name */
export async function writeRun(folder: string, run: Run, texts: Readonly<Record<string, string>>): Promise<void> {
  try {
    const unfinished = await makeUnfinished(folder);
    await writeFile(join(unfinished, RESULT_FILE), `${JSON.stringify(run.result, null, 2)}\n`);
    await pipeline(
      Readable.from(messageRows(run.trials)),
      createGzip(),
      createWriteStream(join(unfinished, MESSAGES_FILE)),
    );
    for (const table of PATH_TABLES) await writeTable(unfinished, table, run.trials);
    for (const [name, text] of Object.entries(texts)) await writeFile(join(unfinished, name), text);
    await rename(unfinished, folder);
  } catch (error) {
    // What can't be removed was not made; the reason for that is in the first error.
    await discard(unfinishedName(folder)).catch(() => {});
    throw unwritable(folder, error);
  }
}

function unfinishedName(folder: string): string {
  return join(dirname(folder), `.${basename(folder)}.unfinished`);
}

/** One that was ended before its time left files that are not of this run. */
async function makeUnfinished(folder: string): Promise<string> {
  const unfinished = unfinishedName(folder);
  await makeFolders(dirname(folder));
  await discard(unfinished);
  await mkdir(unfinished);
  return unfinished;
}

function discard(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}

function unwritable(folder: string, error: unknown): MachineError {
  return new MachineError(codeOf(error), `The run could not be written to ${folder}: ${(error as Error).message}.`);
}

/** Not `recursive`: where a parent is there and says that it is not, as in /proc, Node tries without end. */
async function makeFolders(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    if (codeOf(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
    await makeFolders(dirname(folder));
    await mkdir(folder);
  }
}

/** @throws CallerError where the folder holds no run that this program can read, with what is wrong */
export async function readResult(folder: string): Promise<RunResult> {
  const file = join(folder, RESULT_FILE);
  const text = await readFile(file, 'utf8').catch((error) => {
    const why =
      codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR' ? `it has no ${RESULT_FILE}` : String(error.message);
    throw new CallerError(`${folder} is no run: ${why}. Give a folder that "lab run" wrote.`);
  });
  const result = parseJson(text, file);
  if (result.format !== RESULT_FORMAT) throw new CallerError(`${file} is no run of transport-lab.`);
  if (result.version === RESULT_VERSION) return whole(result, file);
  throw new CallerError(
    `${file} has version ${result.version} of the format, and this program reads version ${RESULT_VERSION}. Use the lab that wrote it.`,
  );
}

/** Who edited the file by hand is told what is missing, and no report has to ask again. */
function whole(result: Partial<Record<keyof RunResult, unknown>>, file: string): RunResult {
  const missing = [
    ...['status', 'scenario', 'environment'].filter((key) => !isObject(result[key as keyof RunResult])),
    ...['cells', 'vanishing', 'verdicts'].filter((key) => !Array.isArray(result[key as keyof RunResult])),
  ];
  if (missing.length === 0) return result as RunResult;
  throw new CallerError(`${file} is damaged: it has no ${missing.join(', ')}.`);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string, file: string): Partial<Record<keyof RunResult, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch (error) {
    throw new CallerError(`${file} is damaged: ${(error as Error).message.replace(/\s+/g, ' ')}.`);
  }
}

const PATH_TABLES = ['packets', 'arrivals', 'queue'] as const;

/** One file for all trials: whose rows they are, and the table's own columns. Nothing where the backend saw no packets. */
async function writeTable(
  folder: string,
  name: (typeof PATH_TABLES)[number],
  trials: readonly FinishedTrial[],
): Promise<void> {
  const tables = trials.flatMap(({ plan, outcome }) => {
    const table = outcome.kind === 'measured' ? outcome.link.path?.[name] : undefined;
    return table === undefined ? [] : [{ plan, table }];
  });
  const [first] = tables;
  if (first === undefined) return;
  const columns = Object.keys(first.table);
  const rows = function* () {
    yield `link,transport,repetition,trial,${columns.join(',')}\n`;
    for (const { plan, table } of tables) {
      const prefix = `${plan.link},${plan.transport},${plan.repetition},${plan.number}`;
      const length = table[columns[0]!]!.length;
      for (let from = 0; from < length; from += ROWS_PER_CHUNK) {
        const numbers = Array.from({ length: Math.min(ROWS_PER_CHUNK, length - from) }, (_, i) => from + i);
        yield numbers
          .map((row) => `${prefix},${columns.map((column) => cell(table[column]![row])).join(',')}\n`)
          .join('');
      }
    }
  };
  await pipeline(Readable.from(rows()), createGzip(), createWriteStream(join(folder, `${name}.csv.gz`)));
}

function cell(value: string | number | undefined): string | number {
  if (typeof value !== 'number') return value ?? '';
  return Number.isNaN(value) ? '' : Math.round(value);
}

const HEADER = 'link,transport,repetition,trial,flow,message,planned_ns,sent_ns,arrived_ns,copy\n';
const ROWS_PER_CHUNK = 4096;

/** One row for each copy that arrived, and one without an arrival for each message that did not. */
function* messageRows(trials: readonly FinishedTrial[]): Generator<string> {
  yield HEADER;
  for (const { plan, outcome } of trials) {
    if (outcome.kind !== 'measured') continue;
    const { record } = outcome.measured;
    const prefix = `${plan.link},${plan.transport},${plan.repetition},${plan.number}`;
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
}
