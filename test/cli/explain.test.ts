// `lab explain`: the list, a page, several, and names that are nearly right.
import { expect, test } from 'vitest';
import { nearest } from '../../cli/explain/nearest.ts';
import { METRIC_GROUPS, METRICS } from '../../src/bench/metrics/catalogue.ts';
import { lab } from './lab.ts';

const ids = METRIC_GROUPS.flatMap((group) => group.ids);
const LIMIT_MS = 60_000;

async function explained(...args: string[]): Promise<string> {
  const program = lab('explain', ...args);
  expect(await program.ends()).toBe(0);
  expect(program.err).toBe('');
  return program.out;
}

test('lists every metric on a line of its own, under its group, in 80 columns', { timeout: LIMIT_MS }, async () => {
  const lines = (await explained()).trimEnd().split('\n');
  expect(lines.filter((line) => [...line].length > 80)).toEqual([]);
  expect(lines.filter((line) => METRIC_GROUPS.some(({ title }) => line === title))).toHaveLength(METRIC_GROUPS.length);
  for (const id of ids) expect(lines.filter((line) => line.startsWith(`${id} `))).toHaveLength(1);
  expect(lines.filter((line) => line.startsWith(' '))).toEqual([]);
});

test('explains several in full, in the order asked for', { timeout: LIMIT_MS }, async () => {
  const out = await explained('wire-retransmitted', 'delay-p99');
  expect(out.indexOf('wire-retransmitted')).toBeLessThan(out.indexOf('delay-p99'));
  const flat = out.replace(/\s+/g, ' ');
  for (const id of ['wire-retransmitted', 'delay-p99'] as const) {
    for (const words of [METRICS[id].formula, METRICS[id].source, METRICS[id].reading]) expect(flat).toContain(words);
  }
  expect(flat).toContain('N: all messages planned');
  expect(flat).toContain(`needs ${METRICS['wire-retransmitted'].needs}`);
  expect(out.split('\n').filter((line) => [...line].length > 80)).toEqual([]);
});

test('gives the same to a program', { timeout: LIMIT_MS }, async () => {
  const all = JSON.parse(await explained('--json')) as { id: string }[];
  expect(all.map(({ id }) => id)).toEqual(ids);
  const [loss] = JSON.parse(await explained('loss', '--json')) as object[];
  const { title, unit, formula, source, reading, better, interval } = METRICS.loss;
  expect(loss).toEqual({ id: 'loss', group: 'delivery', title, unit, formula, source, reading, better, interval });
});

test('names those that are near one that does not exist', { timeout: LIMIT_MS }, async () => {
  const mistaken = lab('explain', 'loss', 'dealy-p99');
  expect(await mistaken.ends()).toBe(2);
  expect([mistaken.out, mistaken.err]).toEqual([
    '',
    `lab: There is no metric "dealy-p99". Did you mean delay-p99 or delay-p90 or delay-p95? lab explain lists all ${ids.length}.\n`,
  ]);
});

test.each([
  ['gap', ['gap-density']],
  ['LOSS', ['loss', 'loss-periods', 'loss-period-mean']],
  ['goodputt', ['goodput']],
  ['jiter', ['jitter']],
  ['quantum', []],
  ['x', []],
  ['', []],
])('near "%s" lie %j', (given, expected) => expect(nearest(given, ids)).toEqual(expected));
