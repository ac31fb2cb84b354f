// Figures as people read them: no value may be rounded to something that it is not.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bitsPerSecond,
  count,
  milliseconds,
  percent,
  percentWithInterval,
  plural,
  seconds,
  shortCount,
} from '../../reports/numbers.ts';

describe('milliseconds', () => {
  test.each<[number | null | undefined, string]>([
    [0, '0'],
    [0.0004, '<0.001'],
    [0.0005, '0.001'],
    [0.024_45, '0.024'],
    [0.1234, '0.123'],
    [0.9995, '1.00'],
    [1.234, '1.23'],
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

describe('percent', () => {
  test.each<[number | undefined, string]>([
    [0, '0 %'],
    [0.05, '5.00 %'],
    [0.0975, '9.75 %'],
    [1, '100 %'],
    [0.999_99, '>99.9 %'],
    [0.000_001, '<0.001 %'],
    [undefined, 'n/a'],
  ])('%s is %s', (ratio, text) => expect(percent(ratio)).toBe(text));

  test('with its interval', () => {
    expect(percentWithInterval({ ratio: 0.048, low: 0.043, high: 0.054 })).toBe('4.80 % (4.30–5.40)');
    expect(percentWithInterval({ ratio: 0, low: 0, high: 0.00255 })).toBe('0 % (0–0.255)');
  });
});

test.each<[number | undefined, string]>([
  [0, '0 kbit/s'],
  [640, '0.640 kbit/s'],
  [999_400, '999 kbit/s'],
  [999_600, '1.00 Mbit/s'],
  [999_600_000, '1.00 Gbit/s'],
  [undefined, 'n/a'],
])('%s bit/s are %s', (value, text) => expect(bitsPerSecond(value)).toBe(text));

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
