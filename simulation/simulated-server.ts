// The chat server of a simulation: the real router behind the real machines of both transports. A crash takes everything with
// it, as the end of a process does.

import { sweepInParts, sweepIntervalMs } from '../src/core/keep-alive.ts';
import { Router } from '../src/core/router.ts';
import { encodeFarewell } from '../src/core/server-frame.ts';
import type { RouterObserver } from '../src/core/session.ts';
import type { Rate } from '../src/core/token-bucket.ts';
import { DEFAULT_QUEUE_LIMIT_BYTES, DEFAULT_TIMING } from '../src/core/transport.ts';
import type { SharedSecret } from '../src/shared-secret.ts';
import { TickFlusher } from '../src/tcp/outbox.ts';
import type { TcpChannel } from '../src/tcp/tcp-channel.ts';
import { UdpServer } from '../src/udp/udp-server.ts';
import type { Host } from './host.ts';
import { type SimulatedSocket, simulatedChannel } from './streams.ts';
import type { World } from './world.ts';

export interface ServerSurroundings {
  readonly world: World;
  readonly host: Host;
  /** Where a secret is shared. */
  readonly secret: SharedSecret | undefined;
  /** What each user may ask for; undefined: as much as he can. */
  readonly rate: Rate | undefined;
  readonly observer: RouterObserver;
  /** A datagram goes to whoever has this port. */
  readonly sendDatagram: (bytes: Uint8Array, port: number) => void;
}

/** What lives as long as one process. */
interface Process {
  readonly router: Router;
  readonly udp: UdpServer;
  readonly streams: Map<TcpChannel, SimulatedSocket>;
  readonly flusher: TickFlusher;
  readonly stopSweeping: () => void;
}

/** What the machines of one process hold. */
export interface Holdings {
  readonly users: number;
  readonly streams: number;
  readonly sessions: number;
  readonly handshakes: number;
  /** The longest of the queues, in bytes. */
  readonly longestQueueBytes: number;
}

export class SimulatedServer {
  readonly #surroundings: ServerSurroundings;
  #process: Process | undefined;

  constructor(surroundings: ServerSurroundings) {
    this.#surroundings = surroundings;
    this.start();
  }

  get isUp(): boolean {
    return this.#process !== undefined;
  }

  start(): void {
    const { world, host, secret, rate, observer, sendDatagram } = this.#surroundings;
    const router = new Router({ observer, rate, gate: secret?.gate(world.bytes) });
    const streams = new Map<TcpChannel, SimulatedSocket>();
    const udp = new UdpServer({
      clock: host.clock,
      chance: world.bytes,
      timing: DEFAULT_TIMING,
      queueLimitBytes: DEFAULT_QUEUE_LIMIT_BYTES,
      send: (datagram, port) => {
        sendDatagram(datagram, port);
        return 'sent';
      },
      whenDrained: () => {},
      accept: (channel) => router.accept(channel),
      farewell: encodeFarewell,
    });
    const { parts } = sweepInParts(DEFAULT_TIMING);
    const stopSweeping = host.every(sweepIntervalMs(DEFAULT_TIMING), () => {
      // All parts at once: what nobody waits for need not be spread.
      for (let part = 0; part < parts; part++) udp.sweep(host.nowNs);
      for (const channel of streams.keys()) channel.sweep(host.nowNs);
    });
    this.#process = { router, udp, streams, flusher: new TickFlusher(world.atEndOfTick), stopSweeping };
  }

  /** Its kernel, which lives on, resets what was connected. */
  crash(): void {
    const process = this.#process;
    this.#process = undefined;
    process?.stopSweeping();
    this.#surroundings.host.restart();
    for (const socket of [...(process?.streams.values() ?? [])]) socket.orphan();
  }

  acceptStream(socket: SimulatedSocket): void {
    const process = this.#process;
    if (process === undefined) return socket.destroy();
    const channel = simulatedChannel(this.#surroundings.host, socket, process.flusher, encodeFarewell);
    process.streams.set(channel, socket);
    socket.onGone = () => process.streams.delete(channel);
    channel.start(process.router.accept(channel));
  }

  /** @returns whether there was room for it */
  receiveDatagram(bytes: Uint8Array, port: number): boolean {
    const { host } = this.#surroundings;
    return host.receive(bytes.length, () => {
      this.#process?.udp.receive(bytes, { address: '127.0.0.1', port }, host.nowNs);
    });
  }

  holdings(): Holdings {
    const process = this.#process;
    if (process === undefined) return { users: 0, streams: 0, sessions: 0, handshakes: 0, longestQueueBytes: 0 };
    const { router, udp, streams } = process;
    let longestQueueBytes = 0;
    for (const socket of streams.values()) longestQueueBytes = Math.max(longestQueueBytes, socket.writableLength);
    const { sessionCount: sessions, rememberedCount: handshakes } = udp;
    return { users: router.userCount, streams: streams.size, sessions, handshakes, longestQueueBytes };
  }
}
