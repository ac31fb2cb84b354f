// Workloads as a scenario might ask for them.
import fc from 'fast-check';
import { PATTERNS, type Sizes, type Workload } from '../../../src/bench/scenario/workload.ts';

const anySizes: fc.Arbitrary<Sizes> = fc.oneof(
  fc.integer({ min: 24, max: 60_000 }).map((bytes) => ({ kind: 'fixed' as const, bytes })),
  fc
    .tuple(fc.integer({ min: 24, max: 60_000 }), fc.nat({ max: 2000 }))
    .map(([fromBytes, more]) => ({ kind: 'uniform' as const, fromBytes, toBytes: Math.min(60_000, fromBytes + more) })),
  fc.constant({ kind: 'chat' as const }),
);

const anyArrivals = fc.oneof(
  fc.constantFrom({ kind: 'constant' as const }, { kind: 'poisson' as const }),
  fc.record({ kind: fc.constantFrom('bursts' as const, 'incast' as const), size: fc.integer({ min: 2, max: 50 }) }),
);

/** Open loops of up to some thousands of messages. */
export const anyOpenLoop: fc.Arbitrary<Workload> = fc
  .record({
    pattern: fc.constantFrom(...PATTERNS),
    users: fc.integer({ min: 1, max: 10 }).map((half) => 2 * half),
    arrivals: anyArrivals,
    sizes: anySizes,
    ratePerSecond: fc.double({ min: 0.5, max: 2000, noNaN: true }),
    durationMs: fc.integer({ min: 1, max: 500 }),
  })
  .map((made) => ({ ...made, workers: 1, bulk: undefined }));

export const anySeed = fc.nat({ max: Number.MAX_SAFE_INTEGER });

export const PLAIN: Workload = {
  pattern: 'pairs',
  users: 8,
  arrivals: { kind: 'constant' },
  sizes: { kind: 'fixed', bytes: 100 },
  ratePerSecond: 500,
  durationMs: 1000,
  workers: 1,
  bulk: undefined,
};
