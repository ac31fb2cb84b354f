import fc from 'fast-check';
import { expect, test } from 'vitest';
import { latenessQuantileNs, noLateness, recordLateness } from '../../src/link/lateness.ts';

function lateness(...lateNs: number[]) {
  const record = noLateness();
  for (const late of lateNs) recordLateness(record, late);
  return record;
}

/** The bucket in which such a lateness is counted. */
function bucketOf(lateNs: number): number {
  return lateness(lateNs).buckets.indexOf(1);
}

test.each([
  [0, 0],
  [999, 0],
  [1_000, 1],
  [1_999, 1],
  [2_000, 2],
  [1_023_999, 10],
  [1_024_000, 11],
  // The last bucket counts the rest.
  [2 ** 23 * 1e3 - 1, 23],
  [2 ** 23 * 1e3, 23],
  [3_600e9, 23],
])('%i ns late is counted in bucket %i', (lateNs, bucket) => {
  expect(bucketOf(lateNs)).toBe(bucket);
});

test('nothing recorded has no quantile', () => {
  expect(latenessQuantileNs(noLateness(), 0.5)).toBeUndefined();
});

test('a quantile, by hand: 99 of 100 are less than 4 µs late, one is 70 µs', () => {
  const record = lateness(...Array<number>(99).fill(3_000), 70_000);
  expect(latenessQuantileNs(record, 0.99)).toBe(4_000);
  expect(latenessQuantileNs(record, 0.995)).toBe(70_000);
  expect(record).toMatchObject({ count: 100, maxNs: 70_000 });
});

test('a quantile is an upper bound, within twice its value or 1 µs, however late', () => {
  const late = fc.oneof(fc.nat(5_000), fc.nat(1e9), fc.integer({ min: 0, max: 60e9 }));
  fc.assert(
    fc.property(fc.array(late, { minLength: 1, maxLength: 50 }), fc.constantFrom(0.01, 0.5, 0.9, 0.99, 1), (all, q) => {
      const exact = all.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(q * all.length) - 1)]!;
      const bound = latenessQuantileNs(lateness(...all), q)!;
      expect(bound).toBeGreaterThanOrEqual(exact);
      // Beyond 4.2 s there is one bucket, and the largest bounds it.
      if (exact < 2 ** 22 * 1e3) expect(bound).toBeLessThanOrEqual(Math.max(1_000, 2 * exact));
      else expect(bound).toBeLessThanOrEqual(Math.max(...all));
    }),
  );
});
