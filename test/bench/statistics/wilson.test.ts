import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proportion } from '../../../src/bench/statistics/wilson.ts';

describe('a proportion with its interval (Wilson)', () => {
  test.each([
    // Newcombe (Statistics in Medicine 17, 1998), table I, method 3.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i lies within %f and %f', (hits, count, low, high) => {
    const found = proportion(hits, count);
    expect(found.ratio).toBe(hits / count);
    expect([found.low, found.high].map((bound) => Number(bound.toFixed(4)))).toEqual([low, high]);
  });

  test('all, and none at all', () => {
    expect(proportion(5, 5)).toMatchObject({ ratio: 1, high: 1 });
    expect(proportion(0, 0)).toMatchObject({ low: 0, high: 1 });
  });

  test('at another confidence', () => {
    // Of a half of n it is 0.5 ± z / (2 √(n + z²)), and z of 99 % is 2.5758.
    const { low, high } = proportion(5, 10, 0.99);
    expect([low, high].map((bound) => Number(bound.toFixed(4)))).toEqual([0.1842, 0.8158]);
  });
});

describe("Wilson's interval", () => {
  const Z_95 = 1.959963984540054;
  const shares = fc
    .integer({ min: 1, max: 100_000 })
    .chain((count) => fc.tuple(fc.nat({ max: count }), fc.constant(count)));

  test('has the shares as its bounds that a score test at 95 % just does not reject', () => {
    fc.assert(
      fc.property(shares, ([hits, count]) => {
        const { ratio, low, high } = proportion(hits, count);
        for (const bound of [low, high].filter((share) => share > 0 && share < 1)) {
          const standardError = Math.sqrt((bound * (1 - bound)) / count);
          expect(Math.abs(ratio - bound) / standardError).toBeCloseTo(Z_95, 5);
        }
        expect(low).toBeLessThanOrEqual(ratio);
        expect(high).toBeGreaterThanOrEqual(ratio);
      }),
    );
  });

  test('is the same from the other side', () => {
    fc.assert(
      fc.property(shares, ([hits, count]) => {
        const [one, other] = [proportion(hits, count), proportion(count - hits, count)];
        expect(one.low).toBeCloseTo(1 - other.high, 12);
        expect(one.high).toBeCloseTo(1 - other.low, 12);
      }),
    );
  });
});
