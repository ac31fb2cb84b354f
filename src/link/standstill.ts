// For how long a process did nothing at all: it was stopped, its machine had no time for it, or it was at one thing. What is
// measured meanwhile is not what it was meant to be.
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Rare enough to cost nothing. */
const LOOK_MS = 100;

/** @returns the longest of this process since it was last asked, in ms; the first 100 ms after that go unseen */
export function standstillMeter(): () => number {
  const delay = monitorEventLoopDelay({ resolution: LOOK_MS });
  delay.enable();
  return () => {
    const longestMs = delay.max / 1e6;
    delay.reset();
    return longestMs;
  };
}
