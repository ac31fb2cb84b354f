// The readers of a run's folder: a legal run.json changed as a tree, as text and as gzip; tables likewise. What is wrong with one is
// told as the caller's or the machine's fault; and of what is read as a run every report can be made, and it can be compared with another.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Chalk } from 'chalk';
import fc from 'fast-check';
import { markdownChanges } from '../reports/changes/markdown.ts';
import { terminalChanges } from '../reports/changes/terminal.ts';
import { toldChanges } from '../reports/changes/told-changes.ts';
import { csvReport } from '../reports/csv.ts';
import { htmlChanges } from '../reports/html/changes-page.ts';
import { htmlReport } from '../reports/html/page.ts';
import { told } from '../reports/language/told.ts';
import { markdownReport } from '../reports/markdown.ts';
import { terminalReport } from '../reports/terminal.ts';
import { changesBetween } from '../src/bench/changes/changes.ts';
import { readResult } from '../src/bench/folder/read-result.ts';
import { readTrials } from '../src/bench/folder/read-trials.ts';
import { MESSAGES_FILE, RESULT_FILE, RunFolder } from '../src/bench/folder/run-folder.ts';
import { MESSAGES_HEADER } from '../src/bench/folder/trial-tables.ts';
import type { RunResult } from '../src/bench/result.ts';
import { CallerError, MachineError } from '../src/core/errors.ts';
import { result } from '../test/reports/results.ts';
import { type Mutation, mutated, mutations } from './byte-mutation.ts';
import { ROOT } from './root.ts';
import { must, target } from './target.ts';
import { mutatedTree, treeMutations } from './tree-mutation.ts';

interface Input {
  readonly run: number;
  readonly tree: readonly Mutation[];
  /** Of the file's bytes: most inputs are whole, so that what reads them is entered deeply. */
  readonly bytes: readonly Mutation[];
  /** Of the table. */
  readonly rows: readonly Mutation[];
  readonly packed: boolean;
  readonly isBomb: boolean;
  /** A page takes far longer than everything else. */
  readonly isPage: boolean;
  readonly language: 'en' | 'pt-BR';
}

const seldom = (weight: number) => fc.integer({ min: 0, max: weight }).map((roll) => roll === weight);
const mostlyNone = fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: mutations });

export const runFolders = target<Input>({
  name: 'run-folders',
  batchInputs: 200,
  inputs: fc.record(
    {
      run: fc.nat(4),
      tree: treeMutations,
      bytes: mostlyNone,
      rows: mostlyNone,
      packed: fc.boolean(),
      isBomb: seldom(60),
      isPage: seldom(40),
      language: fc.constantFrom('en', 'pt-BR'),
    },
    { noNullPrototype: true },
  ),
  check: async (input) => {
    const folder = mkdtempSync(join(PLACE, 'fuzz-run-'));
    try {
      write(folder, input);
      const run = await declared(readResult(folder));
      if (run === undefined) return;
      checkReports(run, input);
      const trials = await declared(readTrials(folder, run));
      if (trials !== undefined) {
        await declared(RunFolder.reopen(folder, run, new Set(trials.map(({ plan }) => plan.number))));
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  show: (input) => [textOf(input), tableOf(input)],
});

/** In memory, where the machine has such a place. */
const PLACE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** How much is left of a list, where it is not the usual. */
const LENGTHS: Readonly<Record<string, number>> = { cells: 3, comparisons: 2, verdicts: 2, repetitions: 2 };

const RUNS: readonly RunResult[] = [result(), ...['intro', 'sweep-loss', 'head-of-line', 'null'].map(reference)];

/** A run of the gallery that has everything in it, and of everything a little: its lists cut, and a third of its metrics. */
function reference(name: string): RunResult {
  const file = new URL(`reports/reference/${name}/${RESULT_FILE}.gz`, ROOT);
  const whole = JSON.parse(gunzipSync(readFileSync(file)).toString()) as RunResult;
  const isLeftOut = (key: string) => key.includes('-') && Object.keys(whole.metrics).indexOf(key) % 3 > 0;
  const cut = (value: unknown, most: number): unknown => {
    if (Array.isArray(value)) return value.slice(0, most).map((each) => cut(each, 3));
    if (typeof value !== 'object' || value === null) return value;
    const kept = Object.entries(value).filter(([key]) => !isLeftOut(key));
    return Object.fromEntries(kept.map(([key, each]) => [key, cut(each, LENGTHS[key] ?? 5)]));
  };
  return cut(whole, 3) as RunResult;
}

const BOMB = gzipSync(Buffer.alloc(16 * 2 ** 20));

/** A table of hundreds of points, or contestants, is not made in no time. */
const MOST_IN_TREE = 30;

function textOf({ run, tree }: Input): string {
  return JSON.stringify(mutatedTree(RUNS[run]!, tree, MOST_IN_TREE));
}

function tableOf({ run, rows }: Input): string {
  const lines = RUNS[run]!.cells.flatMap(({ link, point, transport, repetitions }, cell) =>
    repetitions.map(({ number }) => {
      const names = [link, point, transport].map((name) => (/[",]/.test(name) ? `"${name}"` : name));
      const whose = [...names, number, cell + 1].join(',');
      return `${whose},0,0,100,0,10,1,2,3,4,5000,1,,link\n${whose},0,1,100,1000,1010,,,,,,0,,\n`;
    }),
  );
  const bytes = Buffer.from(MESSAGES_HEADER + lines.join(''));
  const commas = [...bytes.keys()].filter((at) => bytes[at] === 0x2c);
  return Buffer.from(mutated({ bytes, lengths: [], texts: commas }, rows, () => bytes)).toString('latin1');
}

function write(folder: string, input: Input): void {
  const { bytes, packed, isBomb } = input;
  const text = Buffer.from(textOf(input));
  const file = changed(packed ? gzipSync(text, { level: 1 }) : text, bytes);
  writeFileSync(join(folder, packed ? `${RESULT_FILE}.gz` : RESULT_FILE), withBomb(file, isBomb && packed));
  const half = tableOf(input).slice(0, MESSAGES_HEADER.length);
  const table = Buffer.concat([half, tableOf(input).slice(half.length)].map((part) => gzipSync(part, { level: 1 })));
  writeFileSync(join(folder, MESSAGES_FILE), withBomb(changed(table, packed ? [] : bytes), isBomb && !packed));
}

function changed(bytes: Uint8Array, all: readonly Mutation[]): Uint8Array {
  return mutated({ bytes, lengths: [], texts: [] }, all, () => bytes);
}

function withBomb(bytes: Uint8Array, isBomb: boolean): Uint8Array {
  return isBomb ? Buffer.concat([bytes, BOMB]) : bytes;
}

/** Undefined where it was refused as it may be. */
async function declared<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof CallerError) && !(error instanceof MachineError)) throw error;
    must(error.message.length < 3_000 && !error.message.includes('\n'), `an error says: ${error.message}`);
    return undefined;
  }
}

const PAINT = new Chalk({ level: 1 });

function checkReports(run: RunResult, { run: number, isPage, language }: Input): void {
  const whole = told(run, language);
  const legal = { folder: 'before', result: RUNS[number]! };
  const changes = toldChanges(changesBetween(legal, { folder: 'after', result: run }), language);
  const texts = [terminalReport(whole, PAINT), markdownReport(whole), csvReport(run)];
  texts.push(terminalChanges(changes, PAINT), markdownChanges(changes));
  if (isPage) texts.push(htmlReport(whole), htmlChanges(changes));
  must(
    texts.every((text) => text.length > 0),
    'a report is empty',
  );
}
