// Knobs that only some transports have: every transport takes them, and none of its promises changes.
import { describe } from 'vitest';
import { backpressure } from './backpressure.ts';
import { badLink } from './bad-link.ts';
import { frames } from './frames.ts';
import type { Candidate, Knobs } from './stage.ts';
import { stream } from './stream.ts';

const TURNED: Readonly<Record<string, Knobs>> = {
  'no batching': { batching: false },
  // Enough for what the tests send in one tick.
  'a receive buffer of its own size': { receiveBufferBytes: 200_000 },
  "Nagle's algorithm": { noDelay: false },
};

export function knobs(candidate: Candidate): void {
  describe.each(Object.entries(TURNED))('%s', (_what, turned) => {
    for (const chapter of [frames, stream, backpressure, badLink]) chapter({ ...candidate, knobs: turned });
  });
}
