import { describe, expect, test } from 'vitest';
import { furtherRepetitions, isPrecise, relativeHalfWidth } from '../../../src/bench/statistics/precision.ts';

const tenPercent = { value: 100, low: 88, high: 108 };
const nothing = { value: 0, low: 0, high: 0 };
const neverReached = { value: null, low: null, high: null };
const noInterval = { value: 100, noInterval: 'too few' };
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

describe('further repetitions', () => {
  test.each([
    ['half the width takes four times as many', tenPercent, 10, 0.05, 50, 30],
    ['the width that is there takes none', tenPercent, 10, 0.1, 50, 0],
    ['at least one where it is not enough', tenPercent, 10, 0.0999, 50, 1],
    ['no more than are allowed', tenPercent, 10, 0.001, 50, 50],
    ['as many as make an interval', noInterval, 4, 0.05, 50, 2],
    ['and no more than are allowed, even so', noInterval, 1, 0.05, 3, 3],
    ['as many as are allowed where the width is not known', openEnded, 10, 0.05, 50, 50],
    ['none where there was no loss at all, ever', nothing, 6, 0.05, 50, 0],
  ])('%s', (_what, estimate, repetitions, wanted, most, further) => {
    expect(furtherRepetitions(estimate, repetitions, wanted, most)).toBe(further);
  });
});
