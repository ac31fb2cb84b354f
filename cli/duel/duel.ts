// A duel at work: one sender over each transport on the near side of the link, the same messages through both, and what comes
// of them asked for again and again.
import { setTimeout as pause } from 'node:timers/promises';
import type { ClientEvent } from '../../src/core/client.ts';
import type { LinkNews } from '../../src/link/news.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import { linkState } from '../across/link-state.ts';
import type { LiveLink, Transport } from '../across/live-link.ts';
import { StreamWatch } from '../across/stream-watch.ts';
import { lostIn } from '../chat/model/lost-on-link.ts';
import { LATE_MS } from '../chat/model/own-messages.ts';
import { ChatSession } from '../chat/session.ts';
import { changedProfile } from '../link/link-words.ts';
import {
  arrived,
  cleared,
  connectionChanged,
  type DuelModel,
  duelModel,
  heldBack,
  isSettled,
  lost,
  type NotSent,
  nextNumber,
  receiptCame,
  receiptLost,
  refused,
  SIDES,
  sent,
  timePassed,
} from './model/duel-model.ts';
import type { Heard, Readers } from './readers.ts';

export interface DuelSettings {
  readonly link: LiveLink;
  readonly readers: Readers['names'];
  /** What came to the readers since it was last asked. */
  readonly heard: () => Promise<Heard[]>;
  /** Called when the model has changed. */
  readonly changed: () => void;
}

const ASK_MS = 50;
/** Less than that nobody would call being held back. */
const LEAST_HELD_MS = 1;

/** What is sent over one transport. */
interface Sender {
  readonly transport: Transport;
  readonly session: ChatSession;
  /** By what the session calls them. */
  readonly numbers: Map<number, number>;
  watch: { readonly clientPort: number; readonly stream: StreamWatch } | undefined;
}

export class Duel {
  readonly #settings: DuelSettings;
  readonly #senders: Sender[] = [];
  #model: DuelModel;
  #timer: NodeJS.Timeout | undefined;
  #isAsking = false;
  #hasEnded = false;

  constructor(settings: DuelSettings) {
    this.#settings = settings;
    const available = SIDES.filter((transport) => settings.link.server[transport] !== undefined);
    this.#model = duelModel(linkState(settings.link), available);
  }

  get model(): DuelModel {
    return this.#model;
  }

  /**
   * Joins over every transport that the link carries. The link does nothing until both have: what is measured is messages,
   * and the first of them is the first packet that the link decides about.
   * @throws MachineError or PeerError where one can't join
   */
  async begin(): Promise<void> {
    const { link } = this.#settings;
    const { profile } = link;
    try {
      await link.change({ up: {}, down: {} });
      for (const transport of SIDES) await this.#join(transport);
      await link.change(profile);
    } catch (error) {
      this.end();
      throw error;
    }
    this.#timer = setInterval(() => void this.#ask(), ASK_MS);
  }

  /** The same over both, in one turn. @throws CallerError naming the limit that it breaks; nothing is sent then */
  say(body: string): void {
    const number = nextNumber(this.#model);
    const notSent: Partial<Record<Transport, NotSent>> = {};
    const sentNs = monotonicNs();
    // Neither is always the first.
    const order = number % 2 === 0 ? this.#senders : this.#senders.toReversed();
    for (const sender of order) {
      const why = this.#send(sender, number, body);
      if (why !== undefined) notSent[sender.transport] = why;
    }
    for (const transport of SIDES) {
      if (this.#model.sides[transport].connection.kind === 'unavailable') notSent[transport] = 'unavailable';
    }
    this.#change(sent(this.#model, body, sentNs, notSent));
  }

  /** Numbered messages at planned instants; resolves when the last one has left. */
  async flood(count: number, everyMs: number): Promise<void> {
    const beginMs = performance.now();
    for (let message = 1; message <= count && !this.#hasEnded; message++) {
      const waitMs = beginMs + (message - 1) * everyMs - performance.now();
      if (waitMs > 0) await pause(waitMs);
      if (!this.#hasEnded) this.say(`${message}/${count}`);
    }
  }

  /** @throws CallerError for a link that can't be had */
  async changeLink(words: string): Promise<void> {
    const { link } = this.#settings;
    if (words !== '') await link.change(changedProfile(link.profile, words));
    this.#change({ ...this.#model, link: { ...linkState(link), dropped: this.#model.link.dropped } });
  }

  clear(): void {
    this.#change(cleared(this.#model));
  }

  /** Resolves when nothing more is to be expected, or the limit has passed. */
  async settled(limitMs: number): Promise<void> {
    const giveUpAt = performance.now() + limitMs;
    let lastChangeAt = performance.now();
    for (let before = this.#model; performance.now() < giveUpAt; before = this.#model) {
      await pause(ASK_MS);
      if (this.#model !== before) lastChangeAt = performance.now();
      // A receipt may be lost where the link can't tell, as over TCP in a connection that ended.
      if (isSettled(this.#model) || performance.now() - lastChangeAt > 2 * LATE_MS) break;
    }
    await this.#ask();
  }

  end(): void {
    this.#hasEnded = true;
    clearInterval(this.#timer);
    for (const { session } of this.#senders) session.leave();
  }

  async #join(transport: Transport): Promise<void> {
    const server = this.#settings.link.server[transport];
    if (server === undefined) return;
    const session = new ChatSession(
      { transport, ...server, name: undefined },
      {
        heard: (event) => this.#hear(sender, event),
        down: (why) => this.#change(connectionChanged(this.#model, transport, { kind: 'down', why })),
        back: () => this.#back(sender),
      },
    );
    const sender: Sender = { transport, session, numbers: new Map(), watch: undefined };
    await session.join();
    this.#senders.push(sender);
  }

  /** Answers why not, where it did not leave. */
  #send(sender: Sender, number: number, body: string): NotSent | undefined {
    const { session, transport, numbers } = sender;
    const start = session.stream?.sentBytes;
    const to = this.#settings.readers[transport];
    const taken = session.send({ to, subject: subjectOf(number), body, wantsReceipt: true });
    if (taken === undefined || taken.outcome === 'closed') return 'no-connection';
    if (taken.outcome === 'full') return 'queue-full';
    numbers.set(taken.sequence, number);
    if (start !== undefined) this.#watchOf(sender)?.add({ key: number, start, end: session.stream!.sentBytes });
    return undefined;
  }

  /** A new connection is another stream. */
  #watchOf(sender: Sender): StreamWatch | undefined {
    const clientPort = sender.session.localPort;
    if (clientPort === undefined) return undefined;
    if (sender.watch?.clientPort !== clientPort) {
      sender.watch = { clientPort, stream: new StreamWatch({ direction: 'up', clientPort }) };
    }
    return sender.watch.stream;
  }

  #hear({ transport, numbers }: Sender, event: ClientEvent): void {
    if (event.kind !== 'confirmed' && event.kind !== 'refused') return;
    const number = numbers.get(event.sequence);
    if (number === undefined) return;
    if (event.kind === 'refused') return this.#change(refused(this.#model, transport, number));
    this.#change(receiptCame(this.#model, transport, number, event.arrivedAtNs));
  }

  #back({ transport, numbers }: Sender): void {
    numbers.clear();
    this.#change(connectionChanged(this.#model, transport, { kind: 'up' }));
  }

  async #ask(): Promise<void> {
    if (this.#isAsking || this.#hasEnded) return;
    this.#isAsking = true;
    try {
      const heard = await this.#settings.heard();
      const news = await this.#settings.link.news();
      for (const { transport, subject, arrivedNs } of heard) {
        this.#change(arrived(this.#model, transport, numberIn(subject), arrivedNs));
      }
      this.#tell(news);
      this.#change(timePassed(this.#model, monotonicNs()));
    } catch {
      // Whoever holds the link is gone, and with it the way to the server: the sessions hear of that.
    } finally {
      this.#isAsking = false;
    }
  }

  #tell({ ledger, lost: datagrams, arrivals }: LinkNews): void {
    const link = linkState(this.#settings.link, ledger);
    if (JSON.stringify(link) !== JSON.stringify(this.#model.link)) this.#change({ ...this.#model, link });
    const udp = this.#senders.find(({ transport }) => transport === 'udp');
    for (const datagram of datagrams) {
      const known = lostIn(datagram);
      if (known?.kind === 'own') {
        this.#change(lost(this.#model, 'udp', numberIn(known.subject), datagram.cause));
      } else if (known?.kind === 'receipt') {
        this.#change(receiptLost(this.#model, 'udp', udp?.numbers.get(known.sequence) ?? Number.NaN));
      }
    }
    for (const sender of this.#senders) {
      for (const { key, heldBackMs, behind } of sender.watch?.stream.hear(arrivals) ?? []) {
        if (heldBackMs < LEAST_HELD_MS) continue;
        this.#change(heldBack(this.#model, sender.transport, key, { ms: heldBackMs, behind }));
      }
    }
  }

  #change(model: DuelModel): void {
    if (model === this.#model) return;
    this.#model = model;
    this.#settings.changed();
  }
}

/** A message's number crosses in its subject. */
function subjectOf(number: number): string {
  return `#${number}`;
}

/** NaN, which is no message's number, for one of somebody else's. */
function numberIn(subject: string): number {
  return Number(/^#(\d+)$/.exec(subject)?.[1]);
}
