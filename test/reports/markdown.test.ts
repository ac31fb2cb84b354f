// The report as Markdown: tables that every renderer reads as tables, and every part that there is something to say in.
import { expect, test } from 'vitest';
import { markdownReport } from '../../reports/markdown.ts';
import type { RunResult } from '../../src/bench/result.ts';
import { cell, failed, figures, LOSSY, measured, NOTHING_DELIVERED, notAvailable, result, verdict } from './results.ts';

const report = (changes: Partial<RunResult> = {}) => markdownReport(result(changes));

test('a whole run', () => expect(report()).toMatchSnapshot());

const { scenario } = result();
const COUNTED = {
  offeredPackets: 6123,
  droppedPackets: { loss: 146, queue: 0 },
  duplicatedPackets: 0,
  corruptedPackets: 0,
  reorderedPackets: 3,
  latenessP99Ms: 0.064,
  lateness: { count: 6012, maxMs: 0.31, belowPowerOf2Us: [0, 0, 0, 12, 4000, 1500, 450, 40, 8, 2] },
  traffic: { up: { 'udp datagram': { packets: 1500, bytes: 400_000 } }, down: {} },
};

test.each<[string, Partial<RunResult>]>([
  ['a run', {}],
  ['nothing delivered', { cells: [cell('dead', 'udp', NOTHING_DELIVERED)], verdicts: [] }],
  [
    'names with pipes',
    {
      scenario: { ...scenario, links: { 'a|b': 'up: delay 1ms | down: delay 2ms' } },
      cells: [cell('a|b', 'tcp|udp', figures())],
    },
  ],
  [
    'a link that counted',
    {
      cells: [
        {
          ...cell('lossy', 'udp', LOSSY),
          repetitions: [
            { number: 1, channelSeed: 7, outcome: { kind: 'measured', figures: LOSSY, link: COUNTED } },
            failed(2, 'no | answer'),
          ],
        },
      ],
    },
  ],
])('the tables of %s have as many cells in each row as in their head', (_name, changes) => {
  const tables = report(changes)
    .split(/\n\n+/)
    .filter((block) => block.startsWith('|'))
    .map((block) => block.trimEnd().split('\n'));
  expect(tables.length).toBeGreaterThan(1);
  for (const [head, rule, ...rows] of tables) {
    expect(rule).toMatch(/^\|( -{3}:? \|)+$/);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of [rule!, ...rows]) expect(cellsOf(row)).toBe(cellsOf(head!));
  }
});

/** A pipe behind a backslash is text. */
function cellsOf(row: string): number {
  expect(row).toMatch(/^\| .* \|$/);
  return row.replaceAll('\\|', '').split('|').length;
}

test('what the link counted, and what crossed the wire for a byte delivered', () => {
  const outcome = { kind: 'measured', figures: LOSSY, link: COUNTED } as const;
  const text = report({
    cells: [{ ...cell('lossy', 'udp', LOSSY), repetitions: [{ number: 1, channelSeed: 7, outcome }] }],
  });
  expect(text).toContain('| lossy | udp | 1 | 6,123 | 146 loss | 0 | 0 | 3 | 0.064 |');
  // 400,000 bytes for 1354 bodies of 200.
  expect(text).toContain('| lossy | udp | 0 | 0 | 0 | 0 | 1,500 | 0 | 1.48 |');
});

test('a text of several lines stays in its heading, its item or its quotation', () => {
  const text = report({
    status: { kind: 'incomplete', why: 'stopped\nby hand' },
    scenario: { ...scenario, title: 'One\nthing' },
    cells: [{ transport: 'tcp', link: 'clean', repetitions: [failed(1, 'line one\nline two')] }],
    verdicts: [verdict({ sentence: 'A sentence\nof two lines.' })],
  });
  expect(text).toMatch(/^# One thing\n\n> \*\*Incomplete:\*\* stopped by hand\.\n/);
  expect(text).toContain('repetition 1, failed: line one line two.\n');
  expect(text).toContain('1. “A sentence of two lines.”');
});

test('where nothing came there are words and no numbers', () => {
  const text = report({ cells: [cell('dead', 'udp', NOTHING_DELIVERED)], verdicts: [] });
  expect(text).toContain('| dead | udp | 1,500 | 0 | 100 % (99.7–100) | 0 (n/a) | 0 (n/a) |');
  expect(text).toContain(`| dead | udp | ${Array(5).fill('not reached').join(' | ')} | n/a | n/a | n/a |`);
  expect(text).not.toMatch(/NaN|Infinity|undefined|null/);
});

test('the spread goes from the lowest to the highest repetition, and what was not reached is the highest', () => {
  const worse = { ...LOSSY, loss: { ratio: 0.6, low: 0.5, high: 0.7 }, delayMs: { ...LOSSY.delayMs, p50: null } };
  const repetitions = [measured(1, worse), measured(2, LOSSY), failed(3, 'lost')];
  const text = report({ cells: [{ transport: 'udp', link: 'lossy', figures: LOSSY, repetitions }] });
  expect(text).toContain('| lossy | udp | 2 | 9.73 % – 60.0 % | 20.3 – not reached | not reached |');
});

test('where nothing was measured, no table claims a spread or a count of the link', () => {
  const text = report({ cells: [notAvailable('lossy', 'tcp', 'for no reason')], verdicts: [] });
  expect(text).toContain('## Not available, and why\n\n- lossy over tcp: for no reason.\n');
  expect(text).not.toMatch(/## Verdict|## From repetition|## What the link did|## What crossed/);
});

test('it says why it was not the backend that one would expect', () => {
  expect(report({ backendWhy: 'There is no\n/dev/net/tun here.' })).toContain(
    '- Carrier between the hosts: `relay` (There is no /dev/net/tun here.). Links:\n',
  );
});
