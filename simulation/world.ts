// Virtual time, and chance that comes from a seed: whatever happens in a simulation happens here, one event after the other, and
// the same seed gives the same events for ever.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { dueQueue } from '../src/link/due-queue.ts';

/** Far more than ever happen in good order. */
const MOST_AT_ONE_INSTANT = 100_000;

export class World {
  readonly #events = dueQueue<() => void>();
  #endOfTick: (() => void)[] = [];
  #nowNs = 0;
  readonly #chance: RandomGenerator;
  /** How many events have happened. */
  steps = 0;

  constructor(seed: number) {
    this.#chance = xoroshiro128plus(seed);
  }

  /** Whole, so that differences are exact on every clock. */
  get nowNs(): number {
    return this.#nowNs;
  }

  readonly clock = (): number => this.#nowNs;

  /** In [0, 1). */
  roll(): number {
    return uniformFloat64(this.#chance);
  }

  /** A whole number from 0 up to, and never reaching, `below`. */
  below(below: number): number {
    return Math.floor(this.roll() * below);
  }

  between(least: number, most: number): number {
    return least + this.roll() * (most - least);
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }

  readonly bytes = (sizeBytes: number): Uint8Array => {
    const bytes = new Uint8Array(sizeBytes);
    for (let at = 0; at < sizeBytes; at++) bytes[at] = this.below(256);
    return bytes;
  };

  /** Acts after so long, unless it is called off. */
  readonly after = (ms: number, act: () => void): (() => void) => {
    let isOff = false;
    this.#events.push(this.#nowNs + Math.ceil(Math.max(0, ms) * 1e6), () => {
      if (!isOff) act();
    });
    return () => {
      isOff = true;
    };
  };

  /** Acts at an instant: those of one instant in the order in which they were named. */
  at(dueNs: number, act: () => void): void {
    this.#events.push(Math.max(this.#nowNs, Math.ceil(dueNs)), act);
  }

  /** Acts when the event that happens now has been dealt with. */
  readonly atEndOfTick = (act: () => void): void => {
    this.#endOfTick.push(act);
  };

  /**
   * @param afterEach called after every event: what must always hold is checked there
   * @throws Error where time does not pass
   */
  run(untilMs: number, afterEach: () => void): void {
    let atThisInstant = 0;
    const untilNs = untilMs * 1e6;
    for (let dueNs = this.#events.nextDueNs; dueNs <= untilNs; dueNs = this.#events.nextDueNs) {
      atThisInstant = dueNs > this.#nowNs ? 0 : atThisInstant + 1;
      if (atThisInstant > MOST_AT_ONE_INSTANT)
        throw new Error('time stands still: something asks to be called at once for ever');
      this.#nowNs = dueNs;
      this.#events.pop()!();
      for (let acts = this.#endOfTick; acts.length > 0; acts = this.#endOfTick) {
        this.#endOfTick = [];
        for (const act of acts) act();
      }
      this.steps++;
      afterEach();
    }
    this.#nowNs = untilNs;
  }
}
