// The chat server: one router behind a listener for each transport, all on one port.

import { MAX_OPENING_BYTES } from './core/limits.ts';
import { codeOf, machineFault } from './core/machine-fault.ts';
import { Router, type RouterOptions } from './core/router.ts';
import { encodeFarewell } from './core/server-frame.ts';
import type { Held, Listener, Timing } from './core/transport.ts';
import { monotonicNs } from './monotonic.ts';
import type { SharedSecret } from './shared-secret.ts';
import { findTransport } from './transports.ts';

export const DEFAULT_PORT = 44765;
export const DEFAULT_HOST = '127.0.0.1';

export interface ServeOptions extends Omit<RouterOptions, 'gate'> {
  /** Lets in only who knows it. */
  readonly secret?: SharedSecret | undefined;
  /** Names of transports; default: all that matter to a chat, `tcp` and `udp`. */
  readonly transports?: readonly string[];
  readonly host?: string;
  /** 0 takes a port that is free for every transport. */
  readonly port?: number;
  readonly timing?: Partial<Timing>;
  readonly queueLimitBytes?: number;
  readonly noDelay?: boolean | undefined;
  readonly batching?: boolean | undefined;
  readonly receiveBufferBytes?: number | undefined;
  /** Told of bytes that belong to no user and were dropped. */
  readonly onStray?: (remote: string, why: string) => void;
  /** Closes the server, as `close()` does. */
  readonly signal?: AbortSignal;
}

export interface ChatServer {
  readonly host: string;
  readonly port: number;
  readonly transports: readonly string[];
  readonly userCount: number;
  /** What its listeners keep, all together. */
  readonly held: Held;
  /** Tells every user why, then ends. */
  close(why?: string): Promise<void>;
}

/** @throws MachineError where the address can't be listened on, CallerError for a transport that does not exist */
export async function serve(options: ServeOptions = {}): Promise<ChatServer> {
  const { transports = ['tcp', 'udp'], host = DEFAULT_HOST, port = DEFAULT_PORT } = options;
  // A name that is wrong is wrong before any port is taken.
  for (const name of transports) findTransport(name);
  const router = new Router({ ...options, gate: options.secret?.gate() });
  const listeners = await listenOnAll(transports, host, port, options, router);
  const abort = () => void close();
  const close = async (why = '') => {
    options.signal?.removeEventListener('abort', abort);
    router.shutDown(why);
    await closeAll(listeners);
  };
  if (options.signal?.aborted) {
    await close();
    throw machineFault({ code: 'ABORT_ERR' }, { transport: transports.join(' and '), host, port });
  }
  options.signal?.addEventListener('abort', abort, { once: true });
  return {
    host,
    port: listeners[0]?.port ?? port,
    transports,
    get userCount() {
      return router.userCount;
    },
    get held() {
      return listeners.map((listener) => listener.held()).reduce(sum);
    },
    close,
  };
}

function sum(one: Held, other: Held): Held {
  return { channels: one.channels + other.channels, remembered: one.remembered + other.remembered };
}

/** How often another free port is tried where one that is free for the first transport is taken for the second. */
const FREE_PORT_TRIES = 20;

async function listenOnAll(
  names: readonly string[],
  host: string,
  port: number,
  options: ServeOptions,
  router: Router,
  triesLeft = port === 0 ? FREE_PORT_TRIES : 0,
): Promise<Listener[]> {
  const listeners: Listener[] = [];
  try {
    for (const name of names) {
      listeners.push(
        await findTransport(name).listen({
          host,
          port: listeners[0]?.port ?? port,
          clock: monotonicNs,
          timing: options.timing,
          queueLimitBytes: options.queueLimitBytes,
          noDelay: options.noDelay,
          batching: options.batching,
          receiveBufferBytes: options.receiveBufferBytes,
          onStray: options.onStray,
          accept: (channel) => router.accept(channel),
          farewell: encodeFarewell,
          maxOpeningBytes: MAX_OPENING_BYTES,
        }),
      );
    }
    return listeners;
  } catch (error) {
    await closeAll(listeners);
    if (triesLeft === 0 || listeners.length === 0 || codeOf(error) !== 'EADDRINUSE') throw error;
    return listenOnAll(names, host, port, options, router, triesLeft - 1);
  }
}

async function closeAll(listeners: readonly Listener[]): Promise<void> {
  await Promise.all(listeners.map((listener) => listener.close()));
}
