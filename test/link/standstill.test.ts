// How long this process did nothing, as it finds out itself.
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { standstillMeter } from '../../src/link/standstill.ts';

/** More than two looks. */
const LOOKED_MS = 300;

test('a process that was held up says for how long, once', async () => {
  const stoodStillMs = standstillMeter();
  await pause(LOOKED_MS);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);
  await pause(LOOKED_MS);
  const seenMs = stoodStillMs();
  expect(seenMs).toBeGreaterThan(1_400);
  await pause(LOOKED_MS);
  expect(stoodStillMs()).toBeLessThan(seenMs);
});
