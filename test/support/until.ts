// Tests wait for what should happen, never for a time; a deadline says what was waited for in vain.
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';

/** Most things are there in the next turns of the loop; what is not may take its time. */
const QUICK_LOOKS = 10;
const POLL_MS = 2;

/** Whoever looks all the time keeps the processor from what he waits for: a look at a screen or at /proc takes a while. Its share is a tenth. */
const PAUSE_PER_LOOK = 9;

export async function until(condition: () => boolean, what: string, limitMs = 15_000): Promise<void> {
  const lastMs = performance.now() + limitMs;
  for (let look = 0; ; look++) {
    const beganMs = performance.now();
    if (condition()) return;
    const endedMs = performance.now();
    if (endedMs > lastMs) throw new Error(`Waited ${limitMs} ms in vain until ${what}.`);
    const tookMs = endedMs - beganMs;
    await (look < QUICK_LOOKS && tookMs < POLL_MS ? turn() : pause(Math.max(POLL_MS, PAUSE_PER_LOOK * tookMs)));
  }
}
