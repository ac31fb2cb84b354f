// Repetitions put together, by hand and by the definition.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTelling, pooled } from '../../../src/bench/statistics/estimate.ts';
import { delaysOrLost, naiveQuantile, quantile, ratio } from './samples.ts';

describe('by hand', () => {
  test('a ratio is the parts over the wholes, not the mean of ratios', () => {
    expect(pooled([ratio(1, 10), ratio(30, 90)])).toBe(0.31);
    expect(pooled([ratio(1, 10), ratio(30, 90)], [3, 0])).toBe(0.1);
    expect(pooled([ratio(Number.POSITIVE_INFINITY, 10), ratio(9, 90)], [0, 1])).toBe(0.1);
    expect(pooled([ratio(0, 0)])).toBeUndefined();
    expect(pooled([])).toBeUndefined();
  });

  test.each([
    [0.1, [1, 1], 1],
    [0.5, [1, 1], 5],
    [0.6, [1, 1], 6],
    [0.9, [1, 1], 9],
    [0.91, [1, 1], Number.POSITIVE_INFINITY], // nine of ten came
    [0.91, [5, 0], 5],
    [0.16, [4, 1], 1],
    [0.2, [4, 1], 2],
  ])('p = %s of ten messages in two repetitions that count %s is %s', (p, weights, expected) => {
    const samples = [quantile([5, 3, 1, 4, 2], p), quantile([6, 7, 8, 9, Number.POSITIVE_INFINITY], p)];
    expect(pooled(samples, weights)).toBe(expected);
  });

  test('nothing sent, nothing came, and minus infinity', () => {
    expect(pooled([quantile([])])).toBeUndefined();
    expect(pooled([quantile([Number.POSITIVE_INFINITY])])).toBe(Number.POSITIVE_INFINITY);
    expect(pooled([quantile([1, Number.NEGATIVE_INFINITY])])).toBe(Number.NEGATIVE_INFINITY);
  });

  test.each([
    ['largest', [1, 1, 1], 7],
    ['largest', [1, 0, 1], 3],
    ['smallest', [0, 1, 1], 3],
    ['total', [1, 1, 1], 12],
    ['total', [2, 0, 1], 7],
  ] as const)('%s with the weights %s is %s', (kind, weights, expected) => {
    expect(
      pooled(
        [2, 7, 3].map((value) => ({ kind, value })),
        weights,
      ),
    ).toBe(expected);
  });

  test('samples of two figures are a mistake', () => {
    expect(() => pooled([ratio(1), quantile([1])])).toThrow('of one kind; these are ratio and quantile');
  });
});

test('a quantile is the smallest value that the share p of all does not exceed, every repetition as often as it counts', () => {
  const repetitions = fc.array(fc.record({ values: delaysOrLost, weight: fc.nat({ max: 3 }) }), { maxLength: 8 });
  fc.assert(
    fc.property(repetitions, fc.integer({ min: 1, max: 100 }), (drawn, percent) => {
      const samples = drawn.map(({ values }) => quantile(values, percent / 100));
      const weights = drawn.map(({ weight }) => weight);
      const copied = drawn.flatMap(({ values, weight }) => new Array<number[]>(weight).fill(values).flat());
      expect(pooled(samples, weights)).toBe(naiveQuantile(copied, percent));
      expect(pooled(samples)).toBe(
        naiveQuantile(
          drawn.flatMap(({ values }) => values),
          percent,
        ),
      );
    }),
  );
});

test('every rank of many different values, in repetitions that take turns', () => {
  const all = Array.from({ length: 300 }, (_, i) => i);
  const found = all.map((rank) => {
    const p = (rank + 1) / all.length;
    return pooled(
      [0, 1, 2].map((r) =>
        quantile(
          all.filter((value) => value % 3 === r),
          p,
        ),
      ),
    );
  });
  expect(found).toEqual(all);
});

test('a weight is the same as so many copies', () => {
  const repetitions = fc.array(
    fc.record({ part: fc.nat({ max: 99 }), whole: fc.nat({ max: 99 }), weight: fc.nat({ max: 3 }) }),
  );
  fc.assert(
    fc.property(repetitions, (drawn) => {
      const copied = drawn.flatMap(({ part, whole, weight }) => new Array(weight).fill(ratio(part, whole)));
      const samples = drawn.map(({ part, whole }) => ratio(part, whole));
      expect(
        pooled(
          samples,
          drawn.map(({ weight }) => weight),
        ),
      ).toBe(pooled(copied));
    }),
  );
});

test('a repetition that has nothing to say is told apart', () => {
  expect([undefined, ratio(0, 0), quantile([])].map(isTelling)).toEqual([false, false, false]);
  const telling = [ratio(0, 1), quantile([Number.POSITIVE_INFINITY]), { kind: 'total', value: 0 } as const];
  expect(telling.map(isTelling)).toEqual([true, true, true]);
});
