// A packet arrives twice, both times at the same instant.

import { type Dice, fraction } from '../chance.ts';
import type { Impairment } from '../impairment.ts';
import type { Path } from '../profile-error.ts';
import { readPercent, writePercent } from '../units.ts';

export interface DuplicateSettings {
  probability: number;
}

/** "1%" */
export function parseDuplicate(value: unknown, path: Path): DuplicateSettings {
  return { probability: readPercent(value, path) };
}

export function describeDuplicate({ probability }: DuplicateSettings): string {
  return `duplicate ${writePercent(probability)}`;
}

export function duplicate({ probability }: DuplicateSettings, dice: Dice): Impairment {
  return {
    pass(packet) {
      if (fraction(dice.roll(dice.stepOf(packet))) < probability) packet.copies += 1;
    },
  };
}
