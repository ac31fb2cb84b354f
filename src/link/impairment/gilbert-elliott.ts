// Loss in bursts: a channel that is good or bad, and turns bad with probability p and good with probability r in every
// step. Bursts last 1/r steps in the mean, and p/(p+r) of the steps are bad. (Gilbert 1960, Elliott 1963; netem calls
// it `gemodel p r 1-h 1-k`, where 1-h is the loss in the bad state and 1-k that in the good one.)

import { type Dice, fraction } from '../chance.ts';
import type { Impairment } from '../impairment.ts';
import { type Fields, show } from '../plain-data.ts';
import { LinkProfileError, type Path } from '../profile-error.ts';
import { readPercent, writePercent } from '../units.ts';

export interface GilbertElliottSettings {
  kind: 'gilbert-elliott';
  /** The probability to turn bad, and to turn good, in one step. */
  p: number;
  r: number;
  lossInBad: number;
  lossInGood: number;
}

const LEAST = 1e-6;

export function parseGilbertElliott(fields: Fields, path: Path): GilbertElliottSettings {
  const { p, r, lossInBad = '100%', lossInGood = '0%' } = fields;
  const settings: GilbertElliottSettings = {
    kind: 'gilbert-elliott',
    p: readTurn(p, [...path, 'p']),
    r: readTurn(r, [...path, 'r']),
    lossInBad: readPercent(lossInBad, [...path, 'lossInBad']),
    lossInGood: readPercent(lossInGood, [...path, 'lossInGood']),
  };
  if (settings.p + settings.r < 2) return settings;
  throw new LinkProfileError(path, 'p and r of 100% flip the channel in every step; make one of them smaller');
}

export function describeGilbertElliott({ p, r, lossInBad, lossInGood }: GilbertElliottSettings): string {
  const bad = lossInBad < 1 ? ` 1-h ${writePercent(lossInBad)}` : '';
  const good = lossInGood > 0 ? ` 1-k ${writePercent(lossInGood)}` : '';
  return `loss gemodel p ${writePercent(p)} r ${writePercent(r)}${bad}${good}`;
}

export function gilbertElliott(settings: GilbertElliottSettings, dice: Dice): Impairment {
  const isBad = channelState(settings, dice);
  return {
    pass(packet) {
      const step = dice.stepOf(packet);
      const loss = isBad(step) ? settings.lossInBad : settings.lossInGood;
      if (fraction(dice.roll(step, 1)) < loss) packet.dropped = 'loss';
    },
  };
}

/**
 * Every step has one roll u, and the next state is bad if u < p after a good step, if u < 1 - r after a bad one. So a
 * roll below both makes it bad whatever was before, and a roll above both good: to know a state, look back to the last
 * such step. No step has to be walked for its own sake, none depends on who asked, and the first state is drawn from
 * the long-run mixture. Between the two bounds the state stays, or flips if p > 1 - r.
 */
function channelState({ p, r }: GilbertElliottSettings, dice: Dice): (step: number) => boolean {
  const low = Math.min(p, 1 - r);
  const high = Math.max(p, 1 - r);
  const flips = p > 1 - r;
  const known = { step: Number.NaN, bad: false };

  function lookBack(from: number): boolean {
    let turned = false;
    for (let step = from; ; step--) {
      if (step === known.step) return known.bad !== turned;
      const u = fraction(dice.roll(step));
      if (u < low) return !turned;
      if (u >= high) return turned;
      turned = turned !== flips;
    }
  }

  return (step) => {
    known.bad = lookBack(step);
    known.step = step;
    return known.bad;
  };
}

function readTurn(value: unknown, path: Path): number {
  const probability = readPercent(value, path);
  if (probability >= LEAST) return probability;
  throw new LinkProfileError(
    path,
    `${show(value)} hardly ever turns; the least is ${writePercent(LEAST)}; for no loss leave it out`,
  );
}
