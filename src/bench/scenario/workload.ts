// Who writes to whom, when, and how much. Pure; how it is written in a scenario is in workload-schema.ts.

export const PATTERNS = ['pairs', 'ring', 'fan-in', 'fan-out', 'all-to-all'] as const;

/**
 * - `pairs`: each user of the first half writes to his partner in the second
 * - `ring`: each writes to the next
 * - `fan-in`: all write to the first; `fan-out`: the first writes to all at once, by a message to everybody
 * - `all-to-all`: each writes to every other in turn
 */
export type Pattern = (typeof PATTERNS)[number];

/**
 * When messages are sent. The first four are an open loop: a plan that does not wait for what the network does.
 * - `constant`: at even distances
 * - `poisson`: at random, so that the time to the next does not depend on the time since the last
 * - `bursts`: so many at one instant, by one sender
 * - `incast`: so many at one instant, by all senders in turn
 * - `ping-pong`: the receiver answers at once, and the next request waits for the answer
 * - `window`: as fast as possible, with so many of each flow on their way
 */
export type Arrivals =
  | { readonly kind: 'constant' | 'poisson' }
  | { readonly kind: 'bursts' | 'incast'; readonly size: number }
  | { readonly kind: 'ping-pong' }
  | { readonly kind: 'window'; readonly size: number };

/** Sizes of bodies in bytes. `chat`: log-normal, median 60, cut at 24 and 2,000: a round figure of ours. */
export type Sizes =
  | { readonly kind: 'fixed'; readonly bytes: number }
  | { readonly kind: 'uniform'; readonly fromBytes: number; readonly toBytes: number }
  | { readonly kind: 'chat' };

export interface Workload {
  readonly pattern: Pattern;
  readonly users: number;
  readonly arrivals: Arrivals;
  readonly sizes: Sizes;
  /** Sendings per second over all senders; 0 in a closed loop, which has no plan. */
  readonly ratePerSecond: number;
  readonly durationMs: number;
  readonly workers: number;
  /** Somebody else's transfer through the same link and server, always over TCP; nothing of it is in the figures. */
  readonly bulk: { readonly bytes: number; readonly window: number } | undefined;
}

export function isClosedLoop({ arrivals }: Workload): boolean {
  return arrivals.kind === 'ping-pong' || arrivals.kind === 'window';
}

/** How many pairs of sender and receiver there are. */
export function flowCount({ pattern, users }: Pick<Workload, 'pattern' | 'users'>): number {
  switch (pattern) {
    case 'pairs':
      return users / 2;
    case 'ring':
      return users;
    case 'fan-in':
    case 'fan-out':
      return users - 1;
    case 'all-to-all':
      return users * (users - 1);
  }
}

/** Messages of an open loop; one to everybody counts once for each receiver. */
export function messageCount(workload: Workload): number {
  // The product of two decimals may lie a hair below the whole number that is meant.
  const sendings = Math.max(1, Math.floor((workload.ratePerSecond * workload.durationMs) / 1000 + 1e-6));
  return workload.pattern === 'fan-out' ? sendings * (workload.users - 1) : sendings;
}
