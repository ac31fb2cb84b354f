// Seeded chance for planning a run. Seeds may have 53 bits, and all of them count; what is drawn for one purpose is
// independent of what is drawn for another.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { mix } from '../../link/chance.ts';

/** @param purpose a small whole number */
export function seededChance(seed: number, purpose: number): RandomGenerator {
  const low = mix(seed | 0);
  const high = mix(Math.floor(seed / 2 ** 32) ^ low);
  return xoroshiro128plusFromState([low, high, mix(purpose + 0x9e3779b9), mix(low ^ purpose) | 1]);
}

/** Uniform in [0, 1). */
export function uniform(chance: RandomGenerator): number {
  return uniformFloat64(chance);
}
