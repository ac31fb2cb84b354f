// A bad network for tests, between a client and a server: tiny, seeded, and independent of the lab's own link.

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** `up` leads to the server. */
export type Direction = 'up' | 'down';

/**
 * Shares of the packets that are lost, come twice, or come behind the one after them. A network that carries a stream
 * can't do that to it: it splits, delays and joins the stream's bytes instead.
 */
export interface Faults {
  readonly seed: number;
  readonly loss: number;
  readonly duplicate: number;
  readonly reorder: number;
}

export interface TestLink extends Address {
  /** How many packets, or pieces of streams, came out so far. */
  passed(direction: Direction): number;
  /** From now on nothing comes out in this direction, and nobody is told. */
  cut(direction: Direction): void;
  mend(direction: Direction): void;
  /** Whether nothing is on its way inside. */
  readonly isIdle: boolean;
  close(): Promise<void>;
}

/** Opens a link to the server; a client connects to the link's address instead. Without faults it only carries. */
export type OpenLink = (server: Address, faults?: Faults) => Promise<TestLink>;
