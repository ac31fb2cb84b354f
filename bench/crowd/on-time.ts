// Open loop: things are done at planned instants, whatever came of those before.
import { monotonicNs } from '../../src/monotonic.ts';

/** Who is late catches up, but hears in between what has come. */
const LONGEST_TURN_NS = 5e6;

export interface Schedule {
  readonly originNs: number;
  readonly count: number;
  readonly intervalNs: number;
}

/**
 * Does `count` things, the first at `originNs` and each `intervalNs` after the one before. It looks once a millisecond: a crowd
 * that waited for its instants in turns of the loop would take the processor that the server needs.
 */
export function onTime({ originNs, count, intervalNs }: Schedule, act: (index: number) => void): Promise<void> {
  let done = 0;
  return new Promise((resolve, reject) => {
    const timer = setInterval(() => {
      const nowNs = monotonicNs();
      try {
        while (done < count && originNs + done * intervalNs <= nowNs && monotonicNs() - nowNs < LONGEST_TURN_NS)
          act(done++);
      } catch (error) {
        clearInterval(timer);
        reject(error);
      }
      if (done < count) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
}
