// A simulated user: joined to the chat, sends when told, and hands up what comes for him.
import type { Client, ClientEvent } from '../../core/client.ts';
import type { Knobs } from '../scenario/scenario.ts';

/** Joins the chat as one user; resolves when the server has given a name. */
export type Join = (to: ServerAddress, knobs: Knobs, onEvent: (event: ClientEvent) => void) => Promise<Client>;

export interface ServerAddress {
  readonly transport: string;
  readonly host: string;
  readonly port: number;
}

export type OnBody = (user: User, body: Uint8Array, arrivedAtNs: number, toAll: boolean) => void;

export class User {
  /** His place among all users of the trial. */
  readonly index: number;
  onBody: OnBody = () => {};
  onEnd: () => void = () => {};
  /** His transport, which took no more, takes again. */
  onDrained: () => void = () => {};
  setUpMs = Number.NaN;
  endedAtNs: number | undefined;
  readonly #clock: () => number;
  #client: Client | undefined;
  #refused = 0;

  constructor(index: number, clock: () => number) {
    this.index = index;
    this.#clock = clock;
  }

  async join(join: Join, server: ServerAddress, knobs: Knobs): Promise<void> {
    const startNs = this.#clock();
    this.#client = await join(server, knobs, (event) => this.#hear(event));
    this.setUpMs = (this.#clock() - startNs) / 1e6;
  }

  get name(): string {
    return this.#client?.name ?? '';
  }

  /** The client's end; 0 where his transport has none of its own. */
  get port(): number {
    return this.#client?.localPort ?? 0;
  }

  get hasStream(): boolean {
    return this.#client?.stream !== undefined;
  }

  get streamSentBytes(): number {
    return this.#client?.stream?.sentBytes ?? 0;
  }

  /** To the end of the frame that is being handed up. */
  get streamReceivedBytes(): number {
    return this.#client?.stream?.receivedBytes ?? 0;
  }

  /** Of that frame, its length's own bytes included. */
  get streamFrameBytes(): number {
    return this.#client?.stream?.frameBytes ?? 0;
  }

  /** Whether the transport took it. */
  send(to: string, body: Uint8Array): boolean {
    const outcome = this.#client?.send({ to, body }).outcome;
    return outcome === 'sent' || outcome === 'queued';
  }

  takeRefused(): number {
    const refused = this.#refused;
    this.#refused = 0;
    return refused;
  }

  leave(): void {
    this.onBody = () => {};
    this.onDrained = () => {};
    this.#client?.close();
  }

  #hear(event: ClientEvent): void {
    switch (event.kind) {
      case 'message':
        return this.onBody(this, event.letter.bodyBytes, event.arrivedAtNs, event.toAll);
      case 'refused':
        this.#refused++;
        return;
      case 'drained':
        return this.onDrained();
      case 'closed':
        this.endedAtNs = this.#clock();
        return this.onEnd();
      default:
        return;
    }
  }
}
