// What the code under test holds of the machine: sockets, and timers that still run.
import { createHook } from 'node:async_hooks';
import { onTestFinished } from 'vitest';
import { until } from './until.ts';

/** How often in a row nothing may be held, so that what is only about to be made is seen. */
const LOOKS = 5;

/** Waits until other tests hold nothing any more; answers how to wait until what is made from now on is gone as well. */
export async function untilNothingIsHeld(): Promise<() => Promise<void>> {
  await untilSteady(() => sockets().length === 0, 'the sockets of other tests are closed');
  const timers = watchTimers();
  return async () => {
    await untilSteady(() => sockets().length === 0, 'no socket is held');
    await untilSteady(() => timers.size === 0, 'no timer is held');
  };
}

function untilSteady(condition: () => boolean, what: string): Promise<void> {
  let looks = 0;
  return until(() => {
    looks = condition() ? looks + 1 : 0;
    return looks > LOOKS;
  }, what);
}

function sockets(): string[] {
  return process.getActiveResourcesInfo().filter((name) => /TCP|UDP/.test(name));
}

/** The code under test, and the transport that only tests have. */
const UNDER_TEST = /\/src\/|\/test\/memory\//;

/** The timers made from now on, as long as they run. */
function watchTimers(): Set<number> {
  const running = new Set<number>();
  const hook = createHook({
    init: (id, type) => {
      if (type === 'Timeout' && UNDER_TEST.test(new Error().stack ?? '')) running.add(id);
    },
    destroy: (id) => running.delete(id),
  }).enable();
  onTestFinished(() => void hook.disable());
  return running;
}
