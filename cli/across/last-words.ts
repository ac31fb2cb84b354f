// Whoever leaves across a link says good-bye, and that takes its time: the link stays until nothing is on its way any more.
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 20;
/** A segment that comes is answered at once, so that a pause this long is the end. */
const QUIET_LOOKS = 3;
const LONGEST_MS = 3_000;

/** @param inFlight how many packets are on their way */
export async function lastWords(inFlight: () => Promise<number>): Promise<void> {
  const giveUpAt = performance.now() + LONGEST_MS;
  for (let quiet = 0; quiet < QUIET_LOOKS && performance.now() < giveUpAt; ) {
    quiet = (await inFlight()) === 0 ? quiet + 1 : 0;
    await pause(LOOK_MS);
  }
}
