// A run on a terminal of 80 columns, with and without colour, and when little or nothing could be measured.
import { stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { terminalReport } from '../../reports/terminal.ts';
import type { RunResult } from '../../src/bench/result.ts';
import {
  cell,
  evidence,
  failed,
  figures,
  HUGE,
  measured,
  NOTHING_DELIVERED,
  notAvailable,
  ONE_MESSAGE,
  result,
  verdict,
} from './results.ts';

const plain = new Chalk({ level: 0 });
const coloured = new Chalk({ level: 3 });
const report = (changes: Partial<RunResult> = {}) => terminalReport(result(changes), plain);
/** A paragraph, however its lines are broken. */
const unwrapped = (text: string) => text.replace(/\s+/g, ' ');

test('a whole run', () => expect(report()).toMatchSnapshot());

test('with colour only escape codes differ, and none runs over the end of a line', () => {
  const text = terminalReport(result(), coloured);
  expect(text).not.toBe(report());
  expect(stripVTControlCharacters(text)).toBe(report());
  for (const line of text.split('\n')) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is counted
    const codes = [...line.matchAll(/\x1b\[(\d+)m/g)].map(([, code]) => Number(code));
    const opening = codes.filter((code) => [1, 2, 31, 32, 33].includes(code)).length;
    expect(codes.length).toBe(2 * opening);
  }
});

describe('never wider than the terminal', () => {
  const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));
  const longName = `${'w'.repeat(20)} ${'x'.repeat(19)}`;

  test('with the longest names, the largest figures and words without a space', () => {
    const endless = 'a-word-'.repeat(20);
    const base = result();
    const text = report({
      status: { kind: 'incomplete', why: endless },
      scenario: { ...base.scenario, title: endless, question: endless },
      backendWhy: endless,
      cells: [
        cell('y'.repeat(40), 'transport-of-a-long-name', HUGE),
        notAvailable(longName, 'udp', endless),
        { link: longName, transport: 'tcp', repetitions: [failed(1, endless)] },
      ],
      verdicts: Array.from({ length: 10 }, () =>
        verdict({
          sentence: endless,
          evidence: [evidence(longName, { sent: 1e10, lost: 123_456_790, damaged: 5 })],
          untested: [{ link: longName, kind: 'not-measured', why: endless }],
        }),
      ),
    });
    expect(widest(text)).toBeLessThanOrEqual(80);
    // Broken into several lines, the name is still there to its last letter.
    expect([...text.matchAll(/^y+/gm)].join('')).toBe('y'.repeat(40));
    expect(text).toContain('10.0 G');
  });

  test('whatever the figures and names', () => {
    const ratio = fc.double({ min: 0, max: 1, noNaN: true });
    const ms = fc.option(fc.double({ min: 0, max: 3.6e6, noNaN: true }));
    const name = fc.stringMatching(/^[a-z0-9][a-z0-9 .%_-]{0,39}$/);
    const row = fc.record({ name, sent: fc.integer({ min: 1, max: 1e10 }), ratio, p50: ms, p99: ms });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        const cells = rows.map(({ name: link, sent, ratio: share, p50, p99 }) => {
          const delayMs = { ...HUGE.delayMs, p50, p99 };
          const loss = { ratio: share, low: 0, high: 1 };
          return cell(link, 'tcp', figures({ sent, loss, reordering: share, delayMs, duplicates: sent }));
        });
        expect(widest(report({ cells, verdicts: [] }))).toBeLessThanOrEqual(80);
      }),
      { numRuns: 50 },
    );
  });
});

describe('says', () => {
  test('that a run is incomplete, at the top', () => {
    const text = report({ status: { kind: 'incomplete', why: 'stopped after 3 of 24 trials' } });
    expect(text.split('\n').indexOf('INCOMPLETE: stopped after 3 of 24 trials.')).toBeLessThan(6);
  });

  test('why it was not the backend that one would expect', () => {
    expect(unwrapped(report({ backendWhy: 'There is no /dev/net/tun here.' }))).toContain(
      'Why the relay backend: There is no /dev/net/tun here.',
    );
  });

  test('one message, one repetition', () => {
    const { scenario } = result();
    const text = report({ cells: [cell('clean', 'tcp', ONE_MESSAGE)], scenario: { ...scenario, repetitions: 1 } });
    expect(text).toContain('1 message over the relay backend in 28.4 s, 1 repetition\n');
  });

  test('the reason of many failures once, and which they were', () => {
    const broken = 'the server process ended (SIGKILL)';
    const repetitions = [failed(1, broken), measured(2, figures()), failed(3, broken), failed(4, 'no answer')];
    const text = unwrapped(report({ cells: [{ link: 'clean', transport: 'udp', repetitions }] }));
    expect(text).toContain(`2 repetitions (first: 1) of clean over udp failed: ${broken}`);
    expect(text).toContain('Repetition 4 of clean over udp failed: no answer');
  });

  test('a reason that several cells share once', () => {
    const cells = ['a', 'b'].map((link) => notAvailable(link, 'tcp', 'no packets there'));
    expect(unwrapped(report({ cells }))).toContain('Not available (a over tcp, b over tcp): no packets there.');
  });

  test('how late the lab itself was, of the worst cell', () => {
    const late = figures({ timerErrorMs: { p50: 1, p99: 12.34 } });
    const text = report({ cells: [cell('a', 'tcp', figures()), cell('a', 'udp', late)] });
    expect(text).toContain('The lab itself sent late by at most 12.3 ms');
  });
});

describe('has no number where there is none', () => {
  test('nothing was delivered', () => {
    const text = report({ cells: [cell('dead', 'udp', NOTHING_DELIVERED)], verdicts: [] });
    expect(text).toMatch(/dead +udp +1,500 +100 % +0 +n\/a +not reached +not reached/);
    expect(text).not.toMatch(/NaN|Infinity|undefined|null|sent late/);
  });

  test('no cell is available, and nothing is claimed', () => {
    const cells = ['tcp', 'udp'].map((transport) => notAvailable('lossy', transport, 'nothing is between'));
    const text = report({ cells, verdicts: [] });
    expect(text).toMatch(/^lossy +tcp +not available$/m);
    expect(text).toContain('\n0 messages over');
    expect(text).not.toMatch(/NaN|Infinity|undefined|null|sent late|\n\n\n/);
  });

  test('every repetition failed', () => {
    const cells = [{ link: 'clean', transport: 'tcp', repetitions: [failed(1, 'no answer')] }];
    expect(report({ cells })).toMatch(/^clean +tcp +nothing measured$/m);
  });
});
