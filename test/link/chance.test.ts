import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dice, fraction } from '../../src/link/chance.ts';
import { DEVIATIONS, DISTRIBUTIONS } from '../../src/link/distribution.ts';

const STEPS = 100_000;

describe('rolls', () => {
  test('are in [0, 1) at any step, far, negative or beyond 32 bits', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), fc.nat(), (seed, step, draw) => {
        const roll = fraction(dice({ mode: 'packet', seed }, 'up/loss').roll(step, draw));
        expect(roll).toBeGreaterThanOrEqual(0);
        expect(roll).toBeLessThan(1);
      }),
    );
  });

  test('fill every hundredth evenly (chi-square, 99 degrees, far beyond 99.9 %)', () => {
    for (const seed of [0, 1, 2, 0xdeadbeef]) {
      const { roll } = dice({ mode: 'packet', seed }, 'up/loss');
      const counts = new Array<number>(100).fill(0);
      for (let step = 0; step < STEPS; step++) counts[Math.floor(fraction(roll(step)) * 100)]! += 1;
      const expected = STEPS / 100;
      const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      expect(chiSquare).toBeLessThan(160);
    }
  });

  test.each([
    ['the next step', { seed: 1, label: 'up/loss', shift: 1, draw: 0 }],
    ['the next seed', { seed: 2, label: 'up/loss', shift: 0, draw: 0 }],
    ['a seed far beyond 32 bits', { seed: 1 + 2 ** 40, label: 'up/loss', shift: 0, draw: 0 }],
    ['the other direction', { seed: 1, label: 'down/loss', shift: 0, draw: 0 }],
    ['another unit', { seed: 1, label: 'up/corrupt', shift: 0, draw: 0 }],
    ['a second draw', { seed: 1, label: 'up/loss', shift: 0, draw: 1 }],
    ['a step 2^32 later', { seed: 1, label: 'up/loss', shift: 2 ** 32, draw: 0 }],
  ])('are not correlated with those of %s', (_name, { seed, label, shift, draw }) => {
    const one = dice({ mode: 'packet', seed: 1 }, 'up/loss');
    const other = dice({ mode: 'packet', seed }, label);
    let sum = 0;
    for (let step = 0; step < STEPS; step++)
      sum += (fraction(one.roll(step)) - 0.5) * (fraction(other.roll(step + shift, draw)) - 0.5);
    expect(Math.abs((sum / STEPS) * 12)).toBeLessThan(4 / Math.sqrt(STEPS));
  });
});

describe('wandering', () => {
  const periodNs = 1e6;
  const { wander } = dice({ mode: 'time', seed: 5 }, 'up/jitter');
  const at = (sentNs: number) => fraction(wander({ sentNs }, periodNs));

  test('is uniform over all instants, and as much so between the nodes as on them', () => {
    for (const phase of [0, 0.25, 0.5, 0.9]) {
      const values = Array.from({ length: 20_000 }, (_, node) => at((node + phase) * periodNs));
      values.sort((a, b) => a - b);
      const distance = Math.max(...values.map((value, i) => Math.abs(value - i / values.length)));
      expect(distance).toBeLessThan(1.95 / Math.sqrt(values.length) + 0.006); // neighbours share a node
    }
  });

  test('makes no jumps', () => {
    const values = Array.from({ length: 500_000 }, (_, i) => at((i * periodNs) / 1000));
    const largest = values.reduce((most, value, i) => Math.max(most, Math.abs(value - (values[i - 1] ?? value))), 0);
    expect(largest).toBeLessThan(0.005);
  });
});

describe('distributions', () => {
  const quantiles = Array.from({ length: STEPS }, (_, i) => (i + 0.5) / STEPS);

  test.each(DISTRIBUTIONS)('%s has mean 0, rises with u and stays within 4', (distribution) => {
    const values = quantiles.map((u) => DEVIATIONS[distribution](u));
    expect(values.reduce((sum, value) => sum + value, 0) / STEPS).toBeCloseTo(0, 3);
    expect(values.every((value, i) => i === 0 || value >= values[i - 1]!)).toBe(true);
    for (const u of [0, 1]) expect(Math.abs(DEVIATIONS[distribution](u))).toBeLessThanOrEqual(4);
  });

  test.each([
    ['uniform', Math.sqrt(1 / 3)],
    ['normal', 1],
    ['pareto', 1],
  ] as const)('%s has the deviation it promises', (distribution, expected) => {
    const squares = quantiles.reduce((sum, u) => sum + DEVIATIONS[distribution](u) ** 2, 0);
    expect(Math.sqrt(squares / STEPS)).toBeCloseTo(expected, 2);
  });

  test.each([
    ['normal', 0.8413447, 1],
    ['normal', 0.0227501, -2],
    ['uniform', 0.75, 0.5],
    ['pareto', 0, -0.82],
  ] as const)('%s at %d is %d', (distribution, u, expected) => {
    expect(DEVIATIONS[distribution](u)).toBeCloseTo(expected, 2);
  });
});
