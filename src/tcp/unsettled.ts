// Connections of clients that have not said yet who they are, or that were turned away and do not go. Whoever joins does so within a
// round trip; whoever means to fill the server with connections does not. So there is room for some, and the oldest makes it.
import type { TcpChannel } from './tcp-channel.ts';

export const MAX_UNSETTLED = 1024;

export class Unsettled {
  readonly most: number;
  /** The oldest first; some have settled meanwhile, which is noticed when they are looked at. */
  readonly #channels = new Set<TcpChannel>();

  /** @param most of them at a time */
  constructor(most: number) {
    this.most = most;
  }

  get count(): number {
    return this.#channels.size;
  }

  /** @returns the channel that was ended to make room, if one was */
  add(channel: TcpChannel): TcpChannel | undefined {
    this.#channels.add(channel);
    if (this.#channels.size <= this.most) return undefined;
    this.prune();
    if (this.#channels.size <= this.most) return undefined;
    const [oldest] = this.#channels;
    this.#channels.delete(oldest!);
    oldest!.abort();
    return oldest;
  }

  delete(channel: TcpChannel): void {
    this.#channels.delete(channel);
  }

  /** Lets go of those that have settled. */
  prune(): void {
    for (const channel of this.#channels) if (channel.isSettled) this.#channels.delete(channel);
  }
}
