// TCP as two processes see it, without its packets: bytes arrive once and in order, later or never, in pieces of any size; a
// reader who does not read fills the window, and then the writer's queue grows; an end may be silent.
import { Arena } from '../src/core/arena.ts';
import { type CloseCause, DEFAULT_QUEUE_LIMIT_BYTES, DEFAULT_TIMING } from '../src/core/transport.ts';
import type { TickFlusher } from '../src/tcp/outbox.ts';
import { type StreamSocket, TcpChannel } from '../src/tcp/tcp-channel.ts';
import type { Host } from './host.ts';
import type { World } from './world.ts';

export interface StreamNetwork {
  /** One way, in ms; what is lost is sent again, and so only late. */
  delayMs(): number;
}

/** What each end of a stream has of its own. */
interface Ends<Thing> {
  readonly client: Thing;
  readonly server: Thing;
}

const WINDOW_BYTES = 64 * 1024;

/** Of the copies that are on their way. */
const arena = new Arena();

type Hear = {
  data: (chunk: Uint8Array) => void;
  error: (error: Error) => void;
  end: () => void;
  close: () => void;
};

export class SimulatedSocket implements StreamSocket {
  readonly remoteAddress = '127.0.0.1';
  readonly remotePort: number;
  readonly localPort: number;
  readonly #world: World;
  readonly #network: StreamNetwork;
  readonly #host: Host;
  readonly #hear: { [Kind in keyof Hear]?: Hear[Kind] } = {};
  #peer: SimulatedSocket | undefined;
  #queue: { readonly bytes: Uint8Array; readonly taken: (error?: Error) => void }[] = [];
  #queuedBytes = 0;
  /** Sent by this end and not read by the other. */
  #inWindowBytes = 0;
  #unread: Uint8Array[] = [];
  #latestDueNs = 0;
  #hasEnded = false;
  #isFinSent = false;
  #peerHasEnded = false;
  #isClosed = false;
  /** A reader who takes his time. */
  isReading = true;
  /** Nothing passes any more, and nobody is told: a cable is cut, or a machine has lost its power. */
  isDead = false;
  /** Told when this end is closed. */
  onGone: () => void = () => {};

  constructor(world: World, network: StreamNetwork, host: Host, localPort: number, remotePort: number) {
    this.#world = world;
    this.#host = host;
    this.#network = network;
    this.localPort = localPort;
    this.remotePort = remotePort;
  }

  static pair(world: World, network: StreamNetwork, hosts: Ends<Host>, ports: Ends<number>): Ends<SimulatedSocket> {
    const client = new SimulatedSocket(world, network, hosts.client, ports.client, ports.server);
    const server = new SimulatedSocket(world, network, hosts.server, ports.server, ports.client);
    client.#peer = server;
    server.#peer = client;
    return { client, server };
  }

  /** Asks the other end to accept: what is sent comes after it. */
  connect(accept: () => void): void {
    this.#arrive(accept);
  }

  get writableLength(): number {
    return this.#queuedBytes;
  }

  on<Kind extends keyof Hear>(kind: Kind, hear: Hear[Kind]): this {
    this.#hear[kind] = hear;
    return this;
  }

  write(bytes: Uint8Array, taken: (error?: Error) => void): void {
    if (this.#isClosed || this.#hasEnded) return this.#later(() => taken(new Error('write after end')));
    this.#queue.push({ bytes, taken });
    this.#queuedBytes += bytes.length;
    this.#pump();
  }

  end(): void {
    this.#hasEnded = true;
    this.#pump();
  }

  /** The other end hears of it by a reset, if anything still passes. */
  destroy(): void {
    if (this.#isClosed) return;
    const peer = this.#peer!;
    this.#arrive(() => peer.#reset());
    this.#close();
  }

  /** The process of this end is no more: its kernel resets the stream, and nobody here hears of it. */
  orphan(): void {
    for (const kind of Object.keys(this.#hear) as (keyof Hear)[]) delete this.#hear[kind];
    this.destroy();
  }

  /** Reads what has come meanwhile. */
  resume(): void {
    this.isReading = true;
    for (const bytes of this.#unread.splice(0)) this.#give(bytes);
  }

  /** Hands to the network what the window has room for. */
  #pump(): void {
    while (this.#queue.length > 0 && this.#inWindowBytes < WINDOW_BYTES) {
      const { bytes, taken } = this.#queue.shift()!;
      this.#queuedBytes -= bytes.length;
      this.#inWindowBytes += bytes.length;
      this.#passInPieces(bytes);
      this.#later(() => taken());
    }
    if (!this.#hasEnded || this.#isFinSent || this.#queue.length > 0) return;
    this.#isFinSent = true;
    this.#arrive(() => this.#peer!.#comeEnd());
  }

  /** A stream has no borders: cut anywhere. */
  #passInPieces(bytes: Uint8Array): void {
    const whole = arena.copyOf(bytes);
    for (let at = 0; at < whole.length; ) {
      const sizeBytes = this.#world.roll() < 0.7 ? whole.length : 1 + this.#world.below(whole.length);
      const piece = whole.subarray(at, at + sizeBytes);
      this.#arrive(() => this.#peer!.#come(piece));
      at += sizeBytes;
    }
  }

  /** In order: never before what was sent before. */
  #arrive(act: () => void): void {
    this.#latestDueNs = Math.max(this.#latestDueNs, this.#world.nowNs + this.#network.delayMs() * 1e6);
    this.#world.at(this.#latestDueNs, () => {
      const peer = this.#peer!;
      if (!this.isDead && !peer.isDead) peer.#host.hear(act);
    });
  }

  #come(bytes: Uint8Array): void {
    if (this.#isClosed) return;
    if (this.isReading) this.#give(bytes);
    else this.#unread.push(bytes);
  }

  #give(bytes: Uint8Array): void {
    const peer = this.#peer!;
    peer.#inWindowBytes -= bytes.length;
    peer.#pump();
    if (this.#isClosed) return;
    // The process that was to accept it has ended meanwhile: its kernel resets what comes.
    if (this.#hear.data === undefined) this.destroy();
    else this.#hear.data(bytes);
  }

  #comeEnd(): void {
    if (this.#isClosed) return;
    this.#peerHasEnded = true;
    this.#hear.end?.();
    this.#closeWhenBothEnded();
    this.#peer!.#closeWhenBothEnded();
  }

  #closeWhenBothEnded(): void {
    if (this.#peerHasEnded && this.#isFinSent) this.#close();
  }

  #reset(): void {
    if (this.#isClosed) return;
    this.#hear.error?.(new Error('read ECONNRESET'));
    this.#close();
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.onGone();
    for (const { taken } of this.#queue.splice(0)) this.#later(() => taken(new Error('closed')));
    this.#queuedBytes = 0;
    this.#later(() => this.#hear.close?.());
  }

  /** Tells the process of this end. */
  #later(act: () => void): void {
    this.#world.atEndOfTick(() => this.#host.hear(act));
  }
}

/** The real channel over a simulated socket. @param farewell a server's */
export function simulatedChannel(
  host: Host,
  socket: SimulatedSocket,
  flusher: TickFlusher,
  farewell?: (cause: CloseCause) => Uint8Array,
): TcpChannel {
  return new TcpChannel({
    socket,
    clock: host.clock,
    after: host.after,
    timing: DEFAULT_TIMING,
    queueLimitBytes: DEFAULT_QUEUE_LIMIT_BYTES,
    flusher,
    batching: true,
    ...(farewell !== undefined && { farewell }),
  });
}
