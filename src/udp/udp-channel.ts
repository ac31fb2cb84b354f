// One end of a session: a random id that both ends put before every frame. Frames are fired and forgotten.
import { CallerError } from '../core/errors.ts';
import { KeepAlive } from '../core/keep-alive.ts';
import type { Channel, ChannelEvents, CloseCause, SendOutcome, Timing } from '../core/transport.ts';
import { UDP, UDP_PROMISES } from './promises.ts';
import type { SessionId } from './session-id.ts';

export interface UdpChannelOptions {
  readonly session: SessionId;
  readonly remote: string;
  readonly nowNs: number;
  readonly queueLimitBytes: number;
  /** Puts one frame into a datagram and hands it to the socket; `full` where too much waits there already. */
  readonly transmit: (kind: 'data' | 'close', head: Uint8Array, tail: Uint8Array) => 'sent' | 'full';
  /** Called once, when the session is over for this end. */
  readonly release: () => void;
}

const NOTHING = new Uint8Array(0);

export class UdpChannel implements Channel {
  readonly transport = UDP;
  readonly promises = UDP_PROMISES;
  readonly remote: string;
  readonly session: SessionId;
  readonly queueLimitBytes: number;
  readonly #options: UdpChannelOptions;
  readonly #keepAlive: KeepAlive;
  #events: ChannelEvents | undefined;
  #isOpen = true;

  constructor(options: UdpChannelOptions) {
    this.#options = options;
    this.session = options.session;
    this.remote = options.remote;
    this.queueLimitBytes = options.queueLimitBytes;
    this.#keepAlive = new KeepAlive(options.nowNs);
  }

  start(events: ChannelEvents): void {
    this.#events = events;
  }

  send(head: Uint8Array, tail: Uint8Array = NOTHING): SendOutcome {
    if (!this.#isOpen) return 'closed';
    if (head.length + tail.length > UDP_PROMISES.maxFrameBytes) throw tooLong(head.length + tail.length);
    this.#keepAlive.spoke = true;
    return this.#options.transmit('data', head, tail);
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
    const verdict = this.#keepAlive.sweep(nowNs, timing);
    if (verdict === 'silent') this.end({ kind: 'silent', limitMs: timing.idleLimitMs });
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
}

function tooLong(sizeBytes: number): CallerError {
  return new CallerError(
    `A frame of ${sizeBytes} bytes is too long for UDP here: the limit is ${UDP_PROMISES.maxFrameBytes}. Nothing was sent; shorten it.`,
  );
}
