import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  readPackets,
  readPercent,
  readRateBitsPerSecond,
  readSizeBytes,
  readTimeMs,
  writePercent,
  writeRate,
  writeSize,
  writeTime,
} from '../../src/link/units.ts';

describe('quantities are read in their units', () => {
  test.each([
    [readTimeMs, '20ms', 20],
    [readTimeMs, '1.5s', 1500],
    [readTimeMs, '250us', 0.25],
    [readTimeMs, ' 20 MS ', 20],
    [readPercent, '2%', 0.02],
    [readPercent, '0.5%', 0.005],
    [readPercent, '100%', 1],
    [readRateBitsPerSecond, '10mbit', 1e7],
    [readRateBitsPerSecond, '1gbit', 1e9],
    [readRateBitsPerSecond, '384kbit', 384e3],
    [readSizeBytes, '64kB', 64_000],
    [readSizeBytes, '64KiB', 65_536],
    [readSizeBytes, '1500B', 1500],
    [readPackets, '100p', 100],
  ])('%o reads %s as %d', (read, text, amount) => {
    expect(read(text, [])).toBe(amount);
  });
});

describe('what is no quantity is refused in one line that says what to write', () => {
  test.each([
    [readTimeMs, 20, 'delay: 20 is not a time; write a time such as 20ms (units: us, ms, s)'],
    [readTimeMs, '20', 'delay: "20" is not a time; write a time such as 20ms (units: us, ms, s)'],
    [readTimeMs, '-5ms', 'delay: "-5ms" is negative; the least is 0; write a time such as 20ms (units: us, ms, s)'],
    [readTimeMs, undefined, 'delay: undefined is not a time; write a time such as 20ms (units: us, ms, s)'],
    [readPercent, '120%', 'delay: "120%" is more than 100%; write a percentage from 0% to 100%'],
    [
      readRateBitsPerSecond,
      '10mbps',
      'delay: "10mbps" is not a rate; write a rate such as 10mbit (units: bit, kbit, mbit, gbit)',
    ],
  ])('%o refuses %s', (read, text, message) => {
    expect(() => read(text, ['delay'])).toThrow(message);
  });
});

test.each([
  [writeTime(20), '20ms'],
  [writeTime(1500), '1500ms'],
  [writeTime(2000), '2s'],
  [writeTime(0), '0ms'],
  [writePercent(0.02), '2%'],
  [writeRate(1e7), '10mbit'],
  [writeRate(1_500_000), '1500kbit'],
  [writeSize(64_000), '64kB'],
  [writeSize(65_536), '64KiB'],
])('amounts are written in the largest unit without a fraction: %s', (written, expected) => {
  expect(written).toBe(expected);
});

test('what is written is read as the same amount', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e12 }), (amount) => {
      expect(readRateBitsPerSecond(writeRate(amount), [])).toBe(amount);
      expect(readSizeBytes(writeSize(amount), [])).toBe(amount);
      expect(readTimeMs(writeTime(amount / 1000), [])).toBe(amount / 1000);
    }),
  );
});
