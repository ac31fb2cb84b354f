// The links on which configured and achieved are compared: named ones, and one for each impairment that none of those has.
import type { Chance } from '../../src/link/chance.ts';
import { parseLinkProfile } from '../../src/link/parse-profile.ts';
import type { LinkProfile } from '../../src/link/profile.ts';
import {
  type Check,
  delayCheck,
  duplicateCheck,
  jitterCheck,
  lossCheck,
  queueCheck,
  rateCheck,
  reorderCheck,
} from './checks.ts';

export interface Trial {
  readonly name: string;
  readonly profile: LinkProfile;
  readonly chance: Chance;
  readonly checks: readonly Check[];
}

const PER_PACKET: Chance = { mode: 'packet', seed: 7 };
const PER_TIME: Chance = { mode: 'time', seed: 7 };

export const TRIALS: readonly Trial[] = [
  named('clean', delayCheck),
  named('lan', delayCheck),
  named('wifi', delayCheck, rateCheck),
  named('dsl', delayCheck, rateCheck),
  named('4g', delayCheck, rateCheck),
  named('transatlantic', delayCheck),
  named('satellite', delayCheck),
  named('bufferbloat', delayCheck, queueCheck),
  named('lossy', delayCheck, lossCheck),
  { ...named('lossy', lossCheck), name: 'lossy, per time', chance: PER_TIME },
  named('bursty', lossCheck),
  jittery('uniform'),
  jittery('normal'),
  jittery('pareto'),
  trial('reordering', { delay: '20ms', reorder: '5%' }, reorderCheck),
  trial('duplicating', { delay: '20ms', duplicate: '1%' }, duplicateCheck),
];

function named(name: string, ...checks: Check[]): Trial {
  return trial(name, name, ...checks);
}

/**
 * Each packet draws its own delay and may overtake: where order is kept, packets wait for each other. The jitter is large,
 * so that what the two hosts add to a delay, a tenth of a millisecond, is no part of the distribution.
 */
function jittery(distribution: string): Trial {
  return trial(
    `jitter, ${distribution}`,
    { delay: '250ms', jitter: { time: '50ms', distribution, reorder: true } },
    jitterCheck,
  );
}

function trial(name: string, profile: unknown, ...checks: Check[]): Trial {
  return { name, profile: parseLinkProfile(profile), chance: PER_PACKET, checks };
}
