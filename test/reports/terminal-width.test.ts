// A run on a terminal is never wider than that, whatever is in its names and figures.
import { Chalk } from 'chalk';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { told } from '../../reports/language/told.ts';
import { terminalReport } from '../../reports/terminal.ts';
import type { RunResult } from '../../src/bench/result.ts';
import {
  BLOCKED,
  cell,
  cellName,
  comparison,
  differing,
  evidence,
  failed,
  figure,
  figureEvidence,
  figures,
  HUGE,
  LOSSY,
  notAvailable,
  obstacle,
  result,
  unfinished,
  verdict,
} from './results.ts';
import { sweep } from './swept.ts';

const plain = new Chalk({ level: 0 });
const report = (changes: Partial<RunResult> = {}) => terminalReport(told(result(changes), 'en'), plain);
const widest = (text: string) => Math.max(...text.split('\n').map((line) => stringWidth(line)));

describe('never wider than the terminal', () => {
  const longName = `${'w'.repeat(20)} ${'x'.repeat(19)}`;

  test('with the longest names, the largest figures and words without a space', () => {
    const endless = 'a-word-'.repeat(20);
    const base = result();
    const text = report({
      status: { kind: 'incomplete', why: [{ kind: 'end-not-seen', transport: longName, said: endless }] },
      scenario: { ...base.scenario, title: endless, question: endless },
      backendWhy: endless,
      cells: [
        cell('y'.repeat(40), 'transport-of-a-long-name', HUGE),
        cell('short', 'udp', figures()),
        notAvailable(longName, 'udp', obstacle(endless)),
        unfinished(longName, 'tcp', [failed(1, endless)]),
      ],
      comparisons: [comparison({ link: longName, baseline: 'z'.repeat(40), other: longName })],
      warnings: [
        {
          kind: 'within-timer-error',
          place: { link: longName, point: endless },
          baseline: longName,
          other: longName,
          metrics: [endless],
          timerErrorMs: 2,
        },
      ],
      verdicts: Array.from({ length: 10 }, () =>
        verdict({
          sentence: endless,
          evidence: [evidence(longName, { sent: 1e10, lost: 123_456_790, damaged: 5 })],
          figures: [figureEvidence({ of: cellName(endless, longName), than: cellName(longName, endless) })],
          untested: [{ link: longName, point: endless, kind: 'not-measured' }],
        }),
      ),
    });
    expect(widest(text)).toBeLessThanOrEqual(80);
    // Broken into several lines, the name is still there to its last letter.
    expect([...text.matchAll(/^y+/gm)].join('')).toBe('y'.repeat(40));
  });

  test.each([
    ['of East Asia', '測試網路連線品質的情境'],
    ['of emoji', '👩‍👩‍👧‍👦🇵🇹✈️👍🏽'],
    ['with accents of their own', 'e\u0301'.repeat(40)],
  ])('with names %s: two columns a character, or none', (_what, name) => {
    const base = result();
    const text = report({
      scenario: { ...base.scenario, title: name.repeat(9), question: `${name} `.repeat(20) },
      cells: [cell(name, 'tcp', figures()), cell('clean', name, LOSSY)],
      comparisons: [comparison({ link: name, other: name })],
      verdicts: [verdict({ sentence: name.repeat(12), evidence: [evidence(name)] })],
    });
    expect(widest(text)).toBeLessThanOrEqual(80);
    const swept = terminalReport(told(sweep({ contestants: ['tcp', name], links: [name, 'b'] }), 'en'), plain);
    expect(widest(swept)).toBeLessThanOrEqual(80);
  });

  test.each(['測試', '👍🏽', 'e\u0301e\u0301'])('under a name such as %s columns stay where they are', (name) => {
    const text = report({ cells: [cell(name, 'tcp', figures()), cell('clean', name, LOSSY)], comparisons: [] });
    const lines = text.split('\n');
    const start = lines.findIndex((line) => line.startsWith('link'));
    const widths = lines.slice(start, start + 3).map((line) => stringWidth(line));
    expect(new Set(widths).size).toBe(1);
  });

  test.each([
    ['letter and accent', 'e\u0301'],
    ['flag', '🇵🇹'],
    ['family', '👩‍👩‍👧‍👦'],
    ['syllable', '\u1112\u1161\u11ab'],
  ])('a %s is whole at the end of a line', (_what, character) => {
    const { scenario } = result();
    for (const start of ['', 'x', 'xx']) {
      const text = report({ scenario: { ...scenario, title: start + character.repeat(200) } });
      const title = text.slice(0, text.indexOf('\nAn introduction')).split('\n');
      expect(title.length).toBeGreaterThan(1);
      for (const line of title) expect(line.replaceAll(character, '')).toMatch(/^x*$/);
    }
  });

  test('whatever the figures and names', () => {
    const ratio = fc.double({ min: 0, max: 1, noNaN: true });
    const ms = fc.option(fc.double({ min: 0, max: 3.6e6, noNaN: true }));
    const name = fc.oneof(
      fc.stringMatching(/^[a-z0-9][a-z0-9 .%_-]{0,39}$/),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    );
    const row = fc.record({ name, sent: fc.integer({ min: 1, max: 1e10 }), ratio, p50: ms, p99: ms });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        const cells = rows.map(({ name: link, sent, ratio: share, p50, p99 }) => {
          const own = {
            sent: figure(sent),
            loss: figure(share, 0, 1),
            reordered: figure(share),
            blocked: figure(share),
          };
          return cell(link, 'tcp', figures({ ...own, 'delay-p50': figure(p50), 'delay-p99': figure(p99) }));
        });
        const comparisons = rows.map(({ name: link, p50, ratio: share }) =>
          comparison({ link, figures: { loss: differing('more', share), 'delay-p50': differing('less', p50) } }),
        );
        expect(widest(report({ cells, comparisons, verdicts: [] }))).toBeLessThanOrEqual(80);
      }),
      { numRuns: 50 },
    );
  });

  test('with ten contestants, over a link or along a sweep', () => {
    const contestants = Array.from({ length: 10 }, (_, at) => `tcp, variant number ${at}`);
    const cells = contestants.map((name) => cell('clean', name, figures(BLOCKED)));
    const comparisons = contestants.slice(1).map((other) => comparison({ baseline: contestants[0]!, other }));
    const text = report({ cells, comparisons });
    const along = terminalReport(told(sweep({ contestants }), 'en'), plain);
    for (const each of [text, along]) expect(widest(each)).toBeLessThanOrEqual(80);
    // Side by side there is no room: a line for each cell, then.
    expect(along.split('\n').filter((line) => line.startsWith('loss 10%'))).toHaveLength(10);
  });
});
