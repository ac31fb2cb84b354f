// Which trials run, and in which order: every repetition has every cell once, shuffled, so that no contestant always goes
// first and a noisy minute hits all alike.
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { seededChance } from '../load/chance.ts';
import type { CellName } from '../result.ts';
import type { Scenario } from '../scenario/scenario.ts';

export interface PlannedTrial extends CellName {
  /** Unique within a run; messages carry it. */
  readonly number: number;
  readonly repetition: number;
  /** The same for all contestants and points of a link: they cross the same channel. */
  readonly channelSeed: number;
  /** The same for all of them, too: they send the same messages at the same instants. */
  readonly loadSeed: number;
}

const FOR_CHANNELS = 1;
const FOR_LOAD = 2;
const FOR_ORDER = 3;
const LARGEST_SEED = 0x7fff_ffff;

/**
 * One repetition after the other, without end. What the backend can't measure changes no channel and no load.
 * @param isAvailable whether the backend can measure a cell at all
 */
export function* planRepetitions(
  scenario: Scenario,
  seed: number,
  isAvailable: (cell: CellName) => boolean,
): Generator<PlannedTrial[], never> {
  const channels = seededChance(seed, FOR_CHANNELS);
  const load = seededChance(seed, FOR_LOAD);
  const order = seededChance(seed, FOR_ORDER);
  let number = 0;
  for (let repetition = 1; ; repetition++) {
    const round: Omit<PlannedTrial, 'number'>[] = [];
    for (const link of scenario.points[0].links.keys()) {
      const seeds = { channelSeed: uniformInt(channels, 0, LARGEST_SEED), loadSeed: uniformInt(load, 0, LARGEST_SEED) };
      for (const cell of cellsOf(scenario, link)) if (isAvailable(cell)) round.push({ ...cell, repetition, ...seeds });
    }
    yield shuffled(round, order).map((trial) => ({ ...trial, number: ++number }));
  }
}

/** All cells, in the order in which a report shows them. */
export function cellNames(scenario: Scenario): CellName[] {
  return [...scenario.points[0].links.keys()].flatMap((link) => cellsOf(scenario, link));
}

function cellsOf({ points }: Scenario, link: string): CellName[] {
  return points.flatMap(({ name, contestants }) =>
    [...contestants.keys()].map((transport) => ({ transport, link, point: name })),
  );
}

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[], chance: RandomGenerator): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = uniformInt(chance, 0, last);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}
