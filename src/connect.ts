// A user of the chat: joins a server over any transport, and is told of everything as events.
import { Client, type ClientEvent } from './core/client.ts';
import { PeerError } from './core/errors.ts';
import { type Endpoint, machineFault } from './core/machine-fault.ts';
import { describeFarewell, describeRefusal } from './core/refusal.ts';
import { type Channel, DEFAULT_TIMING, type Timing } from './core/transport.ts';
import { monotonicNs } from './monotonic.ts';
import { DEFAULT_HOST, DEFAULT_PORT } from './serve.ts';
import { findTransport } from './transports.ts';

export interface ConnectOptions {
  readonly transport: string;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** The name to ask for; without one the server gives `Usuario0`, `Usuario1`, … */
  readonly name?: string | undefined;
  /** Whether to be told of others who join and leave. */
  readonly wantsPresence?: boolean | undefined;
  readonly onEvent?: ((event: ClientEvent) => void) | undefined;
  readonly timing?: Partial<Timing> | undefined;
  readonly queueLimitBytes?: number | undefined;
  readonly noDelay?: boolean | undefined;
  readonly batching?: boolean | undefined;
  readonly receiveBufferBytes?: number | undefined;
  /** Gives up joining; a client that has joined is ended with `close()`. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Resolves when the server has given a name.
 * @throws MachineError where nobody answers, PeerError where the server refuses, CallerError for a name that is not legal
 */
export async function connect(options: ConnectOptions): Promise<Client> {
  const { host = DEFAULT_HOST, port = DEFAULT_PORT } = options;
  let settle: (refusal?: PeerError) => void = () => {};
  const joined = new Promise<void>((resolve, reject) => {
    settle = (refusal) => (refusal === undefined ? resolve() : reject(refusal));
  });
  const onEvent = (event: ClientEvent) => {
    const refusal = refusalIn(event);
    if (event.kind === 'welcome' || refusal !== undefined) settle(refusal);
    options.onEvent?.(event);
  };
  const client = new Client({ name: options.name, wantsPresence: options.wantsPresence, onEvent });
  // Awaited below, but it may fail before that.
  joined.catch(() => {});
  const clock = monotonicNs;
  const giveUpAtNs = clock() + (options.timing?.connectLimitMs ?? DEFAULT_TIMING.connectLimitMs) * 1e6;
  const accept = (channel: Channel) => client.attach(channel);
  await findTransport(options.transport).connect({ ...options, host, port, clock, opening: client.opening(), accept });
  try {
    await before((giveUpAtNs - clock()) / 1e6, joined, { ...options, host, port });
    return client;
  } catch (error) {
    client.abort();
    throw error;
  }
}

/** A server may accept and then say nothing: rejects when the time to join is over, or when the caller's signal comes. */
function before(limitMs: number, joined: Promise<void>, at: ConnectOptions & Endpoint): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(timer);
      at.signal?.removeEventListener('abort', abort);
      act();
    };
    const fail = (code: string) => settle(() => reject(machineFault({ code }, at)));
    const abort = () => fail('ABORT_ERR');
    const timer = setTimeout(() => fail('ETIMEDOUT'), Math.min(Math.max(0, limitMs), LONGEST_TIMER_MS));
    if (at.signal?.aborted) return abort();
    at.signal?.addEventListener('abort', abort, { once: true });
    joined.then(
      () => settle(resolve),
      (error) => settle(() => reject(error)),
    );
  });
}

/** Node's timers end at once where they are asked to wait longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What ends an attempt to join; after joining it changes nothing here. */
function refusalIn(event: ClientEvent): PeerError | undefined {
  switch (event.kind) {
    case 'refused':
      return new PeerError(event.code, describeRefusal(event.code, event.about), event.about);
    case 'bye':
      return new PeerError(event.code, describeFarewell(event.code, event.about), event.about);
    case 'malformed':
      return new PeerError(
        'malformed',
        `The server sent a frame that could not be read: ${event.why}. Is it a chat server?`,
      );
    case 'wrong-version':
      return new PeerError(
        'wrong-version',
        `The server speaks version ${event.version} of the protocol, which this program does not.`,
      );
    case 'closed':
      return new PeerError('closed', 'The server ended the connection before it answered. Is it a chat server?');
    default:
      return undefined;
  }
}
