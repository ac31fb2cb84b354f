// One transport's part of the relay: it listens, and carries what comes across the link to the server and back.

import type { TimedLink } from './timed-link.ts';

export interface Endpoint {
  /** A numeric address. */
  address: string;
  port: number;
}

export interface RelayPart {
  /** Where it listens. */
  port: number;
  /** Ends when nothing of it is open. */
  close(): Promise<void>;
}

/** @param door where clients come: a numeric address to listen on, or a socket that listens already */
export type StartRelayPart<Door> = (link: TimedLink, door: string | Door, server: Endpoint) => Promise<RelayPart>;
