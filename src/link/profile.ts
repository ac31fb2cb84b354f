// What a link does to packets, as data: one setting per impairment, each direction its own. Every impairment is named
// once in the table here, which says how its setting is read and how it is written in netem's words.

import { type CorruptSettings, describeCorrupt, parseCorrupt } from './impairment/corrupt.ts';
import { type DelaySettings, describeDelay, parseDelay } from './impairment/delay.ts';
import { type DuplicateSettings, describeDuplicate, parseDuplicate } from './impairment/duplicate.ts';
import { describeJitter, type JitterSettings, parseJitter } from './impairment/jitter.ts';
import { describeLoss, type LossSettings, parseLoss } from './impairment/loss.ts';
import { describeQueue, parseQueue, type QueueSettings } from './impairment/queue.ts';
import { describeRate, parseRate, type RateSettings } from './impairment/rate.ts';
import { describeReorder, parseReorder, type ReorderSettings } from './impairment/reorder.ts';
import type { Path } from './profile-error.ts';

export interface LinkProfile {
  /** From the clients to the server. */
  up: DirectionProfile;
  /** From the server to the clients. */
  down: DirectionProfile;
}

export type DirectionProfile = Partial<Impairments>;

export interface Impairments {
  rate: RateSettings;
  queue: QueueSettings;
  delay: DelaySettings;
  jitter: JitterSettings;
  loss: LossSettings;
  reorder: ReorderSettings;
  duplicate: DuplicateSettings;
  corrupt: CorruptSettings;
}

export type ImpairmentName = keyof Impairments;

type Notation<Settings> = {
  parse(value: unknown, path: Path): Settings;
  describe(settings: Settings): string;
};

export const NOTATIONS: { [Name in ImpairmentName]: Notation<Impairments[Name]> } = {
  rate: { parse: parseRate, describe: describeRate },
  queue: { parse: parseQueue, describe: describeQueue },
  delay: { parse: parseDelay, describe: describeDelay },
  jitter: { parse: parseJitter, describe: describeJitter },
  loss: { parse: parseLoss, describe: describeLoss },
  reorder: { parse: parseReorder, describe: describeReorder },
  duplicate: { parse: parseDuplicate, describe: describeDuplicate },
  corrupt: { parse: parseCorrupt, describe: describeCorrupt },
};

export const IMPAIRMENT_NAMES = Object.keys(NOTATIONS) as readonly ImpairmentName[];

/** "rate 10mbit delay 20ms loss 2%", or for two unlike directions "up: … | down: …". */
export function describeProfile({ up, down }: LinkProfile): string {
  const [upWords, downWords] = [describeDirection(up), describeDirection(down)];
  return upWords === downWords ? upWords : `up: ${upWords} | down: ${downWords}`;
}

export function describeDirection(profile: DirectionProfile): string {
  const words = IMPAIRMENT_NAMES.map((name) => describeImpairment(profile, name)).filter((part) => part !== undefined);
  return words.join(' ') || 'no impairment';
}

/** One impairment's words, or undefined if the profile has none of that name. */
export function describeImpairment<Name extends ImpairmentName>(
  profile: DirectionProfile,
  name: Name,
): string | undefined {
  const settings: Impairments[Name] | undefined = profile[name];
  return settings === undefined ? undefined : NOTATIONS[name].describe(settings);
}
