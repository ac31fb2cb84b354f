// An experiment as data: what is asked, what runs, and which sentences are put to the test. Plain data in, a legal
// scenario out, or an error with the path to what is wrong.
import { z } from 'zod';
import type { Chance } from '../link/chance.ts';
import { parseLinkProfile } from '../link/parse-profile.ts';
import type { LinkProfile } from '../link/profile.ts';
import { LinkProfileError } from '../link/profile-error.ts';
import { readTimeMs } from '../link/units.ts';
import { SMALLEST_PROBE_BYTES } from './probe.ts';
import { wordsFor } from './scenario-words.ts';

export interface Scenario {
  readonly title: string;
  readonly question: string;
  readonly lookFor: string;
  readonly transports: readonly string[];
  readonly links: ReadonlyMap<string, LinkProfile>;
  readonly chance: Omit<Chance, 'seed'>;
  readonly workload: Workload;
  readonly repetitions: number;
  /** T_max. */
  readonly waitingMs: number;
  readonly seed: number;
  /** The largest packet of the hosts' devices; undefined: whatever the backend has. */
  readonly mtuBytes: number | undefined;
  readonly claims: readonly Claim[];
  /** How long to watch after the server was killed; undefined: it is not. */
  readonly vanishing: { readonly watchMs: number } | undefined;
}

export interface Workload {
  readonly pattern: 'pairs';
  readonly arrivals: 'constant';
  readonly pairs: number;
  /** Messages per second over all pairs. */
  readonly ratePerSecond: number;
  readonly durationMs: number;
  readonly bodyBytes: number;
  readonly workers: number;
}

export interface Claim {
  readonly sentence: string;
  readonly test: 'delivers-everything' | 'no-connection' | 'may-lose-or-reorder';
  readonly transport: string;
}

/** Something in a scenario is not as it must be; `path` leads to it. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly path: readonly (string | number)[];
  readonly about: 'key' | 'value';

  constructor(path: readonly (string | number)[], problem: string, about: 'key' | 'value' = 'value') {
    super(problem);
    this.path = path;
    this.about = about;
  }
}

/** @throws ScenarioError about the first thing that is wrong */
export function parseScenario(data: unknown, knownTransports: readonly string[]): Scenario {
  const parsed = schemaFor(knownTransports).safeParse(data, { error: wordsFor });
  if (!parsed.success) throw firstIssue(parsed.error);
  const { links, vanishing, chance, ...rest } = parsed.data;
  const profiles = Object.entries(links).map(([name, value]) => [name, parseLink(name, value)] as const);
  checkTransports(rest.transports);
  checkSize(rest.workload);
  checkClaims(rest.claims, rest.transports, vanishing !== undefined);
  return {
    ...rest,
    links: new Map(profiles),
    chance: { mode: chance.mode, slotMs: chance.slot },
    waitingMs: rest.waitingTime,
    mtuBytes: rest.mtu,
    workload: { ...rest.workload, durationMs: rest.workload.duration },
    vanishing: vanishing === undefined ? undefined : { watchMs: vanishing.watch },
  };
}

/** A run is a bounded thing: a slip of the pen must not keep a machine busy for a day or fill its memory. */
const MOST_PAIRS = 5_000;
const MOST_MESSAGES_PER_SECOND = 1_000_000;
const MOST_MESSAGES = 10_000_000;
const LONGEST_MS = 3_600_000;
const MOST_WORKERS = 64;

function schemaFor(knownTransports: readonly string[]) {
  const text = z.string().trim().min(1);
  const linkName = z
    .string()
    .regex(
      /^[\p{L}\p{N}][\p{L}\p{N} .%_-]{0,39}$/u,
      'a link name has 1 to 40 letters, digits, spaces, ".", "%", "_" or "-"',
    );
  const time = z.unknown().transform((value, context) => {
    try {
      return readDurationMs(value);
    } catch (error) {
      context.addIssue(error instanceof Error ? error.message : String(error));
      return z.NEVER;
    }
  });
  const transport = z.enum(knownTransports);
  return fields({
    title: text,
    question: text,
    lookFor: text,
    transports: z.array(transport).min(1),
    links: z.record(linkName, z.unknown()).refine((links) => Object.keys(links).length > 0, 'name at least one link'),
    chance: fields({ mode: z.enum(['time', 'packet']).default('time'), slot: time.default(1) }).default({
      mode: 'time',
      slot: 1,
    }),
    workload: fields({
      pattern: z.literal('pairs').default('pairs'),
      arrivals: z.literal('constant').default('constant'),
      pairs: z.int().min(1).max(MOST_PAIRS),
      ratePerSecond: z.number().positive().max(MOST_MESSAGES_PER_SECOND),
      duration: time,
      bodyBytes: z.int().min(SMALLEST_PROBE_BYTES).max(60_000),
      workers: z.int().min(1).max(MOST_WORKERS).default(1),
    }),
    repetitions: z.int().min(1).max(1000),
    waitingTime: time,
    seed: z.int().min(0).default(44765),
    mtu: z.int().min(576).max(65_535).optional(),
    claims: z
      .array(
        fields({
          sentence: text,
          test: z.enum(['delivers-everything', 'no-connection', 'may-lose-or-reorder']),
          transport,
        }),
      )
      .default([]),
    vanishing: fields({ watch: time }).optional(),
  });
}

/** An object that has these fields and no others, and says so. */
function fields<Shape extends z.core.$ZodShape>(shape: Shape) {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? `unknown; known here: ${known}` : undefined),
  });
}

function readDurationMs(value: unknown): number {
  if (value === undefined) throw new Error('is missing; write a time such as 1s');
  const ms = readTimeMs(value, []);
  if (ms === 0) throw new Error(`"${value}" is no time at all; write more than 0`);
  if (ms > LONGEST_MS) throw new Error(`"${value}" is too long; the limit is ${LONGEST_MS / 1000}s`);
  return ms;
}

function parseLink(name: string, value: unknown): LinkProfile {
  try {
    return parseLinkProfile(value, ['links', name]);
  } catch (error) {
    if (!(error instanceof LinkProfileError)) throw error;
    throw new ScenarioError(error.path, error.message);
  }
}

/** A result has one cell for a transport and a link. */
function checkTransports(transports: readonly string[]): void {
  const again = transports.findIndex((name, index) => transports.indexOf(name) < index);
  if (again !== -1) throw new ScenarioError(['transports', again], `${transports[again]} is there twice`);
}

function checkSize({ ratePerSecond, duration }: { ratePerSecond: number; duration: number }): void {
  const messages = Math.floor((ratePerSecond * duration) / 1000);
  if (messages <= MOST_MESSAGES) return;
  throw new ScenarioError(
    ['workload', 'ratePerSecond'],
    `${ratePerSecond} a second are ${messages} messages a trial, and the limit is ${MOST_MESSAGES}; lower it, or the duration`,
  );
}

function checkClaims(claims: readonly Claim[], transports: readonly string[], watchesVanishing: boolean): void {
  for (const [index, claim] of claims.entries()) {
    if (!transports.includes(claim.transport)) {
      throw new ScenarioError(
        ['claims', index, 'transport'],
        `${claim.transport} is not among this scenario's transports`,
      );
    }
    if (claim.test === 'no-connection' && !watchesVanishing) {
      throw new ScenarioError(
        ['claims', index, 'test'],
        'no-connection is tested by killing the server; add "vanishing: { watch: 1s }"',
      );
    }
  }
}

function firstIssue(error: z.ZodError): ScenarioError {
  // A misspelt key is missing under its right name, too: what stands there is the better clue.
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0]!;
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  if (issue.code === 'unrecognized_keys') return new ScenarioError([...path, issue.keys[0]!], issue.message, 'key');
  if (issue.code === 'invalid_key') return new ScenarioError(path, issue.issues[0]?.message ?? issue.message, 'key');
  return new ScenarioError(path, issue.message);
}
