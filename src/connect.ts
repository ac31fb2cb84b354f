// A user of the chat: joins a server over any transport, and is told of everything as events.
import { Client, type ClientEvent } from './core/client.ts';
import { PeerError } from './core/errors.ts';
import type { JoinProof } from './core/gate.ts';
import { type Endpoint, machineFault } from './core/machine-fault.ts';
import { describeFarewell, describeRefusal } from './core/refusal.ts';
import { type Channel, DEFAULT_TIMING, type Timing } from './core/transport.ts';
import { monotonicNs } from './monotonic.ts';
import { DEFAULT_HOST, DEFAULT_PORT } from './serve.ts';
import type { SharedSecret } from './shared-secret.ts';
import { findTransport } from './transports.ts';

export interface ConnectOptions {
  readonly transport: string;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** The name to ask for; without one the server gives `Usuario0`, `Usuario1`, … */
  readonly name?: string | undefined;
  /** Shared with the server, which has to know it, too. */
  readonly secret?: SharedSecret | undefined;
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
 * @throws MachineError where nobody answers, PeerError where the server refuses or can't prove that it knows the secret,
 * CallerError for a name that is not legal
 */
export async function connect(options: ConnectOptions): Promise<Client> {
  const { secret, name = '', wantsPresence = false } = options;
  const giveUpAtNs = monotonicNs() + (options.timing?.connectLimitMs ?? DEFAULT_TIMING.connectLimitMs) * 1e6;
  const first = await join(options, giveUpAtNs);
  if (first.challenge === undefined) return first.client;
  if (secret === undefined) throw new PeerError('secret-needed', SECRET_NEEDED);
  const proof = secret.answer(first.challenge, { name, wantsPresence });
  const second = await join(options, giveUpAtNs, proof);
  if (second.challenge === undefined) return second.client;
  throw new PeerError('closed', 'The server asked for its secret again when it was answered. Is it a chat server?');
}

/** A client that was welcomed, or the server's challenge, with which a client ends. */
interface Joined {
  readonly client: Client;
  readonly challenge: Uint8Array | undefined;
}

async function join(options: ConnectOptions, giveUpAtNs: number, proof?: JoinProof): Promise<Joined> {
  const { host = DEFAULT_HOST, port = DEFAULT_PORT, name, wantsPresence } = options;
  let settle: (end: Uint8Array | PeerError | undefined) => void = () => {};
  const answered = new Promise<Uint8Array | undefined>((resolve, reject) => {
    settle = (end) => (end instanceof PeerError ? reject(end) : resolve(end));
  });
  let wasChallenged = false;
  const onEvent = (event: ClientEvent) => {
    // Nobody was here who could hear of an end.
    if (wasChallenged) return;
    if (event.kind === 'challenge' && client.name === undefined) {
      wasChallenged = true;
      return settle(event.challenge);
    }
    const refusal = refusalIn(event, options, proof);
    if (event.kind === 'welcome' || refusal !== undefined) settle(refusal);
    if (refusal === undefined || event.kind !== 'welcome') options.onEvent?.(event);
  };
  const client = new Client({ name, wantsPresence, proof, onEvent });
  // Awaited below, but it may fail before that.
  answered.catch(() => {});
  const clock = monotonicNs;
  const accept = (channel: Channel) => client.attach(channel);
  const leftMs = () => (giveUpAtNs - clock()) / 1e6;
  const timing = { ...options.timing, connectLimitMs: leftMs() };
  await findTransport(options.transport).connect({
    ...options,
    timing,
    host,
    port,
    clock,
    opening: client.opening(),
    accept,
  });
  try {
    const challenge = await before(leftMs(), answered, { ...options, host, port });
    if (challenge !== undefined) client.close();
    return { client, challenge };
  } catch (error) {
    // A server that welcomed him, and is not trusted, should not keep his name: without a connection it would not notice.
    if (client.name === undefined) client.abort();
    else client.close();
    throw error;
  }
}

/** A server may accept and then say nothing: rejects when the time to join is over, or when the caller's signal comes. */
function before<T>(limitMs: number, answered: Promise<T>, at: ConnectOptions & Endpoint): Promise<T> {
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
    answered.then(
      (value) => settle(() => resolve(value)),
      (error) => settle(() => reject(error)),
    );
  });
}

/** Node's timers end at once where they are asked to wait longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const SECRET_NEEDED =
  'The server lets in only who knows its secret. Ask whoever runs it for the file, and give it with --secret-file.';

/** What ends an attempt to join; after joining it changes nothing here. */
function refusalIn(
  event: ClientEvent,
  { secret }: ConnectOptions,
  proof: JoinProof | undefined,
): PeerError | undefined {
  switch (event.kind) {
    case 'welcome':
      return secret === undefined ? undefined : doubtIn(event, secret, proof);
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

/** A server that lets in who has a secret must know it itself: else it is another one than was meant. */
function doubtIn(
  welcome: Extract<ClientEvent, { kind: 'welcome' }>,
  secret: SharedSecret,
  proof: JoinProof | undefined,
): PeerError | undefined {
  if (proof === undefined) return new PeerError('secret-unasked', SECRET_UNASKED);
  return secret.isServers(welcome.proof, welcome.name, proof) ? undefined : new PeerError('server-unproved', UNPROVED);
}

const SECRET_UNASKED =
  'The server asks nobody for a secret, so it may not be the one you mean. Leave --secret-file out to join it all the same.';
const UNPROVED =
  'The server took the proof but does not know the secret itself, so it is not the one you mean. Nothing was said to it.';
