// Which trials run, in which order, and with which seeds.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CellName } from '../../../src/bench/result.ts';
import { cellNames, type PlannedTrial, planRepetitions } from '../../../src/bench/run/plan.ts';
import type { Point, Scenario } from '../../../src/bench/scenario/scenario.ts';
import { introScenario, scenarioWith } from '../scenario/library.ts';

const intro = introScenario();
const PROFILE = { up: {}, down: {} };
const [POINT] = intro.points;
const [CONTESTANT] = POINT.contestants.values();

const anyScenario: fc.Arbitrary<Scenario> = fc
  .record({
    contestants: fc.uniqueArray(fc.constantFrom('tcp', 'udp', 'tcp Nagle'), { minLength: 1 }),
    links: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }),
    points: fc.uniqueArray(fc.constantFrom('', 'loss 1%', 'loss 2%'), { minLength: 1 }),
  })
  .map(({ contestants, links, points }) => {
    const [first, ...others] = points.map(
      (name): Point => ({
        ...POINT,
        name,
        contestants: new Map(contestants.map((each) => [each, CONTESTANT!])),
        links: new Map(links.map((each) => [each, PROFILE])),
      }),
    );
    return { ...intro, points: [first!, ...others] };
  });
const anySeed = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const anyAvailability = fc.func<[CellName], boolean>(fc.boolean());
const always = () => true;

function firstRounds(
  scenario: Scenario,
  seed: number,
  count: number,
  isAvailable: (cell: CellName) => boolean = always,
): PlannedTrial[][] {
  const rounds = planRepetitions(scenario, seed, isAvailable);
  return Array.from({ length: count }, () => rounds.next().value);
}

const wordsFor = ({ transport, link, point }: CellName) => `${transport} over ${link} at ${point}`;

describe('the plan', () => {
  test('has every available cell once in each repetition, and numbers that none shares', () => {
    fc.assert(
      fc.property(anyScenario, anySeed, anyAvailability, (scenario, seed, isAvailable) => {
        const cells = cellNames(scenario).filter((cell) => isAvailable(cell));
        const rounds = firstRounds(scenario, seed, 4, isAvailable);
        for (const [at, round] of rounds.entries()) {
          expect(new Set(round.map(wordsFor))).toEqual(new Set(cells.map(wordsFor)));
          expect(round).toHaveLength(cells.length);
          expect(round.every(({ repetition }) => repetition === at + 1)).toBe(true);
        }
        const numbers = rounds.flat().map(({ number }) => number);
        expect(numbers).toEqual(Array.from(numbers, (_, i) => i + 1));
      }),
    );
  });

  test('has every link with every point and every contestant', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const [{ links, contestants }] = scenario.points;
        const cells = cellNames(scenario).map(wordsFor);
        expect(new Set(cells).size).toBe(cells.length);
        expect(cells).toHaveLength(links.size * contestants.size * scenario.points.length);
      }),
    );
  });

  test('gives all contestants and points of a link one channel and one load, and every link and repetition others', () => {
    const scenario = scenarioWith({ links: { a: {}, b: {}, c: {} }, sweep: { loss: ['1%', '2%', '3%'] } });
    for (const seed of ['channelSeed', 'loadSeed'] as const) {
      const seeds = new Map<string, Set<number>>();
      for (const trial of firstRounds(scenario, 5, 6).flat()) {
        const key = `${trial.link} ${trial.repetition}`;
        seeds.set(key, (seeds.get(key) ?? new Set()).add(trial[seed]));
      }
      expect([...seeds.values()].map(({ size }) => size)).toEqual(Array(3 * 6).fill(1));
      expect(new Set([...seeds.values()].flatMap((each) => [...each])).size).toBe(3 * 6);
    }
  });

  test('is the same for one seed; one that differs in any of its 53 bits has other channels, loads and order', () => {
    const seed = 2 ** 40 + 44765;
    const parts = (of: number) => {
      const trials = firstRounds(intro, of, 4).flat();
      return [
        trials.map(({ channelSeed }) => channelSeed),
        trials.map(({ loadSeed }) => loadSeed),
        trials.map(wordsFor),
      ];
    };
    const own = parts(seed);
    expect(parts(seed)).toEqual(own);
    for (let bit = 0; bit < 53; bit++) {
      const other = parts(Math.floor(seed / 2 ** bit) % 2 === 0 ? seed + 2 ** bit : seed - 2 ** bit);
      for (const [at, part] of other.entries()) expect(part).not.toEqual(own[at]);
    }
  });

  test('keeps the channels and loads of what is available, whatever else is not', () => {
    fc.assert(
      fc.property(anyScenario, anySeed, anyAvailability, (scenario, seed, isAvailable) => {
        const seedsOf = (trials: readonly PlannedTrial[]) =>
          new Map(trials.map((each) => [`${each.link} ${each.repetition}`, `${each.channelSeed} ${each.loadSeed}`]));
        const whole = seedsOf(firstRounds(scenario, seed, 3).flat());
        for (const [of, seeds] of seedsOf(firstRounds(scenario, seed, 3, isAvailable).flat())) {
          expect(whole.get(of)).toBe(seeds);
        }
      }),
    );
  });

  test('lets no contestant always go first', () => {
    const firsts = firstRounds(scenarioWith(), 1, 40).map(([first]) => first!.transport);
    const ofTcp = firsts.filter((transport) => transport === 'tcp').length;
    expect(ofTcp).toBeGreaterThan(10);
    expect(ofTcp).toBeLessThan(30);
  });

  test('of nothing available has empty rounds', () => {
    expect(firstRounds(intro, 1, 2, () => false)).toEqual([[], []]);
  });
});
