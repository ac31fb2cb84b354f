// Names and folders that came from somebody else: what they are called leads nowhere, and what lies in them writes nowhere else.
import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { replaceFile } from '../../src/bench/folder/replace-file.ts';
import { RESULT_FILE, RunFolder } from '../../src/bench/folder/run-folder.ts';
import type { RunResult } from '../../src/bench/result.ts';
import { lab } from '../cli/lab.ts';
import { resultIn, workshop } from '../cli/tiny-scenario.ts';

const LIMIT = { timeout: 60_000 };
const PRECIOUS = 'nobody may change this\n';

let measured: string | undefined;

/** A run, and beside it a file that is none of its. */
async function strangersRun() {
  const { file, out } = workshop();
  if (measured === undefined) {
    measured = mkdtempSync(join(tmpdir(), 'lab-measured-'));
    await lab('run', file, '--backend', 'loopback', '--out', join(measured, 'run')).ends();
  }
  cpSync(join(measured, 'run'), out, { recursive: true });
  const precious = join(dirname(out), 'precious');
  writeFileSync(precious, PRECIOUS);
  return { out, precious };
}

afterAll(() => {
  if (measured !== undefined) rmSync(measured, { recursive: true });
});

describe('a name that leads elsewhere', () => {
  test.each(['../../package', 'intro/../intro', '..'])('%j is no scenario of the library', LIMIT, async (name) => {
    const run = lab('run', name);
    expect(await run.ends()).toBe(2);
    expect(run.err).toMatch(/^lab: There is no scenario .+ The library has: .+\n$/);
  });

  test('in a run is a text and no path', LIMIT, async () => {
    const { out, precious } = await strangersRun();
    const result = resultIn(out);
    const elsewhere = '../precious';
    const renamed: RunResult = { ...result, scenario: { ...result.scenario, name: elsewhere, title: elsewhere } };
    writeFileSync(join(out, RESULT_FILE), JSON.stringify(renamed));
    const before = readdirSync(dirname(out)).sort();
    for (const format of ['terminal', 'html', 'markdown', 'csv', 'json']) {
      const report = lab('report', out, '--format', format);
      expect(await report.ends(), report.err).toBe(0);
    }
    expect(readdirSync(dirname(out)).sort()).toEqual(before);
    expect(readFileSync(precious, 'utf8')).toBe(PRECIOUS);
  });
});

describe("a link in a run's folder is replaced, not followed", () => {
  test.each(['report.html', '.report.html'])('%s, when the page is made anew', async (name) => {
    const { file: precious, out } = workshop(PRECIOUS);
    mkdirSync(out);
    symlinkSync(precious, join(out, name));
    await replaceFile(join(out, 'report.html'), '<p>');
    expect(readFileSync(precious, 'utf8')).toBe(PRECIOUS);
    expect(lstatSync(join(out, 'report.html')).isFile()).toBe(true);
    expect(readdirSync(out)).toEqual(['report.html']);
  });

  test.each([RESULT_FILE, `.${RESULT_FILE}`, '.room', '..room', 'messages.csv.gz.new'])(
    '%s, when a run is gone on with',
    LIMIT,
    async (name) => {
      const { out, precious } = await strangersRun();
      const result = resultIn(out);
      if (name === RESULT_FILE) writeFileSync(precious, JSON.stringify(result));
      const before = readFileSync(precious);
      replaceWithLink(join(out, name), precious);
      const folder = await RunFolder.reopen(out, result, new Set());
      await folder.finish(result, { 'report.md': '#' });
      expect(readFileSync(precious).equals(before)).toBe(true);
      expect(lstatSync(join(out, RESULT_FILE)).isFile()).toBe(true);
    },
  );
});

function replaceWithLink(path: string, target: string): void {
  rmSync(path, { force: true });
  symlinkSync(target, path);
}
