// The JSON Schema of run.json, for whoever reads it elsewhere: what the lab would write now, and takes what the lab takes.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { damageOf, resultJsonSchema } from '../../../src/bench/folder/result-schema.ts';
import { RESULT_FORMAT, RESULT_VERSION, type RunResult } from '../../../src/bench/result.ts';
import { BLOCKED, cell, figures, LOSSY, result } from '../../reports/results.ts';
import { sweep } from '../../reports/swept.ts';
import { failedTrial, measuredTrial, resultOf } from '../made-run.ts';
import { scenarioWith } from '../scenario/library.ts';

interface Schema {
  readonly $schema?: string;
  readonly title?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly const?: unknown;
}

const text = readFileSync(new URL('../../../docs/run.schema.json', import.meta.url), 'utf8');
const published: Schema = JSON.parse(text);
const reader = z.fromJSONSchema(JSON.parse(text));

/** Every part of the schema that is an object, with its place. */
function parts(of: unknown, path = ''): (readonly [path: string, part: Schema])[] {
  if (typeof of !== 'object' || of === null) return [];
  return [[path, of as Schema], ...Object.entries(of).flatMap(([name, own]) => parts(own, `${path}/${name}`))];
}

test('the file is what the format says now; npm run schema writes it anew', () => {
  expect(text === resultJsonSchema()).toBe(true);
});

test('says which format it is of', () => {
  expect(published).toMatchObject({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `run.json of transport-lab, version ${RESULT_VERSION}`,
    type: 'object',
    properties: { format: { const: RESULT_FORMAT }, version: { const: RESULT_VERSION } },
  });
});

test('names every field of a result, and requires those that every result has', () => {
  const whole: Required<RunResult> = { ...result(), backendWhy: 'no packets here' };
  expect(new Set(Object.keys(published.properties!))).toEqual(new Set(Object.keys(whole)));
  expect(new Set(published.required)).toEqual(new Set(Object.keys(result())));
});

test('leaves further fields open, at every depth: a later lab may add some', () => {
  const closed = parts(published).filter(([, { additionalProperties }]) => additionalProperties === false);
  expect(closed).toEqual([]);
  const withFields = parts(published).filter(([, { properties }]) => properties !== undefined);
  expect(withFields.length).toBeGreaterThan(50);
});

const MADE = resultOf(
  scenarioWith({
    links: { clean: {}, lossy: { loss: '5%' } },
    compare: [['tcp', 'udp']],
    claims: [{ sentence: 'UDP may lose.', test: 'may-lose-or-reorder', transport: 'udp' }],
  }),
  [
    measuredTrial({ transport: 'tcp' }),
    measuredTrial({ transport: 'udp', delaysMs: [1, undefined, 3] }),
    failedTrial('no answer', { repetition: 2 }),
  ],
);

const LATER = {
  ...result(),
  weather: 'fair',
  environment: { ...result().environment, moon: 'new' },
  cells: [{ ...cell('clean', 'tcp', figures()), colour: 'red' }],
};

describe('takes what the lab takes:', () => {
  test.each<[what: string, run: unknown]>([
    ['a result made by hand', result()],
    ['one of cells of every kind', result({ cells: [...result().cells, cell('x', 'tcp', { ...LOSSY, ...BLOCKED })] })],
    ['a sweep', sweep()],
    ['a result made of trials', MADE],
    ['one of a later lab, with more in it', LATER],
    [
      'one that is not whole',
      result({ status: { kind: 'incomplete', why: [{ kind: 'stopped', ended: 1, planned: 2 }] } }),
    ],
    ['one with the reason for its backend', result({ backendWhy: 'no packets here' })],
  ])('%s', (_what, run) => {
    const written: unknown = JSON.parse(JSON.stringify(run));
    expect(damageOf(written)).toBeUndefined();
    expect(reader.safeParse(written).error).toBeUndefined();
  });
});

describe('and nothing else:', () => {
  const { cells, ...withoutCells } = result();

  test.each<[what: string, run: unknown]>([
    ['one without cells', withoutCells],
    ['one of another version', { ...result(), version: RESULT_VERSION + 1 }],
    ['one of another format', { ...result(), format: 'flent' }],
    ['one whose seed is text', { ...result(), seed: '5' }],
    ['one with an unknown ending', { ...result(), status: { kind: 'nearly' } }],
    ['one with a cell that is nowhere', { ...result(), cells: [{ ...cells[0], link: undefined }] }],
    ['one without a point', { ...result(), scenario: { ...result().scenario, points: [] } }],
    ['a list', []],
    ['nothing', null],
  ])('%s', (_what, run) => {
    const written: unknown = JSON.parse(JSON.stringify(run));
    expect(damageOf(written)).toBeDefined();
    expect(reader.safeParse(written).success).toBe(false);
  });
});
