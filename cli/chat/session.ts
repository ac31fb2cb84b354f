// A connection that comes back: when it ends without having been asked to, it is made again after a while, under the same
// name if that is free.
import { connect } from '../../src/connect.ts';
import type { Client, ClientEvent, OutgoingMessage, Sent } from '../../src/core/client.ts';
import { PeerError } from '../../src/core/errors.ts';
import { codeOf } from '../../src/core/machine-fault.ts';
import type { FarewellCode } from '../../src/core/refusal.ts';
import type { CloseCause, StreamProgress } from '../../src/core/transport.ts';
import type { SharedSecret } from '../../src/shared-secret.ts';

export interface SessionSettings {
  readonly transport: string;
  readonly host: string;
  readonly port: number;
  readonly name: string | undefined;
  readonly secret?: SharedSecret | undefined;
  /** How often to try the first time: across a bad link one may be too slow. */
  readonly tries?: number;
  /** Comes again under this name or not at all. */
  readonly keepsName?: boolean;
}

export interface SessionEvents {
  heard(event: ClientEvent): void;
  /** @param waitMs until the next attempt */
  down(why: EndReason, attempt: number, waitMs: number): void;
  /** @param taken the name that could not be had again */
  back(name: string, taken: string | undefined): void;
}

/** Why there is no connection: whoever tells it has a language. */
export type EndReason =
  | { readonly kind: 'farewell'; readonly code: FarewellCode; readonly about: string }
  | { readonly kind: 'cause'; readonly cause: CloseCause }
  /** An attempt to come back has failed. */
  | { readonly kind: 'failed'; readonly error: Error };

/** A connection that died without a word is found within 20 s, to the next look at it. */
const TIMING = { idleLimitMs: 18_000 };

/** What a first attempt ends with where only the way is bad. */
const SLOW: ReadonlySet<string> = new Set(['ETIMEDOUT', 'join-deadline', 'closed']);

/** A name that can't be had: whoever was here stays here under another. */
const NAMELESS: ReadonlySet<string> = new Set(['name-taken', 'name-reserved', 'name-illegal']);
const NAME_WAIT_MS = 3_000;

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
  #farewell: EndReason | undefined;
  /** Since when his name is taken, perhaps by himself: a server may not know yet that he is gone. */
  #takenSinceMs: number | undefined;
  #attempt = 0;
  #timer: NodeJS.Timeout | undefined;
  #lostName: string | undefined;
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
    const given = line.client?.name ?? '';
    // A name that the server numbers is the server's to give, and can't be asked for.
    if (this.#name !== undefined) this.#name = given;
    return given;
  }

  #hear(line: Line, event: ClientEvent): void {
    if (line.client === undefined) return void line.early.push(event);
    if (line !== this.#line) {
      // Under the name before: its messages still come, and what became of those sent there is no longer known.
      if (event.kind === 'message') this.#events.heard(event);
      return;
    }
    if (this.#isAboutHimself(event)) return;
    if (event.kind === 'bye') this.#farewell = { ...event, kind: 'farewell' };
    if (event.kind === 'closed' && !this.#isLeaving) {
      this.#line = undefined;
      this.#wait(this.#farewell ?? { kind: 'cause', cause: event.cause });
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

  #wait(why: EndReason): void {
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
      if (!this.#isLeaving) this.#wait(this.#failed(error as Error));
      return;
    }
    if (this.#isLeaving) return line.client?.close();
    if (this.#line !== undefined) return line.client?.close(); // renamed meanwhile
    this.#attempt = 0;
    const name = this.#take(line);
    const taken = this.#lostName;
    this.#takenSinceMs = undefined;
    this.#lostName = undefined;
    this.#events.back(name, taken);
  }

  #failed(error: Error): EndReason {
    if (error instanceof PeerError && NAMELESS.has(error.code)) this.#doubtName();
    return { kind: 'failed', error };
  }

  /** A name that stays taken is given up, where it may be. */
  #doubtName(): void {
    const nowMs = performance.now();
    this.#takenSinceMs ??= nowMs;
    if (this.#settings.keepsName || nowMs - this.#takenSinceMs < NAME_WAIT_MS) return;
    this.#lostName = this.#name;
    this.#name = undefined;
  }
}
