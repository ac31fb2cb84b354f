// A run on a terminal of 80 columns, with and without colour, and when little or nothing could be measured.
import { stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import { describe, expect, test } from 'vitest';
import { told } from '../../reports/language/told.ts';
import { terminalReport } from '../../reports/terminal.ts';
import type { RunResult, Warning } from '../../src/bench/result.ts';
import {
  BLOCKED,
  cell,
  cellName,
  evidence,
  failed,
  figure,
  figures,
  LOAD,
  LOSSY,
  measured,
  NOTHING_DELIVERED,
  notAvailable,
  ONE_MESSAGE,
  obstacle,
  result,
  underWay,
  unfinished,
  verdict,
} from './results.ts';
import { sweep } from './swept.ts';

const plain = new Chalk({ level: 0 });
const coloured = new Chalk({ level: 3 });
const report = (changes: Partial<RunResult> = {}) => terminalReport(told(result(changes), 'en'), plain);
/** A paragraph, however its lines are broken. */
const unwrapped = (text: string) => text.replace(/\s+/g, ' ');
/** The line that begins so. */
const lineOf = (text: string, start: string) => text.split('\n').find((line) => line.startsWith(start));

test('a whole run', () => expect(report()).toMatchSnapshot());

test('with colour only escape codes differ, and none runs over the end of a line', () => {
  for (const run of [result(), sweep()].map((each) => told(each, 'en'))) {
    const text = terminalReport(run, coloured);
    expect(text).not.toBe(terminalReport(run, plain));
    expect(stripVTControlCharacters(text)).toBe(terminalReport(run, plain));
    for (const line of text.split('\n')) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is counted
      const codes = [...line.matchAll(/\x1b\[(\d+)m/g)].map(([, code]) => Number(code));
      const opening = codes.filter((code) => [1, 2, 31, 32, 33].includes(code)).length;
      expect(codes.length).toBe(2 * opening);
    }
  }
});

describe('says', () => {
  test('that a run is incomplete, at the top', () => {
    const text = report({ status: { kind: 'incomplete', why: [{ kind: 'stopped', ended: 3, planned: 24 }] } });
    expect(text.split('\n').indexOf('INCOMPLETE: stopped after 3 of 24 trials.')).toBeLessThan(6);
  });

  test('why it was not the backend that one would expect', () => {
    expect(unwrapped(report({ backendWhy: 'There is no /dev/net/tun here.' }))).toContain(
      'Why the relay backend: The packet emulator does not work here, so the relay carries this run: There is no /dev/net/tun here.',
    );
  });

  test('one message, one repetition', () => {
    const { scenario } = result();
    const text = report({ cells: [cell('clean', 'tcp', ONE_MESSAGE)], scenario: { ...scenario, repetitions: 1 } });
    expect(text).toContain('1 message over the relay backend in 28.4 s, 1 repetition\n');
  });

  test('how many messages each cell sent: once where it is the same, else line by line', () => {
    const same = [cell('a', 'tcp', figures()), cell('a', 'udp', figures())];
    expect(report({ cells: same })).toMatch(/^3,000 messages \(1,500 a cell\) over/m);
    expect(report({ cells: same })).not.toMatch(/^link.* sent /m);
    const others = [cell('a', 'tcp', figures()), cell('a', 'udp', figures({ sent: figure(20) }))];
    expect(report({ cells: others })).toMatch(/^1,520 messages over/m);
    expect(lineOf(report({ cells: others }), 'a     udp')).toMatch(/^a +udp +20 /);
  });

  test('the reason of many failures once, and which they were', () => {
    const broken = 'the server process ended (SIGKILL)';
    const repetitions = [failed(1, broken), measured(2, figures()), failed(3, broken), failed(4, 'no answer')];
    const text = unwrapped(report({ cells: [unfinished('clean', 'udp', repetitions)] }));
    expect(text).toContain(`2 repetitions (first: 1) of udp over clean failed: ${broken}`);
    expect(text).toContain('Repetition 4 of udp over clean failed: no answer');
  });

  test('a reason that several cells share once', () => {
    const cells = ['a', 'b'].map((link) => notAvailable(link, 'tcp', obstacle('mtu 900')));
    expect(unwrapped(report({ cells }))).toContain(
      'Not available (tcp over a, tcp over b): relay has no hosts of its own to set (asked: mtu 900).',
    );
  });

  test('how late the lab itself was, of the worst cell', () => {
    const late = figures({ 'timer-error-p99': figure(12.34) });
    const text = unwrapped(report({ cells: [cell('a', 'tcp', figures()), cell('a', 'udp', late)] }));
    expect(text).toContain('The lab itself sent late by at most 12.3 ms');
  });

  test('the first of many reasons and warnings, and how many there are more', () => {
    const all = Array.from({ length: 12 }, (_, at) => evidence(`link ${at}`, { lost: 3 }));
    const warnings = Array.from(
      { length: 20 },
      (_, at): Warning => ({
        kind: 'unexplained',
        cell: cellName('udp', `link ${at}`),
        messages: 1,
      }),
    );
    const text = report({ verdicts: [verdict({ evidence: all })], warnings });
    expect(text).toContain('link 6: of');
    expect(text).not.toContain('link 7: of');
    expect(text).toContain('And 5 more: they are in report.md.');
    expect(text).toContain('And 13 more: they are in report.md.');
  });

  test('nothing that drives a terminal or turns its text around', () => {
    const { scenario } = result();
    const text = report({
      scenario: { ...scenario, title: 'a\x1b[2Jb\u202ec', question: 'x\r\ny\u0007' },
      cells: [cell('evil\x1b]0;title\x07', 'tcp\x9b', figures())],
      verdicts: [verdict({ sentence: 'one\ntwo\u2066' })],
    });
    expect(text).not.toMatch(/[^\P{C}\n]/u);
  });
});

describe('a figure is a column where a cell has something there', () => {
  const head = (changes: Partial<RunResult>) => lineOf(report(changes), 'link ')!.split(/ {2,}/);

  test('what is nowhere is left out', () => {
    expect(head({ cells: [cell('a', 'tcp', figures())] })).toEqual([
      'link',
      'over',
      'sent',
      'lost',
      'p50 ms',
      'p99 ms',
    ]);
  });

  test('what is somewhere is there, and n/a where it can not be', () => {
    const cells = [
      cell('a', 'tcp', figures({ ...BLOCKED })),
      cell('a', 'udp', figures({ replicated: figure(0.1), reordered: figure(0.2) })),
    ];
    expect(head({ cells })).toEqual(['link', 'over', 'lost', 'twice', 'reordered', 'blocked', 'p50 ms', 'p99 ms']);
    expect(report({ cells })).toMatch(/^a +udp +0 % +10\.0 % +20\.0 % +n\/a +20\.3 +25\.0$/m);
  });

  test('goodput is one where the network decides how much is sent', () => {
    const { scenario } = result();
    const closed = { ...LOAD, isClosedLoop: true };
    const points = [{ ...scenario.points[0]!, workload: closed }];
    const cells = [cell('a', 'tcp', figures({ 'round-trip-p50': figure(41) }))];
    expect(head({ cells, scenario: { ...scenario, points } })).toEqual(
      expect.arrayContaining(['RTT p50 ms', 'goodput']),
    );
    expect(head({ cells })).not.toContain('goodput');
  });
});

describe('has no number where there is none', () => {
  const NO_NUMBER = /NaN|Infinity|undefined|null/;

  test('nothing was delivered', () => {
    const text = report({ cells: [cell('dead', 'udp', NOTHING_DELIVERED)], verdicts: [], comparisons: [] });
    expect(text).toMatch(/dead +udp +1,500 +100 % +not reached +not reached/);
    expect(text).not.toMatch(NO_NUMBER);
    expect(text).not.toContain('sent late');
  });

  test('nothing was delivered anywhere along a sweep', () => {
    const text = terminalReport(told(sweep({ of: () => NOTHING_DELIVERED }), 'en'), plain);
    expect(text).not.toMatch(NO_NUMBER);
    expect(text).not.toMatch(/[▁-█]/u);
  });

  test('no cell is available, and nothing is claimed', () => {
    const cells = ['tcp', 'udp'].map((transport) => notAvailable('lossy', transport));
    const text = report({ cells, verdicts: [], comparisons: [], metrics: {} });
    expect(text).toMatch(/^lossy +tcp +not available$/m);
    expect(text).toContain('\n0 messages over');
    expect(text).not.toMatch(/NaN|Infinity|undefined|null|sent late|\n\n\n/);
  });

  test('every repetition failed', () => {
    const cells = [unfinished('clean', 'tcp', [failed(1, 'no answer')])];
    const text = report({ cells, comparisons: [], verdicts: [] });
    expect(text).toMatch(/^clean +tcp +nothing measured$/m);
    expect(text).not.toMatch(NO_NUMBER);
  });

  test('the run is under way, and no figure has an interval', () => {
    const cells = [cell('clean', 'tcp', underWay(figures())), cell('clean', 'udp', underWay(LOSSY))];
    const why = [{ kind: 'under-way', ended: 1, planned: 6 }] as const;
    const text = report({ cells, verdicts: [], comparisons: [], status: { kind: 'incomplete', why } });
    expect(text).toMatch(/^clean +udp +9\.73 % +0\.222 % +20\.3 +not reached$/m);
    expect(text).not.toMatch(NO_NUMBER);
  });
});
