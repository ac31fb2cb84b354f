import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  drawn,
  estimate,
  expandedInterval,
  leastRepetitions,
  signedEstimate,
} from '../../../src/bench/statistics/bootstrap.ts';
import { quantile, ratio } from './samples.ts';

const LOST = Number.POSITIVE_INFINITY;
const seed = 7;

describe('too few repetitions', () => {
  test.each([
    [0.9, 5],
    [0.95, 6],
    [0.99, 8],
    [0.5, 2],
  ])('%s takes %i', (confidence, least) => expect(leastRepetitions(confidence)).toBe(least));

  test('give a value, no interval and the reason', () => {
    expect(estimate([ratio(1), ratio(2), ratio(3)], { seed })).toEqual({
      value: 2,
      noInterval: { kind: 'too-few-repetitions', repetitions: 3, least: 6, confidence: 0.95 },
    });
    expect(estimate([ratio(1)], { seed, confidence: 0.999 })?.noInterval).toEqual({
      kind: 'too-few-repetitions',
      repetitions: 1,
      least: 11,
      confidence: 0.999,
    });
    expect(estimate(new Array(6).fill(ratio(1)), { seed })).toEqual({ value: 1, low: 1, high: 1 });
  });

  test('are those that have something to say', () => {
    const six = [1, 2, 3, 4, 5].map((part) => ratio(part));
    expect(estimate([...six, ratio(0, 0), undefined], { seed })?.noInterval).toMatchObject({ repetitions: 5 });
    expect(estimate([undefined, ratio(0, 0)], { seed })).toBeUndefined();
  });
});

test.each([
  ['total', 'total'],
  ['largest', 'extreme'],
] as const)('a %s has no interval', (kind, why) => {
  expect(estimate(new Array(9).fill({ kind, value: 1 }), { seed })?.noInterval).toEqual({ kind: why });
});

describe('the expanded percentile interval', () => {
  // t of 5 degrees is 2.5706; times √(6/5) 2.8159; Φ(−2.8159) = 0.002432; of 9,999 draws the 24th from either end.
  test('by hand', () => {
    const values = Float64Array.from({ length: 9999 }, (_, i) => 9999 - i);
    expect(expandedInterval(values, 6, {})).toEqual({ low: 24, high: 9976 });
  });

  test('what is not known may be anything, on both ends', () => {
    const values = Float64Array.from({ length: 9999 }, (_, i) => (i < 10 ? Number.NaN : i));
    expect(expandedInterval(values, 6, {})).toEqual({ low: 10 + 13, high: 9998 - 13 });
    values.fill(Number.NaN, 0, 30);
    expect(expandedInterval(values, 6, {})).toEqual({ low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY });
  });
});

test('a percentile that some draws do not reach has no upper bound; that none reach, no bound at all', () => {
  const reached = new Array(8).fill(quantile([1, 2, 3], 0.99));
  const notReached = quantile([1, 2, LOST], 0.99);
  expect(estimate([...reached, notReached], { seed })).toEqual({ value: null, low: 3, high: null });
  expect(estimate(new Array(6).fill(notReached), { seed })).toEqual({ value: null, low: null, high: null });
});

test('minus infinity survives as plain data', () => {
  const early = new Array(7).fill(quantile([Number.NEGATIVE_INFINITY, 5]));
  const found = signedEstimate(early, { seed });
  expect(JSON.parse(JSON.stringify(found))).toEqual({ value: '-infinite', low: '-infinite', high: '-infinite' });
});

describe('draws', () => {
  const weightOf = (r: number) => (weights: ArrayLike<number>) => weights[r]!;

  test('have as many repetitions as there are, each with the same chance', () => {
    const draws = 20_000;
    const values = drawn([weightOf(0), weightOf(7)], [8], { seed, draws });
    for (const own of values) {
      expect(Math.abs(own.reduce((sum, weight) => sum + weight, 0) / draws - 1)).toBeLessThan(0.03);
      const none = own.filter((weight) => weight === 0).length / draws;
      expect(Math.abs(none - (7 / 8) ** 8)).toBeLessThan(0.015);
    }
    const [whole] = drawn([(weights) => Array.from(weights).reduce((sum, weight) => sum + weight, 0)], [8], { seed });
    expect(new Set(whole)).toEqual(new Set([8]));
  });

  test('are shared by paired sides, and not by others', () => {
    const paired = drawn([weightOf(0), weightOf(0)], [8], { seed });
    expect(paired[0]).toEqual(paired[1]);
    const apart = drawn([weightOf(0), weightOf(0)], [8, 8], { seed });
    expect(apart[0]).not.toEqual(apart[1]);
  });

  test('depend on the seed and on nothing else, all 53 bits of it', () => {
    const of = (own: number) => drawn([weightOf(0)], [8], { seed: own })[0]!;
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
    expect(of(1)).not.toEqual(of(1 + 2 ** 40));
  });
});

describe('for any repetitions', () => {
  const parts = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 6, maxLength: 12 });
  const settings = { seed, draws: 499 };

  test('a constant added to all moves the interval by just that, and a factor stretches it', () => {
    fc.assert(
      fc.property(parts, fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 9 }), (all, plus, times) => {
        const one = estimate(
          all.map((part) => ratio(part)),
          settings,
        )!;
        const other = estimate(
          all.map((part) => ratio(part * times + plus)),
          settings,
        )!;
        for (const bound of ['value', 'low', 'high'] as const) {
          expect(other[bound]).toBeCloseTo(one[bound]! * times + plus, 8);
        }
      }),
    );
  });

  test('the interval contains the value and lies within the repetitions', () => {
    fc.assert(
      fc.property(parts, (all) => {
        const { value, low, high } = estimate(
          all.map((part) => ratio(part)),
          settings,
        )!;
        expect(low).toBeGreaterThanOrEqual(Math.min(...all) - 1e-9);
        expect(high).toBeLessThanOrEqual(Math.max(...all) + 1e-9);
        expect(low).toBeLessThanOrEqual(value! + 1e-9);
        expect(high).toBeGreaterThanOrEqual(value! - 1e-9);
      }),
    );
  });
});
