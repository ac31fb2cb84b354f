import { describe, expect, test } from 'vitest';
import { isPrecise, relativeHalfWidth } from '../../../src/bench/statistics/precision.ts';

const tenPercent = { value: 100, low: 88, high: 108 };
const nothing = { value: 0, low: 0, high: 0 };
const neverReached = { value: null, low: null, high: null };
const noInterval = { value: 100, noInterval: { kind: 'total' } } as const;
const openEnded = { value: 100, low: 90, high: null };

describe('half the width over the value', () => {
  test.each([
    [tenPercent, 0.1],
    [{ value: -100, low: -108, high: -88 }, 0.1],
    [nothing, 0],
    [neverReached, 0],
    [{ value: '-infinite', low: '-infinite', high: '-infinite' } as const, 0],
    [noInterval, undefined],
    [openEnded, undefined],
    [{ value: null, low: 90, high: null }, undefined],
    [{ value: 0, low: 0, high: 0.1 }, undefined],
  ])('%j: %s', (estimate, width) => {
    expect(relativeHalfWidth(estimate)).toBe(width);
    expect(isPrecise(estimate, 0.1)).toBe(width !== undefined);
    expect(isPrecise(estimate, 0.09)).toBe(width === 0);
  });
});
