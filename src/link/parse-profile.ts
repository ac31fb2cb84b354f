// Plain data, as it comes from YAML or command-line options, becomes a legal link profile or a LinkProfileError with
// the path to what is wrong. After this nobody checks again. What one impairment allows stands in its own file; what
// two of them allow together stands here.

import { NAMED_PROFILES } from './named-profiles.ts';
import { isObject, readFields, show } from './plain-data.ts';
import {
  type DirectionProfile,
  IMPAIRMENT_NAMES,
  type ImpairmentName,
  type Impairments,
  type LinkProfile,
  NOTATIONS,
} from './profile.ts';
import { LinkProfileError, type Path } from './profile-error.ts';
import { writeTime } from './units.ts';

/**
 * @param value the name of a profile ("dsl"); one set of impairments for both directions ({ delay: "20ms" }); or one
 * for each ({ up: { … }, down: { … } }), where a direction left out has none
 */
export function parseLinkProfile(value: unknown, path: Path = []): LinkProfile {
  if (typeof value === 'string') return namedProfile(value, path);
  if (isObject(value) && ('up' in value || 'down' in value)) {
    const { up = {}, down = {} } = readFields(value, ['up', 'down'], path);
    return { up: parseDirectionProfile(up, [...path, 'up']), down: parseDirectionProfile(down, [...path, 'down']) };
  }
  const both = parseDirectionProfile(value, path);
  return { up: both, down: both };
}

/** A profile with some of its impairments changed, or others added. @param value `{ up: { … }, down: { … } }` */
export function overrideProfile(
  base: LinkProfile,
  value: { readonly up: unknown; readonly down: unknown },
  path: Path = [],
): LinkProfile {
  return {
    up: parseDirectionProfile(value.up, [...path, 'up'], base.up),
    down: parseDirectionProfile(value.down, [...path, 'down'], base.down),
  };
}

/** @param base what holds where the value says nothing */
export function parseDirectionProfile(value: unknown, path: Path = [], base: DirectionProfile = {}): DirectionProfile {
  const fields = readFields(value, IMPAIRMENT_NAMES, path);
  const profile: DirectionProfile = { ...base };
  for (const name of IMPAIRMENT_NAMES) {
    if (name in fields) readInto(profile, name, fields[name], [...path, name]);
  }
  for (const { name, problem } of CONFLICTS) {
    const text = problem(profile);
    if (text !== undefined) throw new LinkProfileError([...path, name], text);
  }
  return profile;
}

const CONFLICTS: readonly { name: ImpairmentName; problem(profile: DirectionProfile): string | undefined }[] = [
  {
    name: 'queue',
    problem: ({ queue, rate }) =>
      queue && !rate ? 'a queue fills only before a bottleneck; add a rate such as 10mbit' : undefined,
  },
  {
    name: 'jitter',
    problem: ({ jitter, delay }) => {
      const delayMs = delay?.delayMs ?? 0;
      if (!jitter || jitter.jitterMs <= delayMs) return undefined;
      return `${writeTime(jitter.jitterMs)} is more than the delay of ${writeTime(delayMs)}; a packet can't arrive before it was sent: use more delay or less jitter`;
    },
  },
  {
    name: 'reorder',
    problem: ({ reorder, delay }) =>
      reorder && !delay?.delayMs
        ? 'a packet overtakes by skipping the delay, and there is none; add a delay'
        : undefined,
  },
];

function readInto<Name extends ImpairmentName>(
  profile: Partial<Pick<Impairments, Name>>,
  name: Name,
  value: unknown,
  path: Path,
): void {
  profile[name] = NOTATIONS[name].parse(value, path);
}

function namedProfile(name: string, path: Path): LinkProfile {
  const named = Object.hasOwn(NAMED_PROFILES, name) ? NAMED_PROFILES[name] : undefined;
  if (named !== undefined) return named.profile;
  throw new LinkProfileError(
    path,
    `no profile is named ${show(name)}; known: ${Object.keys(NAMED_PROFILES).join(', ')}`,
  );
}
