// Plain data becomes a scenario, or a ScenarioError with the path to the first thing that is wrong.
import { z } from 'zod';
import { parseLinkProfile } from '../../link/parse-profile.ts';
import { isObject } from '../../link/plain-data.ts';
import type { LinkProfile } from '../../link/profile.ts';
import { LinkProfileError } from '../../link/profile-error.ts';
import { claimsSchema, makeClaims } from './claims.ts';
import { contestantsSchema, kernelSchema, makeContestants, plainSettings } from './contestant.ts';
import { LINK_NOTATION, SWEEP_NOTATION } from './link-notation.ts';
import { type Point, type Scenario, ScenarioError } from './scenario.ts';
import { durationMs, fields, noneOf, text } from './schema-parts.ts';
import { type SweptPoint, sweptPoints } from './sweep.ts';
import { makeTranslations, translationsSchema } from './translations.ts';
import { wordsFor } from './words.ts';
import { makeWorkload, workloadSchema } from './workload-schema.ts';

/** What a scenario may name: the lab's own transports and metrics. */
export interface Vocabulary {
  readonly transports: readonly string[];
  readonly metrics: readonly string[];
}

/** @throws ScenarioError about the first thing that is wrong */
export function parseScenario(data: unknown, vocabulary: Vocabulary): Scenario {
  const schema = scenarioSchema(vocabulary);
  const whole = check(schema, data);
  const { sweep: _, ...rest } = isObject(data) ? data : {};
  const points = sweptPoints(rest, whole.sweep).map((point) => parsePoint(point, schema, vocabulary));
  const {
    waitingTime,
    claims,
    vanishing,
    hosts,
    chance,
    compare,
    teaches,
    repetitions,
    seed,
    title,
    question,
    lookFor,
    translations,
  } = whole;
  const scenario = {
    title,
    question,
    lookFor,
    teaches,
    translations: makeTranslations(translations, claims.length),
    points: points as [Point, ...Point[]],
    chance: { mode: chance.mode, slotMs: chance.slot },
    repetitions,
    waitingMs: waitingTime,
    seed,
    mtuBytes: hosts.mtu,
    comparisons: comparisonsOf(compare, [...points[0]!.contestants.keys()]),
    vanishing: vanishing === undefined ? undefined : { watchMs: vanishing.watch },
  };
  return { ...scenario, claims: makeClaims(claims, scenario) };
}

/** The schema of plain data: for reading a file, and for an editor. */
export function scenarioSchema({ transports, metrics }: Vocabulary) {
  const linkName = z
    .string()
    .regex(
      /^[\p{L}\p{N}][\p{L}\p{N} .%_-]{0,39}$/u,
      'a link name has 1 to 40 letters, digits, spaces, ".", "%", "_" or "-"',
    );
  return fields({
    title: text.describe('one line'),
    question: text.describe('what is asked'),
    lookFor: text.describe('the shape that the figures should have'),
    teaches: text.default('').describe('what to take home'),
    transports: contestantsSchema(transports).describe('what is compared'),
    links: z
      .record(linkName, z.unknown().meta(LINK_NOTATION))
      .refine((links) => Object.keys(links).length > 0, 'name at least one link')
      .describe('a name and a link each: impairments, or the name of a known link'),
    hosts: fields({
      mtu: z.int().min(576).max(65_535).optional().describe('the largest packet, in bytes'),
      kernel: kernelSchema.default({}),
    }).default({ kernel: {} }),
    chance: fields({
      mode: z.enum(['time', 'packet']).default('time').describe('what chance is a function of'),
      slot: durationMs().default(1).describe('how long the state of a channel lasts, per time (default: 1ms)'),
    }).default({ mode: 'time', slot: 1 }),
    workload: workloadSchema,
    sweep: z.unknown().optional().meta(SWEEP_NOTATION).describe('a list of values for each thing that varies'),
    repetitions: z.int().min(1).max(1000).describe('of every cell'),
    waitingTime: durationMs().describe('T_max: what has not come by then is lost'),
    seed: z.int().min(0).default(44765).describe('of all chance'),
    compare: z
      .array(z.tuple([text, text], { error: noneOf('a pair of transports, as in [tcp, udp]') }))
      .optional()
      .describe('pairs to set side by side; default: the first with each other'),
    claims: claimsSchema(metrics).describe('sentences to test'),
    vanishing: fields({ watch: durationMs() }).optional().describe('kill the server at the end, and see who notices'),
    translations: translationsSchema.describe('the same texts in other languages'),
  });
}

type Schema = ReturnType<typeof scenarioSchema>;

function check(schema: Schema, data: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(data, { error: wordsFor });
  if (parsed.success) return parsed.data;
  throw firstIssue(parsed.error);
}

/** What is wrong with a swept value is told where it stands in the sweep. */
function parsePoint(point: SweptPoint, schema: Schema, vocabulary: Vocabulary): Point {
  try {
    const { links, workload, transports, hosts } = check(schema, point.data);
    return {
      name: point.name,
      values: point.values,
      contestants: makeContestants(transports, vocabulary.transports, plainSettings(hosts.kernel)),
      links: new Map(Object.entries(links).map(([name, value]) => [name, parseLink(name, value)])),
      workload: makeWorkload(workload, ['workload']),
    };
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    throw whereSwept(error, point);
  }
}

function whereSwept(error: ScenarioError, { name, origins }: SweptPoint): ScenarioError {
  const origin = origins.find(({ place }) => place.every((step, depth) => String(error.path[depth]) === step));
  if (origin === undefined) {
    return name === '' ? error : new ScenarioError(error.path, `${error.message} (at ${name})`, error.about);
  }
  // A key that there is not is wrong in all values.
  if (error.about === 'key' && error.path.length === origin.place.length) {
    return new ScenarioError(origin.value.slice(0, 2), error.message, 'key');
  }
  return new ScenarioError(origin.value, error.message);
}

function parseLink(name: string, value: unknown): LinkProfile {
  try {
    return parseLinkProfile(value, ['links', name]);
  } catch (error) {
    if (!(error instanceof LinkProfileError)) throw error;
    throw new ScenarioError(error.path, error.message);
  }
}

function comparisonsOf(
  asked: readonly (readonly [string, string])[] | undefined,
  contestants: readonly string[],
): (readonly [string, string])[] {
  if (asked === undefined) return contestants.slice(1).map((other) => [contestants[0]!, other] as const);
  for (const [at, pair] of asked.entries()) {
    const stranger = pair.findIndex((name) => !contestants.includes(name));
    if (stranger !== -1) {
      const known = contestants.join(', ');
      throw new ScenarioError(
        ['compare', at, stranger],
        `"${pair[stranger]}" is no transport of this scenario; it has: ${known}`,
      );
    }
    if (pair[0] === pair[1]) throw new ScenarioError(['compare', at], `${pair[0]} can't be compared with itself`);
  }
  return [...asked];
}

function firstIssue(error: z.ZodError): ScenarioError {
  // A misspelt key is missing under its right name, too: what stands there is the better clue.
  const issues = error.issues.flatMap(innermost);
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]!;
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  if (issue.code === 'unrecognized_keys') return new ScenarioError([...path, issue.keys[0]!], issue.message, 'key');
  if (issue.code === 'invalid_key') return new ScenarioError(path, issue.issues[0]?.message ?? issue.message, 'key');
  return new ScenarioError(path, issue.message);
}

/** Of a value that may have several shapes, what is wrong with it in the shape that it seems to have, if it seems to have one. */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const isStranger = ({ code }: z.core.$ZodIssue) => code === 'unrecognized_keys';
  const alike = issue.errors.filter((of) => of.every((inner) => inner.path.length > 0 || isStranger(inner)));
  const known = alike.filter((of) => !of.some(isStranger));
  const [shape, ...others] = known.length > 0 ? known : alike;
  if (shape === undefined || others.length > 0) return [issue];
  return shape.flatMap((inner) => innermost({ ...inner, path: [...issue.path, ...inner.path] }));
}
