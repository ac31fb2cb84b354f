// The library of experiments: each says what it asks, shows and teaches, puts that to the test, and is on the page of all.
// Whether it shows it is seen by running it (docs/scenarios.md has the figures): that needs a network and a minute each.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { VOCABULARY } from '../../cli/run/vocabulary.ts';
import { readScenario } from '../../src/bench/scenario/read-scenario.ts';
import type { Contestant, Point, Scenario } from '../../src/bench/scenario/scenario.ts';
import { leastRepetitions } from '../../src/bench/statistics/bootstrap.ts';

const LIBRARY = new URL('../../scenarios/', import.meta.url);
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

function library(name: string): Scenario {
  const file = `${name}.yaml`;
  return readScenario(readFileSync(new URL(file, LIBRARY), 'utf8'), file, VOCABULARY);
}

test('the library has the experiments that the page tells of, and no others', () => {
  const files = readdirSync(LIBRARY).map((file) => file.replace(/\.yaml$/, ''));
  expect(files.sort()).toEqual([...NAMES].sort());
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

  test('takes less than three minutes', () => {
    expect(estimatedMs(scenario)).toBeLessThan(LONGEST_MS);
  });
});

/** Opening and closing a link, and joining; as seen on two cores. */
const BESIDE_MS = 600;

/** What may lose is waited for until T_max; what is reliable is there soon after the last was sent. */
function estimatedMs({ points, repetitions, waitingMs, vanishing }: Scenario): number {
  const ofPoint = ({ links, contestants, workload }: Point) =>
    links.size *
    [...contestants.values()].reduce(
      (sum, contestant) => sum + BESIDE_MS + workload.durationMs + (mayLose(contestant) ? waitingMs : 0),
      0,
    );
  const watched = vanishing === undefined ? 0 : vanishing.watchMs * points[0].contestants.size;
  return repetitions * points.reduce((sum, point) => sum + ofPoint(point), 0) + watched;
}

function mayLose({ transport }: Contestant): boolean {
  return transport === 'udp';
}
