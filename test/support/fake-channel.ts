// A channel in memory: it keeps what it is given, answers as it is told, and brings nothing anywhere by itself.
import type { Channel, ChannelEvents, CloseCause, Promises, SendOutcome } from '../../src/core/transport.ts';
import { joined } from './hex.ts';

export const RELIABLE: Promises = { connection: true, reliable: true, ordered: true, maxFrameBytes: 65_000 };
export const UNRELIABLE: Promises = { connection: false, reliable: false, ordered: false, maxFrameBytes: 65_000 };

export class FakeChannel implements Channel {
  readonly transport: string;
  readonly promises: Promises;
  readonly remote: string;
  readonly queueLimitBytes = 1_000;
  /** What `send` answers while the channel is open. */
  answer: SendOutcome = 'sent';
  /** How many bytes it takes before it is full of its own accord. */
  roomBytes = Number.POSITIVE_INFINITY;
  /** The frames taken, the last one of `close` included. */
  readonly taken: Uint8Array[] = [];
  events: ChannelEvents | undefined;
  ended: 'closed' | 'aborted' | undefined;

  constructor(promises: Promises = RELIABLE, remote = 'nowhere:1') {
    this.promises = promises;
    this.transport = promises.reliable ? 'tcp' : 'udp';
    this.remote = remote;
  }

  send(head: Uint8Array, tail = new Uint8Array(0)): SendOutcome {
    if (this.ended !== undefined) return 'closed';
    if (this.answer === 'full' || this.answer === 'closed') return this.answer;
    if (head.length + tail.length > this.roomBytes) return 'full';
    this.roomBytes -= head.length + tail.length;
    this.taken.push(joined(head, tail));
    return this.answer;
  }

  close(last?: Uint8Array): void {
    if (this.ended !== undefined) return;
    if (last !== undefined) this.taken.push(last);
    this.ended = 'closed';
    this.#tell({ kind: 'local' });
  }

  abort(): void {
    if (this.ended !== undefined) return;
    this.ended = 'aborted';
    this.#tell({ kind: 'local' });
  }

  /** The network ends it. */
  end(cause: CloseCause): void {
    this.ended = 'aborted';
    this.#tell(cause);
  }

  #tell(cause: CloseCause): void {
    const { events } = this;
    this.events = undefined;
    events?.closed(cause);
  }
}
