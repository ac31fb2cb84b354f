// Seeded chance: all 53 bits of a seed count, and each purpose has a stream of its own.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededChance, uniform } from '../../../src/bench/load/chance.ts';
import { anySeed } from './loads.ts';

const draws = (seed: number, purpose: number, count = 4) => {
  const chance = seededChance(seed, purpose);
  return Array.from({ length: count }, () => uniform(chance));
};

test('numbers lie in [0, 1), and are the same again for one seed and purpose', () => {
  fc.assert(
    fc.property(anySeed, fc.nat({ max: 10 }), (seed, purpose) => {
      expect(draws(seed, purpose)).toEqual(draws(seed, purpose));
      expect(draws(seed, purpose, 50).every((each) => each >= 0 && each < 1)).toBe(true);
    }),
  );
});

test('a seed that differs in one bit has other numbers, whichever bit it is', () => {
  fc.assert(
    fc.property(anySeed, fc.integer({ min: 0, max: 52 }), (seed, bit) => {
      const other = Math.floor(seed / 2 ** bit) % 2 === 0 ? seed + 2 ** bit : seed - 2 ** bit;
      expect(draws(other, 1)).not.toEqual(draws(seed, 1));
    }),
  );
});

test('neighbouring seeds and purposes begin with numbers that are spread evenly', () => {
  const firsts = Array.from({ length: 10_000 }, (_, i) => draws(Math.floor(i / 4), i % 4, 1)[0]!);
  expect(new Set(firsts).size).toBe(firsts.length);
  for (let tenth = 0; tenth < 10; tenth++) {
    const count = firsts.filter((each) => Math.floor(each * 10) === tenth).length;
    expect(Math.abs(count - 1000)).toBeLessThan(4 * Math.sqrt(900));
  }
});

test('purposes do not run along with each other', () => {
  const [one, other] = [draws(5, 1, 20_000), draws(5, 2, 20_000)];
  const covariance = one.reduce((sum, each, i) => sum + (each - 0.5) * (other[i]! - 0.5), 0) / one.length;
  // Of independent uniform numbers it has the standard deviation 1 / (12 √n).
  expect(Math.abs(covariance)).toBeLessThan(4 / (12 * Math.sqrt(one.length)));
});
