// How many runs of losses there are of each length (RFC 3357).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lossPattern, lossRuns } from '../../../src/bench/metrics/loss-pattern.ts';
import { anyLosses, lossesOf } from './observations.ts';

const runsOf = (patterns: readonly string[], longest = 4) => [...lossRuns(patterns.map(lossesOf), longest)];

describe('runs of losses, by length', () => {
  test.each<[what: string, pattern: string, runs: number[]]>([
    // The RFC's own example: packets 2, 5, 7, 9 and 10 of ten.
    ['ten packets', '1011010100', [3, 1, 0, 0]],
    ['none', '1111', [0, 0, 0, 0]],
    ['nothing sent', '', [0, 0, 0, 0]],
    ['one at the beginning', '0111', [1, 0, 0, 0]],
    ['two at the end', '1100', [0, 1, 0, 0]],
    ['one of each length', '010010001', [1, 1, 1, 0]],
    ['all', '0000', [0, 0, 0, 1]],
    ['one that is longer than the last', '0000000', [0, 0, 0, 1]],
    ['longer ones, and one as long as the last', '00000100000000001000010', [1, 0, 0, 3]],
  ])('%s', (_what, pattern, runs) => expect(runsOf([pattern])).toEqual(runs));

  test('of all flows together', () => {
    expect(runsOf(['101', '001', '1001'])).toEqual([1, 2, 0, 0]);
    expect(runsOf([])).toEqual([0, 0, 0, 0]);
  });

  test('a run does not go on in another flow', () => {
    expect(runsOf(['10', '01'])).toEqual([2, 0, 0, 0]);
    expect(runsOf(['000', '000'])).toEqual([0, 0, 2, 0]);
  });

  test('are all in the last where there is no other', () => expect(runsOf(['0100100'], 1)).toEqual([3]));
});

describe('whatever was lost', () => {
  const anyFlows = fc.array(anyLosses, { maxLength: 4 });
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

  test('the lengths of all runs make up the losses, where none is longer than the last', () => {
    fc.assert(
      fc.property(anyFlows, (patterns) => {
        const runs = runsOf(patterns, 120);
        expect(sum(runs.map((count, at) => count * (at + 1)))).toBe(lossPattern(patterns.map(lossesOf)).lost);
      }),
    );
  });

  test('there are as many runs as loss periods, and none longer than the longest, wherever the last is', () => {
    fc.assert(
      fc.property(anyFlows, fc.integer({ min: 1, max: 130 }), (patterns, longest) => {
        const runs = runsOf(patterns, longest);
        const pattern = lossPattern(patterns.map(lossesOf));
        expect(runs).toHaveLength(longest);
        expect(sum(runs)).toBe(pattern.periods);
        expect(runs.findLastIndex((count) => count > 0) + 1).toBe(Math.min(longest, pattern.longest));
      }),
    );
  });

  test('the last has what a longer table has behind it', () => {
    fc.assert(
      fc.property(anyFlows, fc.integer({ min: 1, max: 12 }), (patterns, longest) => {
        const whole = runsOf(patterns, 120);
        expect(runsOf(patterns, longest)).toEqual([...whole.slice(0, longest - 1), sum(whole.slice(longest - 1))]);
      }),
    );
  });
});
