// The library of experiments: each says what it asks, shows and teaches, puts that to the test, and is on the page of all.
// Whether it shows it is seen by running it (docs/scenarios.md has the figures): that needs a network and a minute each.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { expectedTime } from '../../src/bench/run/expected-time.ts';
import type { Scenario } from '../../src/bench/scenario/scenario.ts';
import { leastRepetitions } from '../../src/bench/statistics/bootstrap.ts';
import { transports } from '../../src/transports.ts';
import { LIBRARY, read } from '../bench/scenario/library.ts';

const PAGE = readFileSync(new URL('../../docs/scenarios.md', import.meta.url), 'utf8');

const NAMES = [
  'intro',
  'head-of-line',
  'sweep-loss',
  'sweep-delay',
  'jitter-and-reordering',
  'duplication',
  'bursts',
  'nagle',
  'receive-buffer-overflow',
  'fragmentation',
  'set-up-cost',
  'incast',
  'bufferbloat',
  'outage',
  'fan-out',
  'congestion-control',
  'null',
];

/** A reader's patience. */
const LONGEST_MS = 180_000;

/** A trial's opening, joining and closing, as seen on two cores. */
const BESIDE_MS = 600;

function library(name: string): Scenario {
  const file = `${name}.yaml`;
  return read(readFileSync(LIBRARY + file, 'utf8'), file);
}

function isReliable(name: string): boolean {
  return transports.get(name)!.promises.reliable;
}

test('the library has the experiments that the page tells of, and no others', () => {
  const files = readdirSync(LIBRARY).filter((file) => file.endsWith('.yaml'));
  expect(files.map((file) => file.slice(0, -'.yaml'.length)).sort()).toEqual([...NAMES].sort());
  const told = [...PAGE.matchAll(/^\| \[`([^`]+)`\]\(\.\.\/scenarios\/\1\.yaml\) \|/gm)].map(([, name]) => name);
  expect(told).toEqual(NAMES);
});

describe.each(NAMES)('%s', (name) => {
  const scenario = library(name);

  test('says what it asks, what to look for and what to take home', () => {
    const { title, question, lookFor, teaches } = scenario;
    expect([title, question, lookFor, teaches].filter((text) => text.length < 10)).toEqual([]);
    expect(question).toContain('?');
    expect(PAGE).toContain(title);
  });

  test('is put to the test, with repetitions enough for an interval', () => {
    expect(scenario.claims.length).toBeGreaterThanOrEqual(3);
    expect(scenario.repetitions).toBeGreaterThanOrEqual(leastRepetitions());
  });

  test('says the same in Portuguese, claim by claim', () => {
    const { question, claims, ...words } = scenario.translations['pt-BR']!;
    const texts = [words.title, question, words.lookFor, words.teaches, ...claims];
    const english = [scenario.title, scenario.question, scenario.lookFor, scenario.teaches];
    expect(claims).toHaveLength(scenario.claims.length);
    expect(texts.filter((text) => text.length < 10)).toEqual([]);
    expect(question).toContain('?');
    const isCopied = (text: string) =>
      english.includes(text) || scenario.claims.some(({ sentence }) => sentence === text);
    expect(texts.filter(isCopied)).toEqual([]);
  });

  test('takes less than three minutes', () => {
    const { ms, trials } = expectedTime(scenario, isReliable);
    expect(ms + trials * BESIDE_MS).toBeLessThan(LONGEST_MS);
  });
});
