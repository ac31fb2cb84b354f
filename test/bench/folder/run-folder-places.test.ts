// Where a run may be written: below folders that are not there yet, and not where the system makes none.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { RunFolder } from '../../../src/bench/folder/run-folder.ts';
import { resultOf } from '../made-run.ts';
import { scenarioWith } from '../scenario/library.ts';

const RESULT = resultOf(scenarioWith(), []);

async function write(folder: string, texts: Record<string, string> = {}): Promise<void> {
  const run = new RunFolder(folder);
  await run.begin(RESULT);
  await run.finish(RESULT, texts);
}

function workshop(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lab-places-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('the folders above it are made, those that are there are kept', async () => {
  const parent = workshop();
  await write(join(parent, 'a', 'b', 'one'));
  await write(join(parent, 'a', 'b', 'two'), { 'report.md': 'a report' });
  expect(readdirSync(join(parent, 'a', 'b')).sort()).toEqual(['one', 'two']);
  expect(readdirSync(join(parent, 'a', 'b', 'two')).sort()).toEqual(['messages.csv.gz', 'report.md', 'run.json']);
});

test('a file where a folder should be is the reason that is given', async () => {
  const parent = workshop();
  writeFileSync(join(parent, 'file'), '');
  await expect(write(join(parent, 'file', 'a', 'run'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test.runIf(process.platform === 'linux')(
  'a place where nobody can make a folder ends in an error, and ends',
  async () => {
    const writing = write('/proc/no-such-place/run');
    await expect(writing).rejects.toMatchObject({
      name: 'MachineError',
      message: expect.stringMatching(/^The run could not be written to/),
    });
  },
);
