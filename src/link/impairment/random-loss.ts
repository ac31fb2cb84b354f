// Loss without memory: every step of chance is lost with the same probability.

import { type Dice, fraction } from '../chance.ts';
import type { Impairment } from '../impairment.ts';
import type { Fields } from '../plain-data.ts';
import type { Path } from '../profile-error.ts';
import { readPercent, writePercent } from '../units.ts';

export interface RandomLossSettings {
  kind: 'random';
  probability: number;
}

export function parseRandomLoss(fields: Fields, path: Path): RandomLossSettings {
  return { kind: 'random', probability: readPercent(fields['probability'], [...path, 'probability']) };
}

export function describeRandomLoss({ probability }: RandomLossSettings): string {
  return `loss ${writePercent(probability)}`;
}

export function randomLoss({ probability }: RandomLossSettings, dice: Dice): Impairment {
  return {
    pass(packet) {
      if (fraction(dice.roll(dice.stepOf(packet))) < probability) packet.dropped = 'loss';
    },
  };
}
