// A duel at work: one sender over each transport on the near side of the link, the same messages through both, and what comes
// of them asked for again and again.
import { setTimeout as pause } from 'node:timers/promises';
import type { Language } from '../../reports/language/language.ts';
import type { ClientEvent } from '../../src/core/client.ts';
import type { LinkNews } from '../../src/link/news.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import type { SharedSecret } from '../../src/shared-secret.ts';
import { type Asking, askEvery } from '../across/asking.ts';
import { changeLink } from '../across/change-link.ts';
import { linkState } from '../across/link-state.ts';
import type { LiveLink, Transport } from '../across/live-link.ts';
import { LEAST_HELD_MS, StreamWatch } from '../across/stream-watch.ts';
import { tellEnd, tellRefusal } from '../chat/describe-end.ts';
import { lostIn } from '../chat/model/lost-on-link.ts';
import { LATE_MS } from '../chat/model/own-messages.ts';
import { ChatSession } from '../chat/session.ts';
import {
  arrived,
  cleared,
  connectionChanged,
  type DuelModel,
  duelModel,
  heldBack,
  isSettled,
  linkChanged,
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
  readonly secret?: SharedSecret | undefined;
  readonly readers: Readers['names'];
  readonly language: Language;
  /** What came to the readers since it was last asked. */
  readonly heard: () => Promise<Heard[]>;
  /** Called when the model has changed. */
  readonly changed: () => void;
}

const ASK_MS = 50;

/** What is sent over one transport. */
interface Sender {
  readonly transport: Transport;
  readonly session: ChatSession;
  /** The key of each message, by the number that its session gave it. */
  readonly numbers: Map<number, number>;
  watch: StreamWatch | undefined;
}

export class Duel {
  readonly #settings: DuelSettings;
  readonly #senders: Sender[] = [];
  /** That the senders have had: what else comes to the readers is somebody else's. */
  readonly #names = new Set<string>();
  #model: DuelModel;
  #asking: Asking | undefined;
  #hasEnded = false;
  /** By the link, before this round began. */
  #droppedBefore = { up: 0, down: 0 };

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
      this.#droppedBefore = linkState(link, (await link.news()).ledger).dropped;
    } catch (error) {
      this.end();
      throw error;
    }
    this.#asking = askEvery(
      ASK_MS,
      () => this.#ask(),
      (all) => this.#learn(all),
    );
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

  /** Numbered messages at planned instants; resolves when the last one has left, or the duel begins anew. */
  async flood(count: number, everyMs: number): Promise<void> {
    const beginMs = performance.now();
    const { round } = this.#model;
    const isOver = () => this.#hasEnded || this.#model.round !== round;
    for (let message = 1; message <= count && !isOver(); message++) {
      const waitMs = beginMs + (message - 1) * everyMs - performance.now();
      if (waitMs > 0) await pause(waitMs);
      if (!isOver()) this.say(`${message}/${count}`);
    }
  }

  /** @param words none: it stays @returns what it is now, in netem's words @throws CallerError for a link that can't be had */
  async changeLink(words: string): Promise<string> {
    const { link } = this.#settings;
    await changeLink(link, words);
    if (words !== '') this.#change(linkChanged(this.#model, linkState(link).words));
    this.#change({ ...this.#model, link: { ...linkState(link), dropped: this.#model.link.dropped } });
    return this.#model.link.words;
  }

  clear(): void {
    const { up, down } = this.#model.link.dropped;
    this.#droppedBefore = { up: this.#droppedBefore.up + up, down: this.#droppedBefore.down + down };
    const link = { ...this.#model.link, dropped: { up: 0, down: 0 } };
    this.#change(cleared({ ...this.#model, link }));
  }

  /** Resolves when nothing more is to be expected, or the limit has passed. */
  async settled(limitMs: number): Promise<void> {
    const giveUpAt = performance.now() + limitMs;
    let lastChangeAt = performance.now();
    for (let before = this.#model; performance.now() < giveUpAt; before = this.#model) {
      await pause(ASK_MS);
      if (this.#model !== before) lastChangeAt = performance.now();
      // A receipt may be lost where the link can't tell, as over TCP in a connection that ended.
      if (this.#hasEnded || isSettled(this.#model) || performance.now() - lastChangeAt > 2 * LATE_MS) break;
    }
    if (!this.#hasEnded) await this.#asking?.now();
  }

  end(): void {
    this.#hasEnded = true;
    this.#asking?.stop();
    for (const { session } of this.#senders) session.leave();
  }

  async #join(transport: Transport): Promise<void> {
    const server = this.#settings.link.server[transport];
    if (server === undefined) return;
    const session = new ChatSession(
      { transport, ...server, name: undefined, secret: this.#settings.secret },
      {
        heard: (event) => this.#hear(sender, event),
        down: (reason) => {
          const why = tellEnd(reason, this.#settings.language);
          this.#change(connectionChanged(this.#model, transport, { kind: 'down', why }));
        },
        back: () => this.#back(sender),
      },
    );
    const sender: Sender = { transport, session, numbers: new Map(), watch: undefined };
    this.#names.add(await session.join());
    this.#senders.push(sender);
  }

  /** Answers why not, where it did not leave. */
  #send(sender: Sender, number: number, body: string): NotSent | undefined {
    const { session, transport, numbers } = sender;
    const start = session.stream?.sentBytes;
    const to = this.#settings.readers[transport];
    const taken = session.send({ to, subject: subjectOf(this.#model.round, number), body, wantsReceipt: true });
    if (taken === undefined || taken.outcome === 'closed') return 'no-connection';
    if (taken.outcome === 'full') return 'queue-full';
    numbers.set(taken.sequence, keyOf(this.#model.round, number));
    if (start !== undefined)
      this.#watchOf(sender)?.add({ key: keyOf(this.#model.round, number), start, end: session.stream!.sentBytes });
    return undefined;
  }

  /** A new connection is another stream. */
  #watchOf(sender: Sender): StreamWatch | undefined {
    const clientPort = sender.session.localPort;
    if (clientPort === undefined) return undefined;
    if (sender.watch?.clientPort !== clientPort) {
      sender.watch = new StreamWatch({ direction: 'up', clientPort });
    }
    return sender.watch;
  }

  #hear({ transport, numbers }: Sender, event: ClientEvent): void {
    if (event.kind !== 'confirmed' && event.kind !== 'refused') return;
    const number = this.#numberOf(numbers.get(event.sequence));
    if (event.kind === 'refused') {
      const about = tellRefusal(event.code, event.about, this.#settings.language);
      return this.#change(refused(this.#model, transport, number, about));
    }
    // Nobody else's receipt tells anything of the reader.
    if (event.from !== this.#settings.readers[transport]) return;
    this.#change(receiptCame(this.#model, transport, number, event.arrivedAtNs));
  }

  /** NaN, which is no message's number, for one of another round, or of nobody's. */
  #numberOf(key: number | undefined): number {
    const [round, number] = key === undefined ? [] : roundAndNumber(key);
    return round === this.#model.round && number !== undefined ? number : Number.NaN;
  }

  #back({ transport, numbers, session }: Sender): void {
    numbers.clear();
    this.#names.add(session.name ?? '');
    this.#change(connectionChanged(this.#model, transport, { kind: 'up' }));
  }

  async #ask(): Promise<{ heard: Heard[]; news: LinkNews }> {
    const heard = await this.#settings.heard();
    return { heard, news: await this.#settings.link.news() };
  }

  #learn({ heard, news }: { heard: Heard[]; news: LinkNews }): void {
    for (const { transport, from, subject, arrivedNs } of heard) {
      if (!this.#names.has(from)) continue;
      this.#change(arrived(this.#model, transport, this.#numberOf(keyIn(subject)), arrivedNs));
    }
    this.#tell(news);
    this.#change(timePassed(this.#model, monotonicNs()));
  }

  #tell({ ledger, lost: datagrams, arrivals }: LinkNews): void {
    const all = linkState(this.#settings.link, ledger);
    const dropped = { up: all.dropped.up - this.#droppedBefore.up, down: all.dropped.down - this.#droppedBefore.down };
    const link = { ...all, dropped };
    if (JSON.stringify(link) !== JSON.stringify(this.#model.link)) this.#change({ ...this.#model, link });
    const udp = this.#senders.find(({ transport }) => transport === 'udp');
    for (const datagram of datagrams) {
      const known = lostIn(datagram);
      if (known?.kind === 'own') {
        this.#change(lost(this.#model, 'udp', this.#numberOf(keyIn(known.subject)), datagram.cause));
      } else if (known?.kind === 'receipt') {
        this.#change(receiptLost(this.#model, 'udp', this.#numberOf(udp?.numbers.get(known.sequence))));
      }
    }
    for (const sender of this.#senders) {
      for (const { key, heldBackMs, behind } of sender.watch?.hear(arrivals) ?? []) {
        if (heldBackMs < LEAST_HELD_MS) continue;
        const number = this.#numberOf(key);
        const by = this.#numberOf(behind);
        const held = { ms: heldBackMs, behind: Number.isNaN(by) ? undefined : by };
        this.#change(heldBack(this.#model, sender.transport, number, held));
      }
    }
  }

  #change(model: DuelModel): void {
    if (model === this.#model) return;
    this.#model = model;
    this.#settings.changed();
  }
}

/** A message crosses with its round and number in its subject. */
function subjectOf(round: number, number: number): string {
  return `${round}#${number}`;
}

/** Undefined for somebody else's. */
function keyIn(subject: string): number | undefined {
  const [, round, number] = /^(\d{1,6})#(\d{1,9})$/.exec(subject) ?? [];
  return round === undefined ? undefined : keyOf(Number(round), Number(number));
}

/** Rounds and numbers as one number. */
function keyOf(round: number, number: number): number {
  return round * NUMBERS + number;
}

function roundAndNumber(key: number): [round: number, number: number] {
  return [Math.floor(key / NUMBERS), key % NUMBERS];
}

const NUMBERS = 1e9;
