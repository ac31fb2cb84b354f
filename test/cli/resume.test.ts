// A run that was ended before its time is gone on with: what was measured stays, what is missing is carried out.
import { appendFileSync, copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { RunResult } from '../../src/bench/result.ts';
import { lab } from './lab.ts';
import { resultIn, TINY, workshop } from './tiny-scenario.ts';

const LIMIT_MS = 60_000;
const SIX_OF_EACH = TINY.replace('repetitions: 1', 'repetitions: 6');

test(
  'after kill -9: every trial once, the figures those of a whole run, and rows that nobody counted are gone',
  async () => {
    const { file, out } = workshop(SIX_OF_EACH);
    const run = lab('run', file, '--backend', 'loopback', '--out', out);
    await run.prints('trial 3 of', LIMIT_MS);
    run.child.kill('SIGKILL');
    await run.ends();
    const before = resultIn(out);
    expect(before.status.kind).toBe('incomplete');
    // As by a trial whose rows came to the disk, and whose run.json did not.
    appendFileSync(join(out, 'messages.csv.gz'), gzipSync('clean,,tcp,6,99,0,0,64,0,1,,,,,2,1,,\n'));

    const again = lab('run', '--resume', out);
    expect(await again.ends(LIMIT_MS)).toBe(0);
    const after = resultIn(out);
    expect(after.status).toEqual({ kind: 'complete' });
    expect([after.seed, after.command]).toEqual([before.seed, before.command]);
    expect(after.environment.tookMs).toBeGreaterThan(before.environment.tookMs);
    for (const cell of after.cells.filter(({ notAvailable }) => notAvailable === undefined)) {
      expect(cell.repetitions.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5, 6]);
      expect(cell.figures!['sent']!.value).toBe(600);
      expect(cell.figures!['delay-p50']!.low).toBeDefined();
    }
    for (const { outcome, key } of measured(before)) expect(measured(after)).toContainEqual({ outcome, key });
    const trials = rowsIn(out).map((row) => row.split(',')[4]);
    expect(new Set(trials).size).toBe(12);
    expect(trials).not.toContain('99');
    expect(readdirSync(out)).toContain('report.md');
  },
  LIMIT_MS,
);

test(
  'a trial that failed is carried out again, and half a row at the end of a table is no obstacle',
  async () => {
    const { file, out } = workshop(SIX_OF_EACH);
    const run = lab('run', file, '--backend', 'loopback', '--out', out, '--repetitions', '1');
    expect(await run.ends(LIMIT_MS)).toBe(0);
    const result = resultIn(out);
    const cells = result.cells.map((cell) =>
      cell.transport === 'udp' && cell.notAvailable === undefined
        ? {
            ...cell,
            repetitions: cell.repetitions.map((each) => ({ ...each, outcome: { kind: 'failed', why: 'a fault' } })),
          }
        : cell,
    );
    const status = { kind: 'incomplete', why: [{ kind: 'trials-failed', failed: 1, planned: 4 }] };
    writeFileSync(join(out, 'run.json'), JSON.stringify({ ...result, cells, status }));
    const table = join(out, 'messages.csv.gz');
    appendFileSync(table, gzipSync('clean,,udp,6').subarray(0, 15));

    expect(await lab('run', '--resume', out).ends(LIMIT_MS)).toBe(0);
    const mended = resultIn(out);
    expect(mended.status.kind).toBe('complete');
    const udp = mended.cells.find(({ transport, link }) => transport === 'udp' && link === 'clean')!;
    expect(udp.repetitions.map(({ outcome }) => outcome.kind)).toEqual(['measured']);
    expect(rowsIn(out)).toHaveLength(200);
  },
  LIMIT_MS,
);

test(
  'what can not be gone on with is told in one line',
  async () => {
    const { file, out } = workshop();
    expect(await lab('run', file, '--backend', 'loopback', '--out', out).ends(LIMIT_MS)).toBe(0);
    await refused(out, /is complete: there is nothing to resume/);

    const result = resultIn(out);
    const incomplete = { ...result, status: { kind: 'incomplete', why: [{ kind: 'stopped', ended: 3, planned: 4 }] } };
    writeFileSync(join(out, 'run.json'), JSON.stringify({ ...incomplete, backend: 'remote' }));
    await refused(out, /was measured over "remote", which can't be gone on with/);

    writeFileSync(join(out, 'run.json'), JSON.stringify(incomplete));
    copyFileSync(join(out, 'messages.csv.gz'), join(dirname(out), 'kept.csv.gz'));
    writeFileSync(join(out, 'messages.csv.gz'), gzipSync('other,columns\n'));
    await refused(out, /messages\.csv\.gz has other columns/);
    copyFileSync(join(dirname(out), 'kept.csv.gz'), join(out, 'messages.csv.gz'));

    rmSync(join(out, 'scenario.yaml'));
    await refused(out, /has no scenario to go on with/);
  },
  LIMIT_MS,
);

async function refused(out: string, words: RegExp): Promise<void> {
  const run = lab('run', '--resume', out);
  expect(await run.ends()).toBe(2);
  expect(run.err).toMatch(words);
  expect(run.err.trim().split('\n')).toHaveLength(1);
}

function measured({ cells }: RunResult) {
  return cells.flatMap(({ transport, link, repetitions }) =>
    repetitions.map(({ number, outcome }) => ({ key: [transport, link, number], outcome })),
  );
}

function rowsIn(out: string): string[] {
  return gunzipSync(readFileSync(join(out, 'messages.csv.gz')))
    .toString()
    .trim()
    .split('\n')
    .slice(1);
}
