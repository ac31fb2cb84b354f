// The main job as a process: what it writes and what it prints.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { Lab, lab } from './lab.ts';
import { PATIENT, resultIn, TINY, valuesOf, workshop } from './tiny-scenario.ts';

test('over the relay: what can be measured is, what can not says why; the folder holds all of it', async () => {
  const { file, out } = workshop(PATIENT);
  const run = lab('run', file, '--backend', 'relay', '--out', out);
  expect(await run.ends()).toBe(0);
  expect(run.out).toContain('A tiny experiment');
  expect(readdirSync(out).sort()).toEqual([
    'figures.csv',
    'messages.csv.gz',
    'report.html',
    'report.md',
    'run.json',
    'scenario.yaml',
  ]);
  const { cells, status, backend } = resultIn(out);
  expect([status.kind, backend]).toEqual(['complete', 'relay']);
  const cell = (link: string, transport: string) =>
    cells.find((one) => one.link === link && one.transport === transport)!;
  expect(valuesOf(cell('clean', 'tcp'))).toMatchObject({ sent: 100, delivered: 100, lost: 0 });
  expect(cell('lossy', 'tcp').notAvailable).toEqual({
    kind: 'relay-cannot-touch-segments',
    backend: 'relay',
    asked: ['loss 20%'],
  });
  expect(run.out.replace(/\s+/g, ' ')).toContain('Not available (tcp over lossy): the relay stands above the kernel');
  const { sent, lost } = valuesOf(cell('lossy', 'udp'));
  expect([sent, lost! > 10]).toEqual([100, true]);
  const rows = gunzipSync(readFileSync(join(out, 'messages.csv.gz')))
    .toString()
    .trim()
    .split('\n');
  expect(rows).toHaveLength(1 + 300);
  const [head, ...messages] = rows.map((row) => row.split(','));
  const column = (name: string) => head!.indexOf(name);
  const isLost = (row: string[]) => row[column('link')] === 'lossy' && row[column('arrived_ns')] === '';
  expect(messages.filter(isLost)).toHaveLength(lost!);

  const again = lab('report', out);
  expect(await again.ends()).toBe(0);
  expect(again.out.trim()).toBe(
    run.out.slice(run.out.lastIndexOf('\n\nA tiny') + 2, run.out.lastIndexOf('\n\nWritten')).trim(),
  );
  for (const [format, file] of [
    ['html', 'report.html'],
    ['markdown', 'report.md'],
    ['csv', 'figures.csv'],
    ['json', 'run.json'],
  ] as const) {
    const report = lab('report', out, '--format', format);
    expect(await report.ends()).toBe(0);
    expect(report.out).toBe(readFileSync(join(out, file), 'utf8'));
  }
}, 60_000);

test('over nothing, for a program: JSON and no other word', async () => {
  const { file, out } = workshop();
  const run = lab('run', file, '--backend', 'loopback', '--out', out, '--json');
  expect(await run.ends()).toBe(0);
  expect(JSON.parse(run.out)).toEqual(resultIn(out));
  expect(run.err).toBe('');
}, 60_000);

test('two workers share the flows', async () => {
  const { file, out } = workshop(PATIENT.replace('users: 4', 'users: 6, workers: 2'));
  expect(await lab('run', file, '--backend', 'loopback', '--out', out).ends()).toBe(0);
  expect(valuesOf(resultIn(out).cells[0]!)).toMatchObject({ sent: 100, delivered: 100 });
}, 60_000);

test('a sweep measures every point, and its report has a line for each', async () => {
  const { file, out } = workshop(`${PATIENT}sweep: { workload.bodyBytes: [64, 500, 1400] }\n`);
  const run = lab('run', file, '--backend', 'loopback', '--out', out);
  expect(await run.ends()).toBe(0);
  const points = ['bodyBytes 64', 'bodyBytes 500', 'bodyBytes 1400'];
  const measured = resultIn(out).cells.filter(({ link }) => link === 'clean');
  expect(new Set(measured.map(({ point }) => point))).toEqual(new Set(points));
  for (const cell of measured) expect(valuesOf(cell)).toMatchObject({ sent: 100, delivered: 100 });
  for (const point of points) expect(run.out).toMatch(new RegExp(`^${point} +[\\d.]+ +[\\d.]+`, 'm'));
}, 60_000);

test.each<[string, string[], number, RegExp]>([
  ['an unknown scenario', ['run', 'nonsense'], 2, /There is no scenario "nonsense"\. The library has: .*intro/],
  ['a scenario file that is not there', ['run', 'no-such.yaml'], 2, /no-such\.yaml can't be read/],
  ['an unknown command', ['rnu'], 2, /Did you mean run\?|Unknown/],
  ['an unknown option', ['run', '--speed', 'fast'], 2, /Unknown argument: speed/],
  ['a folder that is no run', ['report', tmpdir()], 2, /is no run: it has no run\.json/],
  ['a number of repetitions that is none', ['run', '--repetitions', '0'], 2, /whole number from 1 to 1000/],
  ['--pcap without packets', ['run', '--backend', 'relay', '--pcap', 'x'], 2, /only the tun backend/],
])('%s is told in one line', async (_what, args, code, words) => {
  const run = lab(...args);
  expect(await run.ends()).toBe(code);
  expect(run.err).toMatch(words);
  expect(run.err.trim().split('\n')).toHaveLength(1);
});

test('a place that can not be written is told before anything is measured', async () => {
  const { file } = workshop();
  const run = lab('run', file, '--out', join(file, 'run'));
  expect(await run.ends()).toBe(1);
  expect(run.err).toMatch(/^lab: The run could not be written to .*ENOTDIR/);
  expect(run.out).toBe('');
});

test('the command that repeats a run names its own file, whatever is in the name', async () => {
  const { file } = workshop();
  const odd = join(dirname(file), "Ana's test.yaml");
  writeFileSync(odd, TINY);
  const first = lab(
    'run',
    odd,
    '--backend',
    'loopback',
    '--out',
    join(dirname(file), 'one'),
    '--seed',
    '1',
    '--seed',
    '7',
  );
  expect(await first.ends()).toBe(0);
  const { command } = resultIn(join(dirname(file), 'one'));
  expect(command).toBe(`lab run '${odd.replace("'", "'\\''")}' --backend loopback --seed 7`);
}, 60_000);

test('a typo in a scenario is told with file, line and column', async () => {
  const { file, out } = workshop(TINY.replace('repetitions:', 'repetitons:'));
  const run = lab('run', file, '--out', out);
  expect(await run.ends()).toBe(2);
  expect(run.err).toMatch(/^lab: .*tiny\.yaml:10:1: repetitons: unknown; known here: /);
});

test('the help is that of yargs, and each command has examples', async () => {
  const help = lab('--help');
  await help.ends();
  const live = await import('../../dist/cli/program.js' as string);
  expect(help.out).toBe(`${await live.helpText()}\n`);
  for (const command of ['run', 'serve', 'chat', 'report', 'compare', 'link', 'micro', 'explain']) {
    const own = lab(command, '--help');
    expect(await own.ends()).toBe(0);
    expect(own.out).toContain('Examples:');
  }
}, 60_000);

test('micro-benchmarks give a figure for every case, and no colour where there is no terminal', async () => {
  const micro = new Lab(['micro', '--time', '5', '--json']);
  expect(await micro.ends()).toBe(0);
  const figures = JSON.parse(micro.out) as { name: string; nsPerItem: number }[];
  expect(figures.length).toBeGreaterThan(10);
  for (const { nsPerItem } of figures) expect(nsPerItem).toBeGreaterThan(0);
  const table = new Lab(['micro', '--time', '1']);
  await table.ends();
  expect(table.out).not.toContain('\x1b');
}, 60_000);
