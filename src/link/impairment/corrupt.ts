// One bit of the packet, anywhere in it, arrives flipped.

import { type Dice, fraction } from '../chance.ts';
import type { Impairment } from '../impairment.ts';
import type { Path } from '../profile-error.ts';
import { readPercent, writePercent } from '../units.ts';

export interface CorruptSettings {
  probability: number;
}

/** "0.1%" */
export function parseCorrupt(value: unknown, path: Path): CorruptSettings {
  return { probability: readPercent(value, path) };
}

export function describeCorrupt({ probability }: CorruptSettings): string {
  return `corrupt ${writePercent(probability)}`;
}

export function corrupt({ probability }: CorruptSettings, dice: Dice): Impairment {
  return {
    pass(packet) {
      const step = dice.stepOf(packet);
      if (packet.sizeBytes === 0 || fraction(dice.roll(step)) >= probability) return;
      packet.corruptBit = Math.floor(fraction(dice.roll(step, 1)) * packet.sizeBytes * 8);
    },
  };
}
