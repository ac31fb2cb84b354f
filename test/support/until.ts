// Tests wait for what should happen, never for a time; a deadline says what was waited for in vain.
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';

/** Most things are there in the next turns of the loop; what is not may take its time. */
const QUICK_LOOKS = 10;
const POLL_MS = 2;

export async function until(condition: () => boolean, what: string, limitMs = 6_000): Promise<void> {
  const lastMs = performance.now() + limitMs;
  for (let look = 0; !condition(); look++) {
    if (performance.now() > lastMs) throw new Error(`Waited ${limitMs} ms in vain until ${what}.`);
    await (look < QUICK_LOOKS ? turn() : pause(POLL_MS));
  }
}
