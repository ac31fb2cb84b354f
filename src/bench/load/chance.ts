// Seeded chance for planning a run. Seeds may have 53 bits; the generator takes 32, so both halves go into it.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** @param purpose keeps what is drawn for one purpose apart from what is drawn for another */
export function seededChance(seed: number, purpose: number): RandomGenerator {
  const low = seed | 0;
  const high = Math.floor(seed / 2 ** 32) | 0;
  return xoroshiro128plus(Math.imul(low, 0x9e3779b1) ^ Math.imul(high + purpose, 0x85ebca77) ^ (low >>> 15));
}

/** Uniform in [0, 1). */
export function uniform(chance: RandomGenerator): number {
  return uniformFloat64(chance);
}
