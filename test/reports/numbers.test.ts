// Figures as people read them: no value may be rounded to something that it is not.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numbersIn } from '../../reports/language/numbers.ts';
import type { Figure, Reading, SignedFigure, SignedReading } from '../../src/bench/result.ts';

const {
  count,
  difference,
  milliseconds,
  percent,
  plural,
  reading,
  seconds,
  shortCount,
  shortDifference,
  withInterval,
  withUnit,
} = numbersIn('en');

describe('milliseconds', () => {
  test.each<[number | null | undefined, string]>([
    [0, '0'],
    [0.0004, '<0.001'],
    [0.0005, '0.001'],
    [0.024_45, '0.024'],
    [0.1234, '0.123'],
    [0.9995, '1.00'],
    [1.234, '1.23'],
    [8, '8.00'],
    [9.996, '10.0'],
    [12.34, '12.3'],
    [99.96, '100'],
    [123.4, '123'],
    [999.6, '1,000'],
    [12_345.6, '12,346'],
    [null, 'not reached'],
    [undefined, 'n/a'],
  ])('%s is %s', (value, text) => expect(milliseconds(value)).toBe(text));

  test('never differ from the value by more than half of the last digit', () => {
    const value = fc.double({ min: 0.0005, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(value, (ms) => {
        const read = Number(milliseconds(ms).replaceAll(',', ''));
        expect(Math.abs(read - ms)).toBeLessThanOrEqual(Math.max(0.0005, ms * 0.005) * 1.0001);
      }),
    );
  });
});

test.each<[number | undefined, string]>([
  [0, '0 %'],
  [0.05, '5.00 %'],
  [0.0975, '9.75 %'],
  [1, '100 %'],
  [0.999_99, '>99.9 %'],
  [0.000_001, '<0.001 %'],
  [undefined, 'n/a'],
])('the share %s is %s', (ratio, text) => expect(percent(ratio)).toBe(text));

test.each<[number | undefined, string]>([
  [0, '0 kbit/s'],
  [640, '0.640 kbit/s'],
  [999_400, '999 kbit/s'],
  [999_600, '1.00 Mbit/s'],
  [999_600_000, '1.00 Gbit/s'],
  [undefined, 'n/a'],
])('%s bit/s are %s', (value, text) => expect(reading(value, 'bit/s')).toBe(text));

test.each<[Reading | undefined, string, string]>([
  [2, 'messages', '2'],
  [2.5, 'messages', '2.50'],
  [1_234_567_890, 'messages', '1.23 G'],
  [2, 'ratio', '2.00'],
  [null, 'share', 'not reached'],
])('%s of the unit "%s" is %s', (value, unit, text) => expect(reading(value, unit)).toBe(text));

describe('an interval has the unit of its figure, which is said once', () => {
  test.each<[Figure | undefined, string, string]>([
    [{ value: 0.048, low: 0.043, high: 0.054 }, 'share', '4.80 % (4.30 to 5.40)'],
    [{ value: 0, low: 0, high: 0.00255 }, 'share', '0 % (0 to 0.255)'],
    [{ value: 0.9999, low: 0.9, high: 1 }, 'share', '>99.9 % (90.0 to 100)'],
    [{ value: 999_000, low: 998_000, high: 1_001_000 }, 'bit/s', '0.999 Mbit/s (0.998 to 1.00)'],
    [{ value: 178, low: 54.2, high: null }, 'ms', '178 (at least 54.2)'],
    [{ value: null, low: 231, high: null }, 'ms', 'not reached (at least 231)'],
    [{ value: null, low: null, high: null }, 'ms', 'not reached'],
    [{ value: 5, noInterval: { kind: 'extreme' } }, 'ms', '5.00'],
    [{ value: 5, low: 5, high: 5 }, 'messages', '5'],
    [{ value: 8.001, low: 8, high: 8.002 }, 'ms', '8.00'],
    [undefined, 'ms', 'n/a'],
  ])('%o of the unit "%s" is %s', (figure, unit, text) => expect(withInterval(figure, unit)).toBe(text));
});

describe('a difference has a sign', () => {
  test.each<[SignedFigure, string, string]>([
    [{ value: 0.0886, low: 0.0571, high: 0.127 }, 'share', '8.86 percentage points (5.71 to 12.7)'],
    [{ value: -0.5, low: -0.75, high: 0.01 }, 'ratio', '−0.500 (−0.750 to 0.010)'],
    [{ value: -3, low: '-infinite', high: -1.1 }, 'ms', '−3.00 ms (at most −1.10)'],
    [{ value: 3, low: 1.1, high: null }, 'ms', '3.00 ms (at least 1.10)'],
    [{ value: 3, low: '-infinite', high: null }, 'ms', '3.00 ms (anything is possible)'],
    [{ value: -0.0001, low: -0.0002, high: 0 }, 'ms', '>−0.001 ms (>−0.001 to 0)'],
    [{ value: -2e6, low: -3e6, high: -1e5 }, 'bit/s', '−2.00 Mbit/s (−3.00 to −0.100)'],
    [{ value: null, low: null, high: null }, 'ms', '∞ ms'],
  ])('%o of the unit "%s" is %s', (figure, unit, text) => expect(difference(figure, unit)).toBe(text));

  test.each<[SignedReading, string, string]>([
    [0.0886, 'share', '+8.86'],
    [-0.124, 'share', '−12.4'],
    [0, 'ms', '0'],
    [20.2, 'ms', '+20.2'],
    [null, 'ms', '+∞'],
    ['-infinite', 'ms', '−∞'],
    [-640, 'bit/s', '−0.640 kbit/s'],
  ])('in a column %s of the unit "%s" is %s', (value, unit, text) => expect(shortDifference(value, unit)).toBe(text));
});

test.each<[Reading, string, string]>([
  [24.1, 'ms', '24.1 ms'],
  [0.048, 'share', '4.80 %'],
  [3, 'messages', '3 messages'],
  [1, 'messages', '1 message'],
  [2.5, 'ratio', '2.50'],
  [786_432, 'bit/s', '786 kbit/s'],
  [null, 'ms', 'not reached'],
])('in a sentence %s of the unit "%s" is %s', (value, unit, text) => expect(withUnit(value, unit)).toBe(text));

test.each([
  [200, '0.2 s'],
  [1000, '1 s'],
  [28_431, '28.4 s'],
  [3_600_000, '3,600 s'],
])('%i ms are %s', (ms, text) => expect(seconds(ms)).toBe(text));

test('counts, long and short', () => {
  expect([count(1234567), shortCount(9_999_999), shortCount(12_345_678), shortCount(1e10)]).toEqual([
    '1,234,567',
    '9,999,999',
    '12.3 M',
    '10.0 G',
  ]);
  expect([plural(1, 'pair'), plural(0, 'pair'), plural(1200, 'pair')]).toEqual(['1 pair', '0 pairs', '1,200 pairs']);
});
