// What the link between knows of a chat's messages, asked for again and again: what it has lost, and what a stream held back.
import type { LinkNews, LostDatagram } from '../../src/link/news.ts';
import { type Asking, askEvery } from '../across/asking.ts';
import { linkState } from '../across/link-state.ts';
import type { LiveLink } from '../across/live-link.ts';
import { LEAST_HELD_MS, StreamWatch } from '../across/stream-watch.ts';
import type { LinkState } from './model/chat-model.ts';
import { type Lost, lostIn } from './model/lost-on-link.ts';
import type { ChatSession } from './session.ts';

export interface LinkWatchEvents {
  lost(lost: Lost, cause: LostDatagram['cause']): void;
  heldBack(from: string, sequence: number, ms: number): void;
  seen(state: LinkState): void;
}

const ASK_MS = 100;

export class LinkWatch {
  readonly #link: LiveLink;
  readonly #session: ChatSession;
  readonly #events: LinkWatchEvents;
  readonly #asking: Asking;
  #stream: StreamWatch | undefined;
  #lastKey = 0;
  readonly #messages = new Map<number, { readonly from: string; readonly sequence: number }>();

  constructor(link: LiveLink, session: ChatSession, events: LinkWatchEvents) {
    this.#link = link;
    this.#session = session;
    this.#events = events;
    this.#asking = askEvery(
      ASK_MS,
      () => link.news(),
      (news) => this.#tell(news),
    );
  }

  /** Called while the message is being handed up: the session knows then where it lay in its stream. */
  came(from: string, sequence: number): void {
    const { stream } = this.#session;
    if (stream === undefined) return;
    const key = ++this.#lastKey;
    this.#messages.set(key, { from, sequence });
    const end = stream.receivedBytes;
    this.#watch()?.add({ key, start: end - stream.frameBytes, end });
  }

  stop(): void {
    this.#asking.stop();
  }

  #tell({ ledger, lost, arrivals }: LinkNews): void {
    this.#events.seen(linkState(this.#link, ledger));
    for (const datagram of lost) {
      const known = lostIn(datagram);
      if (known !== undefined) this.#events.lost(known, datagram.cause);
    }
    for (const { key, heldBackMs } of this.#watch()?.hear(arrivals) ?? []) {
      const message = this.#messages.get(key);
      this.#messages.delete(key);
      if (message !== undefined && heldBackMs >= LEAST_HELD_MS) {
        this.#events.heldBack(message.from, message.sequence, heldBackMs);
      }
    }
  }

  /** From the beginning of a stream on, for what comes before the first message may hold it back. */
  #watch(): StreamWatch | undefined {
    const { stream, localPort } = this.#session;
    if (stream === undefined || localPort === undefined) return undefined;
    if (this.#stream?.clientPort !== localPort) {
      this.#stream = new StreamWatch({ direction: 'down', clientPort: localPort });
    }
    return this.#stream;
  }
}
