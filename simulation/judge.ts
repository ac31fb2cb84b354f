// What must hold, whatever the network and the processes do. Told of everything that happens, it keeps the truth beside the
// machines and says at once where they contradict it.
import type { ClientEvent } from '../src/core/client.ts';
import type { Person } from '../src/core/server-frame.ts';
import type { SimulatedUser } from './simulated-user.ts';

/** One stay of a user under one name. */
interface Stay {
  readonly user: SimulatedUser;
  readonly name: string;
  readonly sinceNs: number;
  untilNs: number;
  /** Of each sender's stay, the last message that came: over TCP they come in order. */
  readonly lastFrom: Map<Stay, number>;
}

interface Message {
  readonly id: number;
  readonly from: Stay;
  readonly to: string;
  readonly body: string;
  readonly sentNs: number;
  readonly sequence: number;
  /** By whom it was read, and how often. */
  readonly readBy: Map<Stay, number>;
  isRefused: boolean;
}

const NEVER = Number.POSITIVE_INFINITY;

export class Judge {
  readonly violations: string[] = [];
  readonly counts = { joins: 0, welcomes: 0, sent: 0, read: 0, refused: 0, lostDatagrams: 0 };
  readonly #clock: () => number;
  readonly #stays = new Map<SimulatedUser, Stay>();
  readonly #ended: Stay[] = [];
  readonly #messages = new Map<number, Message>();
  readonly #bySequence = new Map<Stay, Map<number, Message>>();
  /** Messages of which a datagram was lost on its way. */
  readonly #lost = new Set<number>();
  /** Who is here, as the server tells its observer. */
  readonly #here = new Set<string>();
  #lastId = 0;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Names that were given and not taken back. */
  get hereCount(): number {
    return this.#here.size;
  }

  /** Something that must hold does not. */
  complain(what: string): void {
    this.violations.push(`at ${(this.#clock() / 1e6).toFixed(3)} ms: ${what}`);
  }

  joined({ name }: Person): void {
    if (this.#here.has(name)) this.complain(`the name ${name} belongs to two live sessions`);
    this.#here.add(name);
  }

  left({ name }: Person): void {
    if (!this.#here.delete(name)) this.complain(`${name} left who was not here`);
  }

  serverCrashed(): void {
    this.#here.clear();
  }

  /** @returns what to write, so that it is known again */
  bodyOf(id: number, padding: number): string {
    return `m${id};${'x'.repeat(padding)}`;
  }

  nextId(): number {
    return ++this.#lastId;
  }

  sent(user: SimulatedUser, id: number, to: string, body: string, sequence: number): void {
    const from = this.#stays.get(user);
    if (from === undefined) return this.complain('somebody sent who is not here');
    const message = { id, from, to, body, sentNs: this.#clock(), sequence, readBy: new Map(), isRefused: false };
    this.counts.sent++;
    this.#messages.set(id, message);
    const known = this.#bySequence.get(from) ?? new Map<number, Message>();
    known.set(sequence, message);
    this.#bySequence.set(from, known);
  }

  lostDatagram(bytes: Uint8Array): void {
    this.counts.lostDatagrams++;
    const found = /m(\d+);/.exec(Buffer.from(bytes.subarray(0, 200)).toString('latin1'));
    if (found !== null) this.#lost.add(Number(found[1]));
  }

  heard(user: SimulatedUser, event: ClientEvent): void {
    switch (event.kind) {
      case 'welcome':
        return this.#welcomed(user, event.name);
      case 'message':
        return this.#read(user, event);
      case 'refused':
        return this.#refused(user, event.sequence);
      case 'closed':
        return this.ended(user);
      case 'malformed':
      case 'bad-letter':
      case 'wrong-version':
        return this.complain(`${this.#nameOf(user)} was sent a frame that can't be read: ${JSON.stringify(event)}`);
      default:
        return;
    }
  }

  /** For whatever reason. */
  ended(user: SimulatedUser): void {
    const stay = this.#stays.get(user);
    if (stay === undefined) return;
    stay.untilNs = this.#clock();
    this.#stays.delete(user);
    this.#ended.push(stay);
  }

  /** When nothing is on its way any more: what was sent and not read must have a reason. */
  closeAccount(): void {
    for (const message of this.#messages.values()) {
      if (message.to !== '*' && message.readBy.size === 0 && !message.isRefused) this.#explain(message);
    }
  }

  #welcomed(user: SimulatedUser, name: string): void {
    this.counts.welcomes++;
    this.#stays.set(user, { user, name, sinceNs: this.#clock(), untilNs: NEVER, lastFrom: new Map() });
  }

  #read(user: SimulatedUser, event: Extract<ClientEvent, { kind: 'message' }>): void {
    this.counts.read++;
    const stay = this.#stays.get(user);
    if (stay === undefined) return this.complain('a message came to somebody who is not here');
    const { from, toAll } = event;
    const { body } = event.letter;
    const message = this.#messages.get(Number(/^m(\d+);/.exec(body)?.[1]));
    if (message === undefined || message.body !== body) return this.complain(`${stay.name} was given what nobody sent`);
    if (message.from.name !== from) {
      this.complain(`message ${message.id} of ${message.from.name} came as one of ${from}`);
    }
    if (toAll ? message.to !== '*' || message.from === stay : message.to !== stay.name) {
      this.complain(`message ${message.id} to ${message.to} was given to ${stay.name}`);
    }
    const times = (message.readBy.get(stay) ?? 0) + 1;
    message.readBy.set(stay, times);
    if (message.from.user.transport === 'udp' || stay.user.transport === 'udp') return;
    if (times > 1) this.complain(`message ${message.id} came ${times} times over TCP`);
    if ((stay.lastFrom.get(message.from) ?? 0) > message.sequence) {
      this.complain(`message ${message.id} came out of order over TCP`);
    }
    stay.lastFrom.set(message.from, message.sequence);
  }

  #refused(user: SimulatedUser, sequence: number): void {
    this.counts.refused++;
    const stay = this.#stays.get(user);
    const message = stay && this.#bySequence.get(stay)?.get(sequence);
    if (message !== undefined) message.isRefused = true;
  }

  /** Somebody went, or the network took it: else the machines have lost it. */
  #explain({ id, from, to, sentNs }: Message): void {
    if (this.#lost.has(id) || from.untilNs !== NEVER) return;
    const readers = [...this.#ended, ...this.#stays.values()].filter(({ name }) => name === to);
    const reader = readers.find(({ sinceNs, untilNs }) => sinceNs < sentNs && untilNs === NEVER);
    // Over UDP a refusal may be lost, too, and tells nobody of what.
    if (reader === undefined) return;
    this.complain(
      `message ${id} of ${from.name} (${from.user.transport}) to ${to} (${reader.user.transport}) is nowhere`,
    );
  }

  #nameOf(user: SimulatedUser): string {
    return this.#stays.get(user)?.name ?? `user ${user.number}`;
  }
}
