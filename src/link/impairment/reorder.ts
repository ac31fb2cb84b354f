// netem's `reorder PERCENT gap N`: a packet skips the delay and so overtakes those on their way. After one that
// skipped, the next N - 1 may not. A step of the gap is a step of chance: a packet, or a slot of time.

import { type Dice, fraction } from '../chance.ts';
import type { Impairment } from '../impairment.ts';
import { isObject, readCount, readFields } from '../plain-data.ts';
import type { Path } from '../profile-error.ts';
import { readPercent, writePercent } from '../units.ts';

export interface ReorderSettings {
  probability: number;
  gap: number;
}

/** "25%", or { probability: "25%", gap: 5 } */
export function parseReorder(value: unknown, path: Path): ReorderSettings {
  if (!isObject(value)) return { probability: readPercent(value, path), gap: 1 };
  const { probability, gap = 1 } = readFields(value, ['probability', 'gap'], path);
  return { probability: readPercent(probability, [...path, 'probability']), gap: readCount(gap, [...path, 'gap']) };
}

export function describeReorder({ probability, gap }: ReorderSettings): string {
  return `reorder ${writePercent(probability)}${gap > 1 ? ` gap ${gap}` : ''}`;
}

/** @param delayLine what a packet skips */
export function reorder({ probability, gap }: ReorderSettings, dice: Dice, delayLine: Impairment): Impairment {
  const walk = { nextStep: gap, lastSkip: 0 };

  // Every step is walked, whether a packet came or not: which steps skip must not depend on who asked.
  function skips(step: number): boolean {
    for (; walk.nextStep <= step; walk.nextStep++) {
      if (walk.nextStep - walk.lastSkip >= gap && fraction(dice.roll(walk.nextStep)) < probability)
        walk.lastSkip = walk.nextStep;
    }
    return step === walk.lastSkip && step >= gap;
  }

  return {
    pass(packet) {
      if (!skips(dice.stepOf(packet))) delayLine.pass(packet);
    },
  };
}
