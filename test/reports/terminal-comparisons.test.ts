// Contestants side by side on a terminal: what an interval supports, in a sign or a number.
import { Chalk } from 'chalk';
import { describe, expect, test } from 'vitest';
import { told } from '../../reports/language/told.ts';
import { terminalReport } from '../../reports/terminal.ts';
import type { Comparison, RunResult } from '../../src/bench/result.ts';
import { comparison, differing, result, TOO_FEW } from './results.ts';

const plain = new Chalk({ level: 0 });
const report = (changes: Partial<RunResult> = {}) => terminalReport(told(result(changes), 'en'), plain);
/** A paragraph, however its lines are broken. */
const unwrapped = (text: string) => text.replace(/\s+/g, ' ');
/** The line that begins so. */
const lineOf = (text: string, start: string) => text.split('\n').find((line) => line.startsWith(start));

describe('two contestants side by side', () => {
  const row = (figuresOf: Comparison['figures'], rest: Partial<Comparison> = {}) =>
    lineOf(report({ comparisons: [comparison({ link: 'here', figures: figuresOf, ...rest })] }), 'here');

  test.each<[string, Comparison['figures'], RegExp]>([
    [
      'more and less, with a sign',
      { loss: differing('more', 0.0886), 'delay-p99': differing('less', -20.2) },
      /\+8\.86 +−20\.2$/,
    ],
    ['no difference', { loss: differing('no-difference', 0.01) }, / =$/],
    ['too little to say', { loss: { conclusion: 'not-supported', why: TOO_FEW } }, / \?$/],
    [
      'reached by one alone',
      { loss: differing('more', null), 'delay-p99': differing('less', '-infinite') },
      /\+∞ +−∞$/,
    ],
    [
      'reached by neither',
      { loss: differing('more', 0.1), 'delay-p99': { conclusion: 'not-supported', why: { kind: 'neither-reached' } } },
      /\+10\.0 +–$/,
    ],
  ])('%s', (_what, figuresOf, words) => expect(row(figuresOf)).toMatch(words));

  test('without pairs of messages', () => {
    const { pairs: _, ...unpaired } = comparison({ link: 'here' });
    expect(lineOf(report({ comparisons: [unpaired] }), 'here')).toMatch(/^here +udp +– +– /);
  });

  test('the legend has the signs that were used, and why there is too little to say', () => {
    const legend = (figuresOf: Comparison['figures']) =>
      unwrapped(report({ comparisons: [comparison({ figures: figuresOf })] }));
    const equal = '=: no difference (its 95 % interval contains 0)';
    const open = differing('not-supported');
    expect(legend({ loss: differing('no-difference', 0) })).toContain(`differ; ${equal}. `);
    expect(legend({ loss: differing('more', null) })).toContain('differ; ∞: one of them did not reach it. ');
    expect(legend({ loss: { ...open, why: TOO_FEW } })).toContain(
      "differ; ?: not enough to say (3 repetitions can't support a 95 % interval; the least is 6). ",
    );
  });
});
