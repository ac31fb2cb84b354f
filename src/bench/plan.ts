// Which trials run, and in which order: every repetition has every cell once, shuffled, so that no transport always goes
// first and a noisy minute hits all alike.
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Scenario } from './scenario.ts';

export interface PlannedTrial {
  /** Unique within a run; messages carry it. */
  readonly number: number;
  readonly transport: string;
  readonly link: string;
  readonly repetition: number;
  /** The same for all transports: they cross the same channel. */
  readonly channelSeed: number;
}

/** @param isAvailable whether the backend can measure a cell at all */
export function planTrials(
  scenario: Scenario,
  seed: number,
  isAvailable: (transport: string, link: string) => boolean,
): PlannedTrial[] {
  // Each has a generator of its own: what the backend can't measure changes the order, and no channel.
  const channelChance = xoroshiro128plus(seed);
  const orderChance = xoroshiro128plus(~seed);
  const trials: PlannedTrial[] = [];
  for (let repetition = 1; repetition <= scenario.repetitions; repetition++) {
    const round: Omit<PlannedTrial, 'number'>[] = [];
    for (const link of scenario.links.keys()) {
      const channelSeed = uniformInt(channelChance, 0, 0x7fff_ffff);
      for (const transport of scenario.transports) {
        if (isAvailable(transport, link)) round.push({ transport, link, repetition, channelSeed });
      }
    }
    for (const trial of shuffled(round, orderChance)) trials.push({ ...trial, number: trials.length + 1 });
  }
  return trials;
}

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[], chance: ReturnType<typeof xoroshiro128plus>): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = uniformInt(chance, 0, last);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}
