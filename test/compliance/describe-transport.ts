// The suite that every transport passes. It asks for what the transport promises, and over a bad network it shows that
// what is not promised really fails to hold. A transport's own file is configuration only.
import { describe } from 'vitest';
import { backpressure } from './backpressure.ts';
import { badLink } from './bad-link.ts';
import { ending } from './ending.ts';
import { frames } from './frames.ts';
import { knobs } from './knobs.ts';
import { reaching } from './reaching.ts';
import { silence } from './silence.ts';
import type { Candidate } from './stage.ts';
import { stopping } from './stopping.ts';
import { stream } from './stream.ts';

const CHAPTERS = {
  reaching,
  'stopping a listener or an attempt': stopping,
  'carrying frames': frames,
  'the progress of a stream': stream,
  'ending a channel': ending,
  silence,
  backpressure,
  'a bad network': badLink,
  'a knob that is turned': knobs,
};

export function describeTransport(candidate: Candidate): void {
  describe(`the transport ${candidate.transport.name}`, () => {
    for (const [title, chapter] of Object.entries(CHAPTERS)) describe(title, () => chapter(candidate));
  });
}
