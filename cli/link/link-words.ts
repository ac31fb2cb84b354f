// A link in the words of the command line, and in those of `/link` while it carries. They are a scenario's words: a value may
// be a scalar or a mapping in braces.
import { parse } from 'yaml';
import { CallerError } from '../../src/core/errors.ts';
import type { Chance } from '../../src/link/chance.ts';
import { overrideProfile, parseLinkProfile } from '../../src/link/parse-profile.ts';
import type { LinkProfile } from '../../src/link/profile.ts';
import { LinkProfileError } from '../../src/link/profile-error.ts';

/** What was said of a link; undefined where nothing was. */
export interface LinkWords {
  readonly impairments: Readonly<Record<string, string | undefined>>;
  readonly up: string | undefined;
  readonly down: string | undefined;
  /** A link known by name, which the others change. */
  readonly profile: string | undefined;
  readonly chance: Chance['mode'];
  readonly seed: number;
}

/** @throws CallerError naming what is wrong */
export function profileOf({ impairments, up, down, profile }: LinkWords): LinkProfile {
  const asked = Object.entries(impairments).filter(([, value]) => value !== undefined);
  const both = Object.fromEntries(asked.map(([name, value]) => [name, readFlow(name, value!)]));
  return legal(() => {
    const base = parseLinkProfile(profile ?? {}, profile === undefined ? [] : ['--profile']);
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

/** A name, or an impairment and its value, again and again: `loss 30% delay 100ms`. */
const WORD = /(?:[^\s{]|\{[^}]*\}?)+/g;

/**
 * @param words behind `/link`: the name of a link, or impairments that change the one there is, of one direction where `up`
 * or `down` stands first
 * @throws CallerError naming what is wrong
 */
export function changedProfile(profile: LinkProfile, words: string): LinkProfile {
  const [first = '', ...rest] = words.match(WORD) ?? [];
  if (rest.length === 0) return legal(() => parseLinkProfile(first));
  const isOneWay = first === 'up' || first === 'down';
  const pairs = isOneWay ? rest : [first, ...rest];
  if (pairs.length % 2 === 1) {
    throw new CallerError(`/link ${words}: ${pairs.at(-1)} has no value. Write it as in: /link loss 30% delay 100ms`);
  }
  const change = Object.fromEntries(
    pairs.flatMap((name, at) => (at % 2 === 0 ? [[name, readFlow(name, pairs[at + 1]!)]] : [])),
  );
  return legal(() =>
    overrideProfile(profile, { up: first === 'down' ? {} : change, down: first === 'up' ? {} : change }),
  );
}

function legal(parsed: () => LinkProfile): LinkProfile {
  try {
    return parsed();
  } catch (error) {
    if (error instanceof LinkProfileError) throw new CallerError(`${error.message}.`);
    throw error;
  }
}

function readFlow(name: string, text: string): unknown {
  if (!text.startsWith('{')) return text;
  try {
    return parse(text);
  } catch (error) {
    throw new CallerError(`--${name} ${text}: ${(error as Error).message.split('\n')[0]}`);
  }
}

function readMapping(name: string, text: string): object {
  const value = readFlow(name, `{${text}}`);
  if (typeof value === 'object' && value !== null) return value;
  throw new CallerError(
    `--${name} ${text} is no list of impairments. Write it as in: --${name} 'delay: 20ms, loss: 2%'`,
  );
}
