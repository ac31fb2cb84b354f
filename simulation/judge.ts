// What must hold, whatever the network and the processes do. Told of everything that happens, it keeps the truth beside the
// machines and says at once where they contradict it.
import type { ClientEvent } from '../src/core/client.ts';
import { type Person, parseServerFrame } from '../src/core/server-frame.ts';
import type { SharedSecret } from '../src/shared-secret.ts';
import { parseDatagram } from '../src/udp/datagram.ts';
import type { SimulatedUser } from './simulated-user.ts';

/** One stay of a user under one name. */
interface Stay {
  readonly user: SimulatedUser;
  readonly name: string;
  readonly port: number;
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
  /** The names for whom it was refused; `*`: for all. */
  readonly refusedFor: Set<string>;
}

const NEVER = Number.POSITIVE_INFINITY;

/** What a body begins with: longer than a session's random id, which would be read as one in a datagram now and then. */
const MARK = /message (\d+);/;

export class Judge {
  readonly violations: string[] = [];
  readonly counts = { joins: 0, welcomes: 0, sent: 0, read: 0, refused: 0, lostDatagrams: 0 };
  readonly #clock: () => number;
  readonly #stays = new Map<SimulatedUser, Stay>();
  readonly #messages = new Map<number, Message>();
  readonly #bySequence = new Map<Stay, Map<number, Message>>();
  /** Messages of which a datagram was lost: on its way up, or to which ports. */
  readonly #lost = new Map<number, Set<'up' | number>>();
  /** Refusals that were lost, by the port they went to and the number of the message. */
  readonly #lostRefusals = new Set<string>();
  readonly #secret: SharedSecret | undefined;
  /** Who is here, as the server tells its observer. */
  readonly #here = new Set<string>();
  /** The addresses of all who ever were, since this server began. */
  readonly #joinedFrom = new Set<string>();
  #lastId = 0;

  /** @param secret where the server has one */
  constructor(clock: () => number, secret: SharedSecret | undefined) {
    this.#clock = clock;
    this.#secret = secret;
  }

  /** Names that were given and not taken back. */
  get hereCount(): number {
    return this.#here.size;
  }

  /** Something that must hold does not. */
  complain(what: string): void {
    this.violations.push(`at ${(this.#clock() / 1e6).toFixed(3)} ms: ${what}`);
  }

  /** @param remote his address, which no other attempt to join has had */
  joined({ name }: Person, remote: string): void {
    if (this.#here.has(name)) this.complain(`the name ${name} belongs to two live sessions`);
    if (this.#joinedFrom.has(remote)) this.complain(`${name} joined twice in one attempt, from ${remote}`);
    this.#here.add(name);
    this.#joinedFrom.add(remote);
  }

  left({ name }: Person): void {
    if (!this.#here.delete(name)) this.complain(`${name} left who was not here`);
  }

  serverCrashed(): void {
    this.#here.clear();
    // Who was joining joins the server that comes after it.
    this.#joinedFrom.clear();
  }

  /** @returns what to write, so that it is known again */
  bodyOf(id: number, padding: number): string {
    return `message ${id};${'x'.repeat(padding)}`;
  }

  nextId(): number {
    return ++this.#lastId;
  }

  sent(user: SimulatedUser, id: number, to: string, body: string, sequence: number): void {
    const from = this.#stays.get(user);
    if (from === undefined) return this.complain('somebody sent who is not here');
    const message = {
      id,
      from,
      to,
      body,
      sentNs: this.#clock(),
      sequence,
      readBy: new Map(),
      refusedFor: new Set<string>(),
    };
    this.counts.sent++;
    this.#messages.set(id, message);
    const known = this.#bySequence.get(from) ?? new Map<number, Message>();
    known.set(sequence, message);
    this.#bySequence.set(from, known);
  }

  /** @param where on its way to the server, or to which port */
  lostDatagram(bytes: Uint8Array, where: 'up' | number): void {
    this.counts.lostDatagrams++;
    const found = MARK.exec(
      Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 200)).toString('latin1'),
    );
    if (found !== null) {
      const id = Number(found[1]);
      this.#lost.set(id, (this.#lost.get(id) ?? new Set()).add(where));
    }
    const datagram = parseDatagram(bytes);
    const frame = datagram.kind === 'data' ? parseServerFrame(datagram.frame) : undefined;
    if (frame?.kind === 'refused') this.#lostRefusals.add(`${where} ${frame.sequence}`);
  }

  heard(user: SimulatedUser, event: ClientEvent): void {
    switch (event.kind) {
      case 'welcome':
        return this.#welcomed(user, event.name);
      case 'message':
        return this.#read(user, event);
      case 'refused':
        return this.#refused(user, event);
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
  }

  /** When nothing is on its way any more: what was sent and not read must have a reason. */
  closeAccount(): void {
    for (const message of this.#messages.values()) {
      for (const reader of this.#readersOf(message)) if (!message.readBy.has(reader)) this.#explain(message, reader);
    }
  }

  /** Who was there before it was sent, and still is: of the others nobody knows whether it should have come. */
  #readersOf({ from, to, sentNs }: Message): Stay[] {
    // Of a sender who went, nobody knows what had left him.
    if (from.untilNs !== NEVER) return [];
    return [...this.#stays.values()].filter(
      (stay) => (to === '*' ? stay !== from : stay.name === to) && stay.sinceNs < sentNs,
    );
  }

  #welcomed(user: SimulatedUser, name: string): void {
    this.counts.welcomes++;
    if (this.#secret !== undefined && user.secret !== this.#secret) this.complain(`${name} is in without the secret`);
    const { port } = user;
    this.#stays.set(user, { user, name, port, sinceNs: this.#clock(), untilNs: NEVER, lastFrom: new Map() });
  }

  #read(user: SimulatedUser, event: Extract<ClientEvent, { kind: 'message' }>): void {
    this.counts.read++;
    const stay = this.#stays.get(user);
    if (stay === undefined) return this.complain('a message came to somebody who is not here');
    const { from, toAll } = event;
    const { body } = event.letter;
    const message = this.#messages.get(Number(MARK.exec(body)?.[1]));
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

  #refused(user: SimulatedUser, { sequence, code, about }: Extract<ClientEvent, { kind: 'refused' }>): void {
    this.counts.refused++;
    const stay = this.#stays.get(user);
    // One to all may be refused by one of them.
    const forWhom = code === 'recipient-too-slow' || code === 'unknown-recipient' ? about : '*';
    if (stay !== undefined) this.#bySequence.get(stay)?.get(sequence)?.refusedFor.add(forWhom);
  }

  /** It was refused, or the network took it: else the machines have lost it. */
  #explain({ id, from, to, sequence, refusedFor }: Message, reader: Stay): void {
    if (refusedFor.has('*') || refusedFor.has(reader.name)) return;
    const lost = this.#lost.get(id);
    if (lost?.has('up') || lost?.has(reader.port) || this.#lostRefusals.has(`${from.port} ${sequence}`)) return;
    this.complain(
      `message ${id} of ${from.name} (${from.user.transport}) to ${to} (${reader.name}, ${reader.user.transport}) is nowhere`,
    );
  }

  #nameOf(user: SimulatedUser): string {
    return this.#stays.get(user)?.name ?? `user ${user.number}`;
  }
}
