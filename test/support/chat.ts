// A chat server and its users over real sockets, that end with the test.
import { onTestFinished } from 'vitest';
import { type ConnectOptions, connect } from '../../src/connect.ts';
import type { Client, ClientEvent } from '../../src/core/client.ts';
import { type ChatServer, type ServeOptions, serve } from '../../src/serve.ts';
import { until } from './until.ts';

type Kind = ClientEvent['kind'];
type EventOf<K extends Kind> = Extract<ClientEvent, { kind: K }>;

/** A user who keeps everything that happens to him. */
export class User {
  readonly client: Client;
  readonly events: ClientEvent[];

  constructor(client: Client, events: ClientEvent[]) {
    this.client = client;
    this.events = events;
  }

  get name(): string {
    return this.client.name ?? '';
  }

  all<K extends Kind>(kind: K): EventOf<K>[] {
    return this.events.filter((event): event is EventOf<K> => event.kind === kind);
  }

  /** The first event of its kind, as soon as it is there. */
  async hears<K extends Kind>(kind: K): Promise<EventOf<K>> {
    await until(() => this.all(kind).length > 0, `${this.name} heard "${kind}"`);
    return this.all(kind)[0]!;
  }

  /** What was written to this user, and by whom. */
  get inbox(): string[] {
    return this.all('message').map(({ from, letter }) => `${from}: ${letter.body}`);
  }
}

export async function openChat(options: ServeOptions = {}): Promise<ChatServer> {
  const server = await serve({ port: 0, ...options });
  onTestFinished(() => server.close());
  return server;
}

export async function joinChat(
  { port }: { port: number },
  transport: string,
  options: Partial<ConnectOptions> = {},
): Promise<User> {
  const events: ClientEvent[] = [];
  const client = await connect({ port, transport, onEvent: (event) => events.push(event), ...options });
  onTestFinished(() => client.abort());
  return new User(client, events);
}

/** Two users who write to each other all the time, whatever happens to others. */
export class Bystanders {
  readonly #pair: readonly [User, User];
  readonly #timer: NodeJS.Timeout;
  #written = 0;

  constructor(pair: readonly [User, User]) {
    this.#pair = pair;
    this.#timer = setInterval(() => this.#write(), 2);
    onTestFinished(() => clearInterval(this.#timer));
  }

  /** Waits until they have written to each other for a while longer; answers what they should have read, and what they did. */
  async finish(): Promise<{ written: string[]; read: string[] }> {
    const enough = this.#written + 5;
    await until(() => this.#written >= enough, 'the bystanders wrote on');
    clearInterval(this.#timer);
    const [one, other] = this.#pair;
    const total = 2 * this.#written;
    await until(() => one.inbox.length + other.inbox.length >= total, 'the bystanders read all');
    const numbers = Array.from({ length: this.#written }, (_, number) => number);
    return {
      written: [...numbers.map((number) => `${other.name}: ${number}`), ...numbers.map((n) => `${one.name}: ${n}`)],
      read: [...one.inbox, ...other.inbox],
    };
  }

  #write(): void {
    const [one, other] = this.#pair;
    one.client.send({ to: other.name, body: String(this.#written) });
    other.client.send({ to: one.name, body: String(this.#written) });
    this.#written++;
  }
}
