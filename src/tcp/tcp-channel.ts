// One end of a TCP connection: frames in, frames out, a bounded queue, and an end that says why.
import { CallerError } from '../core/errors.ts';
import { KeepAlive } from '../core/keep-alive.ts';
import { formatAddress } from '../core/machine-fault.ts';
import type { Channel, ChannelEvents, Clock, CloseCause, SendOutcome, Timing } from '../core/transport.ts';
import { FrameDecoder, LENGTH_BYTES } from './framing.ts';
import { Outbox, type TickFlusher } from './outbox.ts';
import { TCP, TCP_PROMISES } from './promises.ts';

/** What a channel asks of a socket. */
export interface StreamSocket {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
  readonly localPort?: number | undefined;
  /** Of what was written, how much the system has not taken. */
  readonly writableLength: number;
  on(event: 'data', hear: (chunk: Uint8Array) => void): unknown;
  on(event: 'error', hear: (error: Error) => void): unknown;
  on(event: 'end' | 'close', hear: () => void): unknown;
  write(block: Uint8Array, taken: (error?: Error | null) => void): unknown;
  end(): unknown;
  destroy(): unknown;
  /** Where there is a system behind it: the same, and the system lets go at once of what it still holds for the other end. */
  resetAndDestroy?(): unknown;
}

/** Acts after so long, unless it is called off. */
export type After = (ms: number, act: () => void) => () => void;

const afterReally: After = (ms, act) => {
  const timer = setTimeout(act, Math.min(ms, LONGEST_TIMER_MS));
  return () => clearTimeout(timer);
};

export interface TcpChannelOptions {
  readonly socket: StreamSocket;
  /** The system's own timers unless given. */
  readonly after?: After;
  readonly clock: Clock;
  readonly timing: Timing;
  readonly queueLimitBytes: number;
  readonly flusher: TickFlusher;
  readonly batching: boolean;
  /** A server's last frame for a client that it turns away; a client turns nobody away. */
  readonly farewell?: (cause: CloseCause) => Uint8Array;
  /** The longest first frame that is taken, if not the transport's own limit. */
  readonly maxOpeningBytes?: number | undefined;
}

const NOTHING = new Uint8Array(0);

/** A timer that is set for longer runs out at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

export class TcpChannel implements Channel {
  readonly transport = TCP;
  readonly promises = TCP_PROMISES;
  readonly remote: string;
  readonly queueLimitBytes: number;
  readonly #options: TcpChannelOptions;
  readonly #decoder: FrameDecoder;
  readonly #outbox = new Outbox();
  readonly #keepAlive: KeepAlive;
  /** Later by the time that this process was stopped. */
  #openedAtNs: number;
  readonly localPort: number;
  readonly stream = { sentBytes: 0, receivedBytes: 0, frameBytes: 0 };
  #events: ChannelEvents | undefined;
  #hadFrame = false;
  #state: 'open' | 'closing' | 'closed' = 'open';
  #unwrittenBytes = 0;
  #hasWaiters = false;
  #stopLingering: (() => void) | undefined;

  constructor(options: TcpChannelOptions) {
    const { socket, clock } = options;
    this.#options = options;
    this.queueLimitBytes = options.queueLimitBytes;
    this.#decoder = new FrameDecoder(TCP_PROMISES.maxFrameBytes, options.maxOpeningBytes);
    // A client that has gone already has no address any more.
    this.remote = formatAddress(socket.remoteAddress ?? 'unknown', socket.remotePort ?? 0);
    this.localPort = socket.localPort ?? 0;
    this.#openedAtNs = clock();
    this.#keepAlive = new KeepAlive(this.#openedAtNs);
  }

  /** Begins to read; every frame from now on goes to `events`. */
  start(events: ChannelEvents): void {
    this.#events = events;
    if (this.#state === 'closed') return this.#tell({ kind: 'local' });
    const { socket } = this.#options;
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('end', () => this.#hearEnd());
    socket.on('error', (error) => this.#end({ kind: 'lost', why: error.message }));
    socket.on('close', () => this.#end({ kind: 'left' }));
  }

  send(head: Uint8Array, tail: Uint8Array = NOTHING): SendOutcome {
    if (this.#state !== 'open') return 'closed';
    const frameBytes = head.length + tail.length;
    requireFits(frameBytes);
    const waitingBytes = this.#unwrittenBytes + this.#outbox.sizeBytes;
    // A frame longer than the whole queue goes when nothing else waits: it would never go otherwise.
    if (waitingBytes > 0 && waitingBytes + frameBytes > this.queueLimitBytes) {
      this.#hasWaiters = true;
      return 'full';
    }
    if (this.#outbox.sizeBytes === 0 && this.#options.batching) this.#options.flusher.mark(this);
    this.#outbox.add(head, tail);
    this.stream.sentBytes += LENGTH_BYTES + frameBytes;
    this.#keepAlive.spoke = true;
    const isFirst = this.#unwrittenBytes === 0 || this.#hasHandedOver();
    if (!isFirst) this.#hasWaiters = true;
    if (!this.#options.batching) this.flush();
    return isFirst ? 'sent' : 'queued';
  }

  /** Without batching the system may have taken all frames of this tick, and its word for them is still to come. */
  #hasHandedOver(): boolean {
    return !this.#options.batching && this.#options.socket.writableLength === 0;
  }

  /** Writes what this tick sent. */
  flush(): void {
    if (this.#outbox.sizeBytes === 0 || this.#state === 'closed') return;
    const block = this.#outbox.take();
    this.#unwrittenBytes += block.length;
    this.#options.socket.write(block, (error) => {
      if (!error) this.#written(block.length);
    });
  }

  close(last?: Uint8Array): void {
    if (this.#state !== 'open') return;
    this.#state = 'closing';
    this.#decoder.stop();
    if (last !== undefined) {
      this.#outbox.add(last, NOTHING);
      this.stream.sentBytes += LENGTH_BYTES + last.length;
    }
    this.flush();
    const { socket, timing, after = afterReally } = this.#options;
    socket.end();
    this.#stopLingering = after(timing.lingerMs, () => this.#dropTheRest());
  }

  /** Where the other end does not read, the system holds megabytes for it, and would try for minutes to get rid of them. */
  #dropTheRest(): void {
    if (this.#unwrittenBytes > 0) this.#options.socket.resetAndDestroy?.();
    this.abort();
  }

  abort(): void {
    this.#decoder.stop();
    this.#options.socket.destroy();
    this.#end({ kind: 'local' });
  }

  /** Asked now and then, so that a silent or late peer is found and a quiet one kept. */
  sweep(nowNs: number): void {
    if (this.#state !== 'open') return;
    const { timing } = this.#options;
    const verdict = this.#keepAlive.sweep(nowNs, timing);
    const { sleptNs } = this.#keepAlive;
    // Who was stopped himself has not read what the other may have said meanwhile.
    if (sleptNs > (timing.joinDeadlineMs / 2) * 1e6) this.#openedAtNs += sleptNs;
    const isLate = nowNs - this.#openedAtNs > timing.joinDeadlineMs * 1e6;
    if (!this.#hadFrame && isLate && this.#options.farewell !== undefined) {
      return this.#turnAway({ kind: 'join-deadline', limitMs: timing.joinDeadlineMs });
    }
    if (verdict === 'silent') this.#turnAway({ kind: 'silent', limitMs: timing.idleLimitMs });
    else if (verdict === 'speak') this.send(NOTHING);
  }

  /** Whether the other end has said who it is, and was not turned away. */
  get isSettled(): boolean {
    return this.#hadFrame && this.#state === 'open';
  }

  get isClosing(): boolean {
    return this.#state === 'closing';
  }

  #read(chunk: Uint8Array): void {
    const arrivedAtNs = this.#options.clock();
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length);
    const why = this.#decoder.feed(bytes, (frame) => this.#hear(frame, arrivedAtNs));
    if (why !== undefined) this.#turnAway({ kind: 'violation', why });
  }

  #hear(frame: Uint8Array, arrivedAtNs: number): void {
    this.#keepAlive.heard = true;
    this.stream.frameBytes = LENGTH_BYTES + frame.length;
    this.stream.receivedBytes += this.stream.frameBytes;
    if (frame.length === 0) return;
    this.#hadFrame = true;
    this.#events?.frame(frame, arrivedAtNs);
  }

  #written(sizeBytes: number): void {
    this.#unwrittenBytes -= sizeBytes;
    if (this.#unwrittenBytes > 0 || !this.#hasWaiters || this.#state !== 'open') return;
    this.#hasWaiters = false;
    this.#events?.drained();
  }

  /** The other end will send no more; it may still read, so what waits for it goes out. */
  #hearEnd(): void {
    if (this.#state !== 'open') return;
    if (this.#decoder.insideFrame) return this.#turnAway({ kind: 'violation', why: 'the stream ended inside a frame' });
    this.close();
    this.#tell({ kind: 'left' });
  }

  #turnAway(cause: CloseCause): void {
    this.close(this.#options.farewell?.(cause));
    this.#tell(cause);
  }

  #end(cause: CloseCause): void {
    const wasLocal = this.#state === 'closing';
    this.#state = 'closed';
    this.#stopLingering?.();
    this.#tell(wasLocal ? { kind: 'local' } : cause);
  }

  #tell(cause: CloseCause): void {
    const events = this.#events;
    this.#events = undefined;
    events?.closed(cause);
  }
}

/** @throws CallerError where a frame is longer than TCP here promises to carry */
export function requireFits(frameBytes: number): void {
  if (frameBytes <= TCP_PROMISES.maxFrameBytes) return;
  throw new CallerError(
    `A frame of ${frameBytes} bytes is too long for TCP here: the limit is ${TCP_PROMISES.maxFrameBytes}. Nothing was sent; shorten it.`,
  );
}
