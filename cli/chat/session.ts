// A connection that comes back: when it ends without having been asked to, it is made again after a while, under the same
// name if that is free.
import { connect } from '../../src/connect.ts';
import type { Client, ClientEvent, OutgoingMessage, Sent } from '../../src/core/client.ts';
import { PeerError } from '../../src/core/errors.ts';
import { codeOf } from '../../src/core/machine-fault.ts';
import { describeFarewell } from '../../src/core/refusal.ts';
import type { StreamProgress } from '../../src/core/transport.ts';
import { describeCause } from './describe-cause.ts';

export interface SessionSettings {
  readonly transport: string;
  readonly host: string;
  readonly port: number;
  readonly name: string | undefined;
  /** How often to try the first time: across a bad link one may be too slow. */
  readonly tries?: number;
}

export interface SessionEvents {
  heard(event: ClientEvent): void;
  /** @param waitMs until the next attempt */
  down(why: string, attempt: number, waitMs: number): void;
  back(name: string): void;
}

/** A connection that died without a word is found within 20 s, to the next look at it. */
const TIMING = { idleLimitMs: 18_000 };

/** What a first attempt ends with where only the way is bad. */
const SLOW: ReadonlySet<string> = new Set(['ETIMEDOUT', 'join-deadline', 'closed']);

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

/** One connection. What it hears before it is the session's is kept until then. */
interface Line {
  readonly early: ClientEvent[];
  client: Client | undefined;
}

export class ChatSession {
  readonly #settings: SessionSettings;
  readonly #events: SessionEvents;
  #line: Line | undefined;
  #name: string | undefined;
  /** His own coming and going under other names is no news to a user. */
  #nameToCome: string | undefined;
  readonly #formerNames = new Set<string>();
  #farewell: string | undefined;
  #attempt = 0;
  #timer: NodeJS.Timeout | undefined;
  #isLeaving = false;

  constructor(settings: SessionSettings, events: SessionEvents) {
    this.#settings = settings;
    this.#events = events;
    this.#name = settings.name;
  }

  /** The first time, what fails is the caller's to tell. @returns the name that the server gave */
  async join(): Promise<string> {
    return this.#take(await this.#connectIn(this.#settings.tries ?? 1));
  }

  /** The one that the server gave; undefined while there is no connection. */
  get name(): string | undefined {
    return this.#line?.client?.name;
  }

  get isUp(): boolean {
    return this.#line !== undefined;
  }

  /** Absent over a transport that is no stream, and while there is no connection. */
  get stream(): StreamProgress | undefined {
    return this.#line?.client?.stream;
  }

  get localPort(): number | undefined {
    return this.#line?.client?.localPort;
  }

  /** Undefined while there is no connection. @throws CallerError naming the limit that the message breaks */
  send(message: OutgoingMessage): Sent | undefined {
    return this.#line?.client?.send(message);
  }

  who(): void {
    this.#line?.client?.who();
  }

  ping(nowNs: number): void {
    this.#line?.client?.ping(nowNs);
  }

  /**
   * Joins under another name, and only then leaves under this one: whoever can't have the other keeps his own.
   * @returns the new name
   * @throws PeerError, MachineError or CallerError
   */
  async rename(name: string): Promise<string> {
    this.#nameToCome = this.isUp ? name : undefined;
    const next = await this.#connect(name).finally(() => {
      this.#nameToCome = undefined;
    });
    if (this.#isLeaving) {
      next.client?.close();
      return name;
    }
    const former = this.#line?.client;
    if (former?.name !== undefined) this.#formerNames.add(former.name);
    clearTimeout(this.#timer);
    this.#name = name;
    this.#attempt = 0;
    const given = this.#take(next);
    former?.close();
    return given;
  }

  leave(): void {
    this.#isLeaving = true;
    clearTimeout(this.#timer);
    this.#line?.client?.close();
  }

  async #connectIn(tries: number): Promise<Line> {
    try {
      return await this.#connect(this.#name);
    } catch (error) {
      if (tries <= 1 || !SLOW.has(codeOf(error))) throw error;
      return this.#connectIn(tries - 1);
    }
  }

  async #connect(name: string | undefined): Promise<Line> {
    const line: Line = { early: [], client: undefined };
    const onEvent = (event: ClientEvent) => this.#hear(line, event);
    line.client = await connect({ ...this.#settings, name, wantsPresence: true, onEvent, timing: TIMING });
    return line;
  }

  #take(line: Line): string {
    this.#line = line;
    for (const event of line.early) this.#hear(line, event);
    return line.client?.name ?? '';
  }

  #hear(line: Line, event: ClientEvent): void {
    if (line.client === undefined) return void line.early.push(event);
    if (line !== this.#line) {
      // Under the name before: its messages still come, and what became of those sent there is no longer known.
      if (event.kind === 'message') this.#events.heard(event);
      return;
    }
    if (this.#isAboutHimself(event)) return;
    if (event.kind === 'bye') this.#farewell = describeFarewell(event.code, event.about);
    if (event.kind === 'closed' && !this.#isLeaving) {
      this.#line = undefined;
      this.#wait(this.#farewell ?? describeCause(event.cause));
      this.#farewell = undefined;
    }
    this.#events.heard(event);
  }

  #isAboutHimself(event: ClientEvent): boolean {
    if (event.kind === 'left') return this.#formerNames.delete(event.name);
    // Whoever comes under a name that was his is somebody else.
    if (event.kind === 'joined') this.#formerNames.delete(event.name);
    return event.kind === 'joined' && event.name === this.#nameToCome;
  }

  #wait(why: string): void {
    const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#attempt);
    this.#attempt++;
    this.#events.down(why, this.#attempt, waitMs);
    this.#timer = setTimeout(() => void this.#again(), waitMs);
  }

  async #again(): Promise<void> {
    let line: Line;
    try {
      line = await this.#connect(this.#name);
    } catch (error) {
      if (this.#isLeaving) return;
      // The name is taken, or not to be had: whoever was here stays here under another.
      if (error instanceof PeerError) this.#name = undefined;
      return this.#wait((error as Error).message);
    }
    if (this.#isLeaving) return line.client?.close();
    if (this.#line !== undefined) return line.client?.close(); // renamed meanwhile
    this.#attempt = 0;
    const name = this.#take(line);
    this.#events.back(name);
  }
}
