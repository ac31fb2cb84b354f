// What each transport of the lab is made of, for the list of what differs between contestants.
import type { TransportFacts } from '../../src/bench/figures/fairness.ts';
import { DEFAULT_TIMING } from '../../src/core/transport.ts';
import { transports } from '../../src/transports.ts';

export const TRANSPORT_FACTS: ReadonlyMap<string, TransportFacts> = new Map(
  [...transports].map(([name, { framingBytes }]) => [name, { framingBytes, keepAliveMs: DEFAULT_TIMING.keepAliveMs }]),
);
