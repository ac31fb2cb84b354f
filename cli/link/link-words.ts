// A link in the words of the command line, and in those of `/link` while it carries. They are a scenario's words: a value may
// be a scalar or a mapping in braces.
import { parse } from 'yaml';
import { CallerError } from '../../src/core/errors.ts';
import type { Chance } from '../../src/link/chance.ts';
import { NAMED_PROFILES } from '../../src/link/named-profiles.ts';
import { overrideProfile, parseLinkProfile } from '../../src/link/parse-profile.ts';
import { IMPAIRMENT_NAMES, type ImpairmentName, type LinkProfile } from '../../src/link/profile.ts';
import { LinkProfileError } from '../../src/link/profile-error.ts';

/** What was said of a link; undefined where nothing was. */
export interface LinkWords {
  readonly impairments: Readonly<Record<string, string | undefined>>;
  readonly up: string | undefined;
  readonly down: string | undefined;
  /** A link known by name, which the others change. */
  readonly profile: string | undefined;
  /** What the option is called that names it. */
  readonly profileOption: string;
  readonly chance: Chance['mode'];
  readonly seed: number;
}

/** @throws CallerError naming what is wrong */
export function profileOf({ impairments, up, down, profile, profileOption }: LinkWords): LinkProfile {
  const asked = Object.entries(impairments).filter(([, value]) => value !== undefined);
  const both = Object.fromEntries(asked.map(([name, value]) => [name, readFlow(`--${name}`, value!)]));
  return legal(() => {
    const base = parseLinkProfile(profile ?? {}, profile === undefined ? [] : [profileOption]);
    return overrideProfile(base, {
      up: { ...both, ...(up === undefined ? {} : readMapping('up', up)) },
      down: { ...both, ...(down === undefined ? {} : readMapping('down', down)) },
    });
  });
}

/** @throws CallerError for a seed that is no whole number */
export function chanceOf({ chance, seed }: LinkWords): Chance {
  if (!Number.isSafeInteger(seed)) throw new CallerError(`--seed ${seed} is not allowed. Give a whole number.`);
  return { mode: chance, seed };
}

/** A name, or an impairment and its value, again and again: `loss 30% delay 100ms`. Braces may hold spaces and braces. */
const WORD = /(?:[^\s{]|\{(?:[^{}]|\{[^{}]*\})*\}?)+/g;

/**
 * @param words behind `/link`: the name of a link, or impairments that change the one there is, of one direction where `up`
 * or `down` stands first
 * @throws CallerError naming what is wrong
 */
export function changedProfile(profile: LinkProfile, words: string): LinkProfile {
  // Colons and commas are allowed where the options have them.
  const [first = '', ...rest] = (words.match(WORD) ?? []).map((word) => word.replace(/[,:]$/, ''));
  const isOneWay = first === 'up' || first === 'down';
  if (rest.length === 0 && !isOneWay && !IMPAIRMENT_NAMES.includes(first as ImpairmentName)) {
    return legal(() => parseLinkProfile(first));
  }
  const pairs = isOneWay ? rest : [first, ...rest];
  const isName = !isOneWay && pairs.length > 1 && Object.hasOwn(NAMED_PROFILES, first);
  if (isName || pairs.length === 0 || pairs.length % 2 === 1) {
    const what = isName ? `${first} is the name of a link, and stands alone` : `${pairs.at(-1) ?? first} has no value`;
    throw new CallerError(`/link ${words}: ${what}. Write it as in: /link 3g, or /link loss 30% delay 100ms`);
  }
  const change = Object.fromEntries(
    pairs.flatMap((name, at) => (at % 2 === 0 ? [[name, readFlow(`/link ${name}`, pairs[at + 1]!)]] : [])),
  );
  const changes = { up: first === 'down' ? {} : change, down: first === 'up' ? {} : change };
  return legal(() => overrideProfile(profile, changes), isOneWay);
}

/** @param isOneWay where nobody spoke of a direction, a complaint does not, either */
function legal(parsed: () => LinkProfile, isOneWay = true): LinkProfile {
  try {
    return parsed();
  } catch (error) {
    if (!(error instanceof LinkProfileError)) throw error;
    throw new CallerError(`${isOneWay ? error.message : error.message.replace(/^(?:up|down)\./, '')}.`);
  }
}

function readFlow(name: string, text: string): unknown {
  if (!text.startsWith('{')) return text;
  try {
    return parse(text);
  } catch (error) {
    throw new CallerError(`${name} ${text}: ${(error as Error).message.split('\n')[0]}`);
  }
}

function readMapping(name: string, text: string): object {
  const value = readFlow(`--${name}`, `{${text}}`);
  if (typeof value === 'object' && value !== null) return value;
  throw new CallerError(
    `--${name} ${text} is no list of impairments. Write it as in: --${name} 'delay: 20ms, loss: 2%'`,
  );
}
