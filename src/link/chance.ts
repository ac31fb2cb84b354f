// Chance without a generator: a roll is a hash of seed, unit and step, so nothing that was asked before changes it.
// A step is a packet's number (mode `packet`) or a slot of time (mode `time`): the same seed, but not the same network.

import type { Packet } from './impairment.ts';

export interface Chance {
  mode: 'packet' | 'time';
  /** An integer. */
  seed: number;
  /** The length of a step in mode `time`; 1 ms unless given. */
  slotMs?: number;
}

export interface Dice {
  readonly mode: Chance['mode'];
  /** The step that decides this packet's fate. */
  stepOf(packet: Packet): number;
  /** Further draws of one step are independent of the first. */
  roll(step: number, draw?: number): Roll;
  /** At the instant of this packet, and continuous in time; independent of itself after two periods. */
  wander(packet: Pick<Packet, 'sentNs'>, periodNs: number): Roll;
}

/** 32 fair bits. As an answer they cost no object, which a number with a fraction may. */
type Roll = number;

/** Uniform in [0, 1). */
export function fraction(roll: Roll): number {
  return (roll >>> 0) / 2 ** 32;
}

/** The dice of one unit in one direction; two labels are independent under every seed. */
export function dice({ mode, seed, slotMs = 1 }: Chance, label: string): Dice {
  const slotNs = slotMs * 1e6;
  const low = subSeed(seed, label);
  const high = subSeed(low, label);

  function roll(step: number, draw = 0): number {
    const mixed = mix(step ^ low) ^ Math.floor(step / 2 ** 32);
    return mix(mixed ^ (high + Math.imul(draw, 0x9e3779b9)));
  }

  return {
    mode,
    roll,
    stepOf: mode === 'packet' ? (packet) => packet.number : (packet) => Math.floor(packet.sentNs / slotNs),
    wander({ sentNs }, periodNs) {
      const node = Math.floor(sentNs / periodNs);
      const mean = uniformMean(fraction(roll(node)), fraction(roll(node + 1)), sentNs / periodNs - node);
      return Math.min(Math.floor(mean * 2 ** 32), 2 ** 32 - 1) | 0;
    },
  };
}

// A weighted mean of two uniform numbers is not uniform; its own distribution function makes it so again.
function uniformMean(from: number, to: number, weight: number): number {
  const mean = (1 - weight) * from + weight * to;
  const large = Math.max(weight, 1 - weight);
  const small = 1 - large;
  if (mean < small) return mean ** 2 / (2 * small * large);
  if (mean > large) return 1 - (1 - mean) ** 2 / (2 * small * large);
  return (mean - small / 2) / large;
}

function subSeed(seed: number, label: string): number {
  let word = mix(seed) ^ mix(Math.floor(seed / 2 ** 32) + 0x9e3779b9);
  for (let i = 0; i < label.length; i++) word = mix(word + label.charCodeAt(i) + 0x9e3779b9);
  return word;
}

// The finaliser of MurmurHash3 (Austin Appleby, public domain): every input bit flips every output bit half the time.
// It is a bijection of 32-bit words, and leaves 0 as it is.
export function mix(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
