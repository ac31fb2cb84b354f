// The portable backend: a relay between clients and server, in user space, on ephemeral ports. It puts the sockets, the
// models and the clock together; what it can't carry it refuses to start for.

import { lookup } from 'node:dns/promises';
import { beyondStream } from './backend.ts';
import type { Chance } from './chance.ts';
import type { Lateness } from './lateness.ts';
import type { Ledger } from './ledger.ts';
import type { LinkNews } from './news.ts';
import type { LinkProfile } from './profile.ts';
import type { RelayPart, StartRelayPart } from './relay-part.ts';
import { startTcpRelay } from './relay-tcp.ts';
import { startUdpRelay } from './relay-udp.ts';
import { startTimedLink, type TimedLink } from './timed-link.ts';
import { noArrivals } from './tun/arrivals.ts';

export interface RelaySettings {
  listenHost: string;
  /** Where the real server listens; a transport whose port is left out is not relayed. */
  server: { host: string; tcpPort?: number; udpPort?: number };
  profile: LinkProfile;
  chance: Chance;
  /** Closes the relay. */
  signal?: AbortSignal;
}

export interface Relay {
  /** Where clients connect instead; undefined for a transport that is not relayed. */
  readonly tcpPort: number | undefined;
  readonly udpPort: number | undefined;
  /** Sets the link's time zero, on the monotonic clock, and starts channel and ledger anew. */
  begin(originNs: number): void;
  /** Makes it another link while it carries. @throws Error for one that a stream can't cross, where streams are relayed */
  change(profile: LinkProfile): void;
  /** Since the beginning. A TCP stream is counted in segments of the relay, its end as one of no bytes. */
  ledger(): Ledger;
  /** Since it was last asked. */
  news(): LinkNews;
  /** How many packets, or segments of streams, are on their way now. */
  inFlight(): number;
  /** How much too late the relay itself was, packet by packet. */
  lateness(): Lateness;
  close(): Promise<void>;
}

export async function startRelay({ listenHost, server, profile, chance, signal }: RelaySettings): Promise<Relay> {
  signal?.throwIfAborted();
  refuseWhatCannotBe(server, profile);
  const [{ address }, { address: listenAddress }] = await Promise.all([lookup(server.host), lookup(listenHost)]);
  const link = startTimedLink(profile, chance);
  const opened: RelayPart[] = [];
  let closing: Promise<void> | undefined;

  function close(): Promise<void> {
    signal?.removeEventListener('abort', close);
    closing ??= closeAll(link, opened);
    return closing;
  }

  async function open(start: StartRelayPart<never>, port: number | undefined): Promise<number | undefined> {
    if (port === undefined) return undefined;
    const part = await start(link, listenAddress, { address, port });
    opened.push(part);
    return part.port;
  }

  try {
    const tcpPort = await open(startTcpRelay, server.tcpPort);
    const udpPort = await open(startUdpRelay, server.udpPort);
    signal?.throwIfAborted();
    signal?.addEventListener('abort', close, { once: true });
    return {
      tcpPort,
      udpPort,
      begin: link.begin,
      change(next) {
        refuseWhatCannotBe(server, next);
        link.change(next);
      },
      ledger: link.ledger,
      news: () => ({ ledger: link.ledger(), lost: link.lost(), arrivals: noArrivals() }),
      inFlight: () => link.inFlight,
      lateness: link.lateness,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function refuseWhatCannotBe({ tcpPort, udpPort }: RelaySettings['server'], profile: LinkProfile): void {
  if (tcpPort === undefined && udpPort === undefined) {
    throw new Error("The relay has nothing to relay to: give the server's tcpPort, udpPort or both.");
  }
  const asked = tcpPort === undefined ? [] : beyondStream(profile);
  if (asked.length > 0) {
    throw new Error(`A TCP stream can't be relayed across ${asked.join(', ')}. Leave out tcpPort.`);
  }
}

async function closeAll(link: TimedLink, opened: readonly RelayPart[]): Promise<void> {
  link.close();
  await Promise.all(opened.map((part) => part.close()));
}
