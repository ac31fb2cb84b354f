// A run on disk, there from its beginning: `run.json`, every message's record, what only the path saw, and at the end
// the report. It grows trial by trial and is whole at every instant: a run that is killed leaves what it had measured.
//
//   a trial's rows ──► appended to each table, a gzip member of its own ──► run.json, which counts them, replaced at once
//
// Rows that no run.json counts are of a trial that was not kept.
import { appendFile, mkdir, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { MachineError } from '../../core/errors.ts';
import { codeOf } from '../../core/machine-fault.ts';
import type { RunResult } from '../result.ts';
import type { Journal } from '../run/run.ts';
import type { FinishedTrial } from '../run/trial.ts';
import { FLUSHED, replaceFile } from './replace-file.ts';
import { keepRows, tablesIn } from './trial-rows.ts';
import { MESSAGES_HEADER, tablesOf } from './trial-tables.ts';

export const RESULT_FILE = 'run.json';
export const MESSAGES_FILE = 'messages.csv.gz';

export class RunFolder implements Journal {
  readonly #folder: string;
  readonly #sources: Readonly<Record<string, string>>;
  /** What run.json says, and how much of each table it counts. */
  #counted: RunResult | undefined;
  readonly #countedBytes = new Map<string, number>();
  #roomBytes = 0;

  /** @param sources what the run is made from, by file name */
  constructor(folder: string, sources: Readonly<Record<string, string>> = {}) {
    this.#folder = folder;
    this.#sources = sources;
  }

  /**
   * Goes on with a run that has not come to its end: rows that its run.json does not count are taken out.
   * @param trials those that it counts and that measured
   * @throws MachineError
   */
  static async reopen(folder: string, result: RunResult, trials: ReadonlySet<number>): Promise<RunFolder> {
    const reopened = new RunFolder(folder);
    try {
      for (const file of await tablesIn(folder)) {
        reopened.#countedBytes.set(file, await keepRows(join(folder, file), trials));
      }
    } catch (error) {
      throw unwritable(folder, error);
    }
    reopened.#counted = result;
    return reopened;
  }

  /**
   * Leaves nothing: what can't be written is told before anything is started.
   * @throws MachineError
   */
  async tryPlace(): Promise<void> {
    try {
      await discard(await makeUnfinished(this.#folder));
    } catch (error) {
      throw unwritable(this.#folder, error);
    }
  }

  /**
   * The folder gets its name when its run.json is in it, so a folder with a run's name is a run.
   * @param result in which nothing is measured yet
   * @throws MachineError
   */
  async begin(result: RunResult): Promise<void> {
    if (this.#counted !== undefined) return this.#goOn(result);
    const header = await compress([MESSAGES_HEADER]);
    try {
      const unfinished = await makeUnfinished(this.#folder);
      await writeFile(join(unfinished, MESSAGES_FILE), header);
      await writeFile(join(unfinished, RESULT_FILE), jsonOf(result));
      for (const [name, text] of Object.entries(this.#sources)) await writeFile(join(unfinished, name), text);
      await rename(unfinished, this.#folder);
    } catch (error) {
      // What can't be removed was not made; the reason for that is in the first error.
      await discard(unfinishedName(this.#folder)).catch(() => {});
      throw unwritable(this.#folder, error);
    }
    this.#counted = result;
    this.#countedBytes.set(MESSAGES_FILE, header.length);
  }

  async #goOn(result: RunResult): Promise<void> {
    try {
      await this.#replaceResult(result);
    } catch (error) {
      throw unwritable(this.#folder, error);
    }
  }

  /**
   * Adds a trial's rows, and then the result that counts them: either both are on disk when it resolves, or neither.
   * @throws MachineError where they can't be written; the result that stands is marked with the reason then, if it can be
   */
  async keep(trial: FinishedTrial, result: RunResult): Promise<void> {
    const members = await this.#compress(trial);
    let sizeBytes: number;
    try {
      for (const [file, bytes] of members) await appendFile(join(this.#folder, file), bytes, FLUSHED);
      sizeBytes = await this.#replaceResult(result);
    } catch (error) {
      await this.#takeBack(members.keys());
      throw await this.#giveUp(error);
    }
    for (const [file, bytes] of members) {
      this.#countedBytes.set(file, (this.#countedBytes.get(file) ?? 0) + bytes.length);
    }
    await this.#keepRoom(sizeBytes).catch(async (error) => {
      throw await this.#giveUp(error);
    });
  }

  /**
   * @param texts further files of the folder, by name
   * @throws MachineError
   */
  async finish(result: RunResult, texts: Readonly<Record<string, string>>): Promise<void> {
    try {
      await this.#replaceResult(result);
      await discard(join(this.#folder, ROOM_FILE));
      for (const [name, text] of Object.entries(texts)) await replaceFile(join(this.#folder, name), text);
    } catch (error) {
      throw await this.#giveUp(error);
    }
  }

  /** One more file beside those of a run that is finished. */
  async add(name: string, text: string): Promise<void> {
    await replaceFile(join(this.#folder, name), text);
  }

  /** Holds as much of the disk as one more run.json takes, so that a full disk can still be told in it. */
  async #keepRoom(sizeBytes: number): Promise<void> {
    if (sizeBytes <= this.#roomBytes) return;
    const roomBytes = 2 * sizeBytes;
    await replaceFile(join(this.#folder, ROOM_FILE), Buffer.alloc(roomBytes));
    this.#roomBytes = roomBytes;
  }

  /** In memory, so that the time in which a table on disk is not whole is that of one write. */
  async #compress(trial: FinishedTrial): Promise<Map<string, Uint8Array>> {
    const members = new Map<string, Uint8Array>();
    for (const { name, header, chunks } of tablesOf(trial)) {
      const file = `${name}.csv.gz`;
      const isNew = !this.#countedBytes.has(file);
      members.set(file, await compress(isNew ? withHeader(header, chunks) : chunks));
    }
    return members;
  }

  /** @returns its size */
  async #replaceResult(result: RunResult): Promise<number> {
    const bytes = Buffer.from(jsonOf(result));
    await replaceFile(join(this.#folder, RESULT_FILE), bytes);
    this.#counted = result;
    return bytes.length;
  }

  /** Cuts the tables to what is counted; that needs no room. */
  async #takeBack(files: Iterable<string>): Promise<void> {
    for (const file of files) {
      const path = join(this.#folder, file);
      const countedBytes = this.#countedBytes.get(file);
      await (countedBytes === undefined ? discard(path) : truncate(path, countedBytes)).catch(() => {});
    }
  }

  async #giveUp(error: unknown): Promise<MachineError> {
    const fault = unwritable(this.#folder, error);
    const ending = { kind: 'not-written', said: (error as Error).message } as const;
    const status = { kind: 'incomplete', why: [ending] } as const;
    await discard(join(this.#folder, ROOM_FILE)).catch(() => {});
    // Where it can't be marked, it still says that it did not come to its end.
    if (this.#counted?.status.kind === 'incomplete')
      await this.#replaceResult({ ...this.#counted, status }).catch(() => {});
    const isWhole = this.#counted?.status.kind === 'complete';
    const [left, next] = isWhole ? ['All that was measured', 'report'] : ['What was measured before', 'run --resume'];
    return new MachineError(
      fault.code,
      `${fault.message} ${left} stands there: make room, then lab ${next} ${this.#folder}`,
    );
  }
}

const ROOM_FILE = '.room';

function* withHeader(header: string, chunks: Iterable<string>): Generator<string> {
  yield header;
  yield* chunks;
}

function compress(chunks: Iterable<string>): Promise<Buffer> {
  return pipeline(Readable.from(chunks), createGzip(), (bytes) => buffer(bytes));
}

function jsonOf(result: RunResult): string {
  return `${JSON.stringify(result, null, 2)}\n`;
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

function discard(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true });
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
