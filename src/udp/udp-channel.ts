// One end of a session: a random id that both ends put before every frame. Frames are fired and forgotten.
import { CallerError } from '../core/errors.ts';
import { KeepAlive } from '../core/keep-alive.ts';
import type { Channel, ChannelEvents, CloseCause, SendOutcome, Timing } from '../core/transport.ts';
import { UDP, UDP_PROMISES } from './promises.ts';
import type { SessionId } from './session-id.ts';

export interface UdpChannelOptions {
  readonly session: SessionId;
  readonly remote: string;
  /** A client's; the server's one port is everybody's. */
  readonly localPort?: number;
  readonly nowNs: number;
  readonly queueLimitBytes: number;
  /** Puts one frame into a datagram and hands it to the socket; `full` where too much waits there already. */
  readonly transmit: (kind: 'data' | 'close', head: Uint8Array, tail: Uint8Array) => 'sent' | 'full';
  /** Calls back once, when nothing waits in the socket any more. */
  readonly whenDrained?: (tell: () => void) => void;
  /** Called once, when the session is over for this end. */
  readonly release: () => void;
  /** A server's last frame for a client that it gives up; a client has none. */
  readonly farewell?: (cause: CloseCause) => Uint8Array;
}

const NOTHING = new Uint8Array(0);

export class UdpChannel implements Channel {
  readonly transport = UDP;
  readonly promises = UDP_PROMISES;
  readonly remote: string;
  readonly session: SessionId;
  readonly queueLimitBytes: number;
  readonly localPort?: number;
  readonly #options: UdpChannelOptions;
  readonly #keepAlive: KeepAlive;
  /** Made when something has to wait: most channels never do. One, so that a full channel waits once. */
  #tellDrained: (() => void) | undefined;
  #events: ChannelEvents | undefined;
  #isOpen = true;

  constructor(options: UdpChannelOptions) {
    this.#options = options;
    this.session = options.session;
    this.remote = options.remote;
    if (options.localPort !== undefined) this.localPort = options.localPort;
    this.queueLimitBytes = options.queueLimitBytes;
    this.#keepAlive = new KeepAlive(options.nowNs);
  }

  start(events: ChannelEvents): void {
    if (this.#isOpen) this.#events = events;
    else events.closed({ kind: 'local' });
  }

  send(head: Uint8Array, tail: Uint8Array = NOTHING): SendOutcome {
    if (!this.#isOpen) return 'closed';
    requireFits(head.length + tail.length);
    const outcome = this.#options.transmit('data', head, tail);
    if (outcome === 'full') this.#awaitRoom();
    else this.#keepAlive.spoke = true;
    return outcome;
  }

  #awaitRoom(): void {
    this.#tellDrained ??= () => this.#events?.drained();
    this.#options.whenDrained?.(this.#tellDrained);
  }

  close(last: Uint8Array = NOTHING): void {
    if (!this.#isOpen) return;
    this.#options.transmit('close', last, NOTHING);
    this.end({ kind: 'local' });
  }

  abort(): void {
    this.end({ kind: 'local' });
  }

  /** A frame of this session has come, from the right address. */
  receive(frame: Uint8Array, arrivedAtNs: number): void {
    this.#keepAlive.heard = true;
    if (frame.length > 0) this.#events?.frame(frame, arrivedAtNs);
  }

  sweep(nowNs: number, timing: Timing): void {
    if (!this.#isOpen) return;
    const verdict = this.#keepAlive.sweep(nowNs, timing);
    if (verdict === 'silent') this.#giveUp({ kind: 'silent', limitMs: timing.idleLimitMs });
    else if (verdict === 'speak') this.send(NOTHING);
  }

  end(cause: CloseCause): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const events = this.#events;
    this.#events = undefined;
    this.#options.release();
    events?.closed(cause);
  }

  /** It may be that the other end only can't be heard. */
  #giveUp(cause: CloseCause): void {
    this.#options.transmit('close', this.#options.farewell?.(cause) ?? NOTHING, NOTHING);
    this.end(cause);
  }
}

/** @throws CallerError where a frame is longer than UDP here promises to carry */
export function requireFits(frameBytes: number): void {
  if (frameBytes <= UDP_PROMISES.maxFrameBytes) return;
  throw new CallerError(
    `A frame of ${frameBytes} bytes is too long for UDP here: the limit is ${UDP_PROMISES.maxFrameBytes}. Nothing was sent; shorten it.`,
  );
}
