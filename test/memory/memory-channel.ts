// One end of a channel in memory: frames in, frames out, and an end that says why.
import { CallerError } from '../../src/core/errors.ts';
import { KeepAlive, sweepIntervalMs } from '../../src/core/keep-alive.ts';
import type {
  Channel,
  ChannelEvents,
  Clock,
  CloseCause,
  Promises,
  SendOutcome,
  Timing,
} from '../../src/core/transport.ts';
import type { Lane, Packet } from './lane.ts';

export interface MemoryChannelOptions {
  readonly transport: string;
  readonly promises: Promises;
  readonly remote: string;
  readonly clock: Clock;
  readonly timing: Timing;
  readonly queueLimitBytes: number;
  readonly incoming: Lane;
  readonly outgoing: Lane;
  /** A server's last frame for a client that it turns away; a client turns nobody away. */
  readonly farewell?: (cause: CloseCause) => Uint8Array;
  /** Tells the other end, where the network itself notices that this one has gone. */
  readonly hangUp: () => void;
}

const NOTHING = new Uint8Array(0);

export class MemoryChannel implements Channel {
  readonly transport: string;
  readonly promises: Promises;
  readonly remote: string;
  readonly queueLimitBytes: number;
  readonly #options: MemoryChannelOptions;
  readonly #keepAlive: KeepAlive;
  readonly #openedAtNs: number;
  readonly #sweeper: NodeJS.Timeout;
  #events: ChannelEvents | undefined;
  #isOpen = true;
  #hadFrame = false;
  #hasWaiters = false;

  constructor(options: MemoryChannelOptions) {
    this.#options = options;
    this.transport = options.transport;
    this.promises = options.promises;
    this.remote = options.remote;
    this.queueLimitBytes = options.queueLimitBytes;
    this.#openedAtNs = options.clock();
    this.#keepAlive = new KeepAlive(this.#openedAtNs);
    this.#sweeper = setInterval(() => this.#sweep(options.clock()), sweepIntervalMs(options.timing));
    options.incoming.onPacket = (packet) => this.#receive(packet, options.clock());
    options.outgoing.onEmpty = () => this.#drain();
  }

  start(events: ChannelEvents): void {
    if (this.#isOpen) this.#events = events;
    else events.closed({ kind: 'local' });
  }

  send(head: Uint8Array, tail: Uint8Array = NOTHING): SendOutcome {
    if (!this.#isOpen) return 'closed';
    requireFits(head.length + tail.length, this.promises);
    const waitingBytes = this.#options.outgoing.waitingBytes;
    this.#hasWaiters ||= waitingBytes > 0;
    if (waitingBytes > 0 && waitingBytes + head.length + tail.length > this.queueLimitBytes) return 'full';
    this.#keepAlive.spoke = true;
    this.#options.outgoing.offer({ kind: 'frame', bytes: Buffer.concat([head, tail]) });
    return waitingBytes > 0 ? 'queued' : 'sent';
  }

  close(last: Uint8Array = NOTHING): void {
    if (!this.#isOpen) return;
    this.#options.outgoing.offer({ kind: 'close', bytes: last });
    this.#end({ kind: 'local' });
  }

  abort(): void {
    if (!this.#isOpen) return;
    this.#options.outgoing.empty();
    this.#end({ kind: 'local' });
    if (this.promises.connection) this.#options.hangUp();
  }

  /** The network says that the other end has gone. */
  lose(): void {
    this.#end({ kind: 'lost', why: 'the other end has gone' });
  }

  #receive(packet: Packet, arrivedAtNs: number): void {
    this.#keepAlive.heard = true;
    this.#hadFrame ||= packet.bytes.length > 0;
    if (packet.bytes.length > 0) this.#events?.frame(packet.bytes, arrivedAtNs);
    if (packet.kind === 'close') this.#end({ kind: 'left' });
  }

  #drain(): void {
    if (!this.#hasWaiters) return;
    this.#hasWaiters = false;
    this.#events?.drained();
  }

  #sweep(nowNs: number): void {
    const { timing, farewell } = this.#options;
    const isLate = nowNs - this.#openedAtNs > timing.joinDeadlineMs * 1e6;
    if (isLate && !this.#hadFrame && farewell) {
      return this.#turnAway({ kind: 'join-deadline', limitMs: timing.joinDeadlineMs });
    }
    const verdict = this.#keepAlive.sweep(nowNs, timing);
    if (verdict === 'silent') this.#turnAway({ kind: 'silent', limitMs: timing.idleLimitMs });
    else if (verdict === 'speak') this.send(NOTHING);
  }

  #turnAway(cause: CloseCause): void {
    this.#options.outgoing.offer({ kind: 'close', bytes: this.#options.farewell?.(cause) ?? NOTHING });
    this.#end(cause);
  }

  #end(cause: CloseCause): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    clearInterval(this.#sweeper);
    const events = this.#events;
    this.#events = undefined;
    events?.closed(cause);
  }
}

/** @throws CallerError where a frame is longer than the transport promises to carry */
export function requireFits(frameBytes: number, { maxFrameBytes }: Promises): void {
  if (frameBytes <= maxFrameBytes) return;
  throw new CallerError(
    `A frame of ${frameBytes} bytes is too long here: the limit is ${maxFrameBytes}. Nothing was sent; shorten it.`,
  );
}
