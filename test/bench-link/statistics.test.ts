import { expect, test } from 'vitest';
import { jitterLaw, ksCritical, ksDistance, quantile, shareInterval } from '../../bench/link/statistics.ts';
import { DEVIATIONS, DISTRIBUTIONS } from '../../src/link/distribution.ts';

const uniform = (x: number) => Math.min(1, Math.max(0, x));

test.each([
  [[0.5], 0.5], // the only step is from 0 to 1, where the law is at a half
  [[0.1, 0.2], 0.8], // the last step ends at 0.2, where the law is 0.2
  [[0.9, 0.8], 0.8], // nothing before 0.8; the order of the samples does not matter
  [[0.125, 0.375, 0.625, 0.875], 0.125], // as even as four can be
])('the distance of %j from a uniform law is %d', (samples, distance) => {
  expect(ksDistance(samples, uniform)).toBeCloseTo(distance, 12);
});

test('beyond where it looks, a distance counts as far as the samples before it say', () => {
  expect(ksDistance([0.25, 0.5, 0.9, 0.9], uniform, 0.75)).toBeCloseTo(0.25, 12); // half are below 0.75
  expect(ksDistance([0.25, 0.5, 0.75, 0.9], uniform, 0.8)).toBeCloseTo(0.25, 12); // the first, before its step
});

test('the critical distance at 1 % is 1.6276 over the root of the count', () => {
  expect(ksCritical(10_000)).toBeCloseTo(0.016276, 6);
});

test('the interval of a share at 99 % (2.5758 deviations)', () => {
  // Wilson: centre (0.02 + 6.6349/2e5) / (1 + 6.6349/1e5), half 2.5758 · √(0.0196/1e5 + 6.6349/4e10) / (1 + …)
  const { low, high } = shareInterval(2000, 100_000);
  expect(low).toBeCloseTo(0.0188911, 6);
  expect(high).toBeCloseTo(0.0211726, 6);
  expect(shareInterval(0, 100).low).toBe(0);
  expect(shareInterval(0, 100).high).toBeCloseTo(0.0622207, 6); // z² / (n + z²)
});

test('bursts make the interval as wide as so many fewer samples would', () => {
  expect(shareInterval(2000, 100_000, 20)).toEqual(shareInterval(100, 5000));
});

test.each(DISTRIBUTIONS)("the law of %s jitter is that of the model's deviations", (distribution) => {
  for (const u of [0.001, 0.02, 0.25, 0.5, 0.75, 0.9, 0.98]) {
    expect(jitterLaw(distribution, DEVIATIONS[distribution](u))).toBeCloseTo(u, 3);
  }
  expect(jitterLaw(distribution, -5)).toBe(0);
  expect(jitterLaw(distribution, 4)).toBe(1);
});

test('a quantile is the nearest rank', () => {
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2);
  expect(quantile([1, 2, 3, 4], 0.99)).toBe(4);
  expect(quantile([7], 0)).toBe(7);
});
