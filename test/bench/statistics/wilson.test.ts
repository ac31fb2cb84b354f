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
