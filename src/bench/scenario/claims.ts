// The sentences that a scenario puts to the test: as plain data, and checked against what the scenario has.
import { z } from 'zod';
import type { CellReference, Claim } from './scenario.ts';
import { type Scenario, ScenarioError } from './scenario.ts';
import { fields, noneOf, text } from './schema-parts.ts';

const promiseTest = z.enum(['delivers-everything', 'no-connection', 'may-lose-or-reorder']);
const figureTest = z.enum(['above', 'below', 'alike']);

const cellFields = { transport: text.optional(), link: text.optional(), point: text.optional() };

export function claimsSchema(metrics: readonly string[]) {
  return z
    .array(
      fields({
        sentence: text,
        test: z.enum([...promiseTest.options, ...figureTest.options]),
        transport: text.optional(),
        metric: z.enum(metrics).optional(),
        of: fields(cellFields).optional(),
        than: z
          .union([fields(cellFields), z.number()], { error: noneOf('cells, as in { transport: udp }, or a number') })
          .optional(),
      }),
    )
    .default([]);
}

type ClaimData = z.infer<ReturnType<typeof claimsSchema>>[number];

type Known = Pick<Scenario, 'points' | 'vanishing'>;

export function makeClaims(data: readonly ClaimData[], scenario: Known): Claim[] {
  return data.map((claim, index) => makeClaim(claim, ['claims', index], scenario));
}

function makeClaim(data: ClaimData, path: (string | number)[], scenario: Known): Claim {
  const { sentence, test } = data;
  if (promiseTest.options.some((each) => each === test)) {
    refuse(data, ['metric', 'of', 'than'], path, `${test} is about a transport alone`);
    const transport = need(data.transport, [...path, 'transport'], 'write which of the transports');
    checkContestant(transport, [...path, 'transport'], scenario);
    if (test === 'no-connection' && scenario.vanishing === undefined) {
      throw new ScenarioError(
        [...path, 'test'],
        'no-connection is tested by killing the server; add "vanishing: { watch: 1s }"',
      );
    }
    return { sentence, test: promiseTest.parse(test), transport };
  }
  refuse(data, ['transport'], path, `${test} is about cells; write of: { transport: … }`);
  const of = reference(
    need(data.of, [...path, 'of'], 'write which cells, as in { transport: tcp }'),
    [...path, 'of'],
    scenario,
  );
  const than = need(data.than, [...path, 'than'], 'write which cells, as in { transport: udp }, or a number');
  const metric = need(data.metric, [...path, 'metric'], 'write a metric (lab explain lists them)');
  if (typeof than === 'number') return { sentence, test: figureTest.parse(test), metric, of, than };
  const other = reference(than, [...path, 'than'], scenario);
  if (isSame(of, other)) {
    throw new ScenarioError([...path, 'than'], 'means the same cells as "of"; write what is different about them');
  }
  return { sentence, test: figureTest.parse(test), metric, of, than: other };
}

/** What is not said of the other cells is as it is of the first. */
function isSame(of: CellReference, than: CellReference): boolean {
  return (['transport', 'link', 'point'] as const).every((key) => than[key] === undefined || than[key] === of[key]);
}

/** What would have no effect. */
function refuse(
  data: ClaimData,
  keys: readonly (keyof ClaimData)[],
  path: readonly (string | number)[],
  why: string,
): void {
  const stray = keys.find((key) => data[key] !== undefined);
  if (stray !== undefined) throw new ScenarioError([...path, stray], `has no meaning here: ${why}`, 'key');
}

function reference(
  data: { transport?: string | undefined; link?: string | undefined; point?: string | undefined },
  path: (string | number)[],
  scenario: Known,
): CellReference {
  const { transport, link, point } = data;
  if (transport !== undefined) checkContestant(transport, [...path, 'transport'], scenario);
  if (link !== undefined) checkAmong(link, [...scenario.points[0].links.keys()], [...path, 'link'], 'link');
  if (point !== undefined)
    checkAmong(
      point,
      scenario.points.map(({ name }) => name),
      [...path, 'point'],
      'point of the sweep',
    );
  return { transport, link, point };
}

function checkContestant(name: string, path: readonly (string | number)[], { points }: Known): void {
  checkAmong(name, [...points[0].contestants.keys()], path, 'transport');
}

function checkAmong(name: string, known: readonly string[], path: readonly (string | number)[], noun: string): void {
  if (known.includes(name)) return;
  throw new ScenarioError(
    path,
    `"${name}" is no ${noun} of this scenario; it has: ${known.map((each) => each || 'none').join(', ')}`,
  );
}

function need<T>(value: T | undefined, path: readonly (string | number)[], what: string): T {
  if (value !== undefined) return value;
  throw new ScenarioError(path, `is missing; ${what}`);
}
