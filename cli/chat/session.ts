// A connection that comes back: when it ends without having been asked to, it is made again after a while, under the same
// name if that is free.
import { connect } from '../../src/connect.ts';
import type { Client, ClientEvent, OutgoingMessage, Sent } from '../../src/core/client.ts';
import { PeerError } from '../../src/core/errors.ts';
import { describeCause } from './describe-cause.ts';

export interface SessionSettings {
  readonly transport: string;
  readonly host: string;
  readonly port: number;
  readonly name: string | undefined;
}

export interface SessionEvents {
  heard(event: ClientEvent): void;
  /** @param waitMs until the next attempt */
  down(why: string, attempt: number, waitMs: number): void;
  back(name: string): void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

export class ChatSession {
  readonly #settings: SessionSettings;
  readonly #events: SessionEvents;
  #client: Client | undefined;
  #name: string | undefined;
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
    this.#client = await this.#connect(this.#name);
    return this.#client.name ?? '';
  }

  get isUp(): boolean {
    return this.#client !== undefined;
  }

  /** Undefined while there is no connection. @throws CallerError naming the limit that the message breaks */
  send(message: OutgoingMessage): Sent | undefined {
    return this.#client?.send(message);
  }

  who(): void {
    this.#client?.who();
  }

  ping(nowNs: number): void {
    this.#client?.ping(nowNs);
  }

  /** Leaves, and joins again under another name. @throws PeerError, MachineError or CallerError; then the old one is gone */
  rename(name: string): void {
    this.#name = name;
    this.#client?.close();
  }

  leave(): void {
    this.#isLeaving = true;
    clearTimeout(this.#timer);
    this.#client?.close();
  }

  #connect(name: string | undefined): Promise<Client> {
    return connect({ ...this.#settings, name, wantsPresence: true, onEvent: (event) => this.#hear(event) });
  }

  #hear(event: ClientEvent): void {
    if (event.kind === 'bye') this.#farewell = event.about;
    if (event.kind === 'closed' && this.#client !== undefined && !this.#isLeaving) {
      this.#client = undefined;
      this.#wait(this.#farewell || describeCause(event.cause));
      this.#farewell = undefined;
    }
    this.#events.heard(event);
  }

  #wait(why: string): void {
    const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#attempt);
    this.#attempt++;
    this.#events.down(why, this.#attempt, waitMs);
    this.#timer = setTimeout(() => void this.#again(), waitMs);
  }

  async #again(): Promise<void> {
    try {
      this.#client = await this.#connect(this.#name);
    } catch (error) {
      if (this.#isLeaving) return;
      // The name is taken, or not to be had: whoever was here stays here under another.
      if (error instanceof PeerError) this.#name = undefined;
      return this.#wait((error as Error).message);
    }
    if (this.#isLeaving) return this.#client.close();
    this.#attempt = 0;
    this.#events.back(this.#client.name ?? '');
  }
}
