// The tables of a run as they are read back: one that can't be read, or that never ends, is told and ends nothing else.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { readTrials } from '../../../src/bench/folder/read-trials.ts';
import { RunFolder } from '../../../src/bench/folder/run-folder.ts';
import { linesOf } from '../../../src/bench/folder/trial-rows.ts';
import { MESSAGES_HEADER } from '../../../src/bench/folder/trial-tables.ts';
import { CallerError, MachineError } from '../../../src/core/errors.ts';
import { measuredTrial, resultOf } from '../made-run.ts';
import { scenarioWith } from '../scenario/library.ts';

const RESULT = resultOf(scenarioWith(), [measuredTrial({}), measuredTrial({ transport: 'tcp' })]);

function workshop(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lab-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function folderWith(table: Uint8Array): string {
  const folder = workshop();
  writeFileSync(join(folder, 'messages.csv.gz'), table);
  return folder;
}

test.each([
  ['ab\ncd\n', ['ab', 'cd']],
  ['ab\n\ncd', ['ab', '', 'cd']],
  ['', []],
  ['\n', ['']],
  [`${'é'.repeat(99_999)}\nx`, ['é'.repeat(99_999), 'x']],
])('lines are read as they were written', async (text, lines) => {
  const folder = folderWith(gzipSync(text));
  const read: string[] = [];
  for await (const line of linesOf(join(folder, 'messages.csv.gz'))) read.push(line);
  expect(read).toEqual(lines);
});

test('a line without an end is refused before it fills the memory', async () => {
  const endless = gzipSync(Buffer.alloc(2 ** 24, 'x'));
  const folder = folderWith(Buffer.concat([gzipSync(MESSAGES_HEADER), ...Array<Buffer>(64).fill(endless)]));
  const reading = readTrials(folder, RESULT);
  await expect(reading).rejects.toThrow(CallerError);
  await expect(reading).rejects.toThrow(/messages\.csv\.gz can't be read: a line has more than 100000 characters\.$/);
  await expect(RunFolder.reopen(folder, RESULT, new Set([1]))).rejects.toThrow(MachineError);
});

test('a folder where a table should be is told', async () => {
  const folder = workshop();
  mkdirSync(join(folder, 'messages.csv.gz'));
  await expect(readTrials(folder, RESULT)).rejects.toThrow(/messages\.csv\.gz can't be read: EISDIR/);
  const reopening = RunFolder.reopen(folder, RESULT, new Set([1]));
  await expect(reopening).rejects.toThrow(MachineError);
  await expect(reopening).rejects.toThrow(/could not be written to .*EISDIR/);
});
