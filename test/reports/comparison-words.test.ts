// Two contestants in sentences: what an interval supports is said, what it does not is not.
import { expect, test } from 'vitest';
import { comparisonWords } from '../../reports/comparison-words.ts';
import { told } from '../../reports/language/told.ts';
import type { Comparison } from '../../src/bench/result.ts';
import { comparison, differing, NO_PAIRS, result, TOO_FEW } from './results.ts';

const english = told(result(), 'en');

/** Without pairs of messages. */
function wordsOf(figures: Comparison['figures']): string[] {
  const { pairs: _, ...rest } = comparison({ figures });
  return comparisonWords(rest, english);
}

test.each<[string, Comparison['figures'], string[]]>([
  [
    'more',
    { loss: differing('more', 0.0886, 0.0571, 0.127) },
    ['loss: more over udp than over tcp, by 8.86 percentage points (5.71 to 12.7).'],
  ],
  [
    'less, without a minus',
    { 'wire-bytes-per-byte': differing('less', -0.484, -0.584, -0.307) },
    ['wire bytes per byte: less over udp than over tcp, by 0.484 (0.307 to 0.584).'],
  ],
  [
    'less, and no end to it',
    { 'delay-p99': differing('less', -80, '-infinite', -3) },
    ['delay p99: less over udp than over tcp, by 80.0 ms (at least 3.00).'],
  ],
  [
    'not reached by the other',
    { 'delay-p99': differing('more', null, null, null) },
    ['delay p99: more over udp than over tcp: udp did not reach it, tcp did.'],
  ],
  [
    'not reached by the baseline',
    { 'delay-p99': differing('less', '-infinite', '-infinite', '-infinite') },
    ['delay p99: less over udp than over tcp: tcp did not reach it, udp did.'],
  ],
  [
    'no difference, in one sentence for all',
    { 'delay-p50': differing('no-difference', 1, -2, 3), loss: differing('no-difference', 0, 0, 0) },
    ['No difference: loss; delay p50.'],
  ],
  [
    'too little to say, in one sentence for a reason',
    {
      loss: { conclusion: 'not-supported', why: TOO_FEW },
      'delay-p50': { conclusion: 'not-supported', why: TOO_FEW },
      'delay-p99': { conclusion: 'not-supported', why: { kind: 'neither-reached' } },
    },
    ["Not enough to say: loss; delay p50 (3 repetitions can't support a 95 % interval; the least is 6)."],
  ],
  ['of what is no headline', { sent: differing('more', 3) }, []],
])('%s', (_what, figures, words) => expect(wordsOf(figures)).toEqual(words));

test('message for message: who came earlier, by how much, and who came alone', () => {
  const pairs = {
    figures: {
      'other-earlier': { value: 0.464, low: 0.327, high: 0.633 },
      'other-ahead-p50': { value: 7.6 },
      'baseline-earlier': { value: 0.536 },
      'baseline-ahead-p50': { value: null },
      'only-baseline': { value: 0.0886, low: 0.0571, high: 0.127 },
      'only-baseline-delay-p50': { value: 34.7 },
      'only-other': { value: 0 },
    },
    differenceMs: {},
    grid: NO_PAIRS,
  };
  expect(comparisonWords(comparison({ figures: {}, pairs }), english)).toEqual([
    'Message for message: udp came earlier for 46.4 % (32.7 to 63.3) of the messages, by 7.60 ms in the median.',
    'Message for message: tcp came earlier for 53.6 % of the messages, mostly because the other never came.',
    'Message for message: tcp alone delivered 8.86 % (5.71 to 12.7), after 34.7 ms in the median.',
  ]);
});
