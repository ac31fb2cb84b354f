// The server's end: accepts connections and makes each a channel.
import { createServer, type Server, type Socket } from 'node:net';
import { sweepInParts } from '../core/keep-alive.ts';
import { machineFault } from '../core/machine-fault.ts';
import { Rounds } from '../core/rounds.ts';
import { DEFAULT_QUEUE_LIMIT_BYTES, DEFAULT_TIMING, type Listener, type ListenOptions } from '../core/transport.ts';
import { TickFlusher } from './outbox.ts';
import { TCP } from './promises.ts';
import { TcpChannel } from './tcp-channel.ts';
import { MAX_UNSETTLED, Unsettled } from './unsettled.ts';

const EVICTED = `more than ${MAX_UNSETTLED} connections have not joined, and it was the oldest of them`;

export async function listen(options: ListenOptions): Promise<Listener> {
  const { host, clock, signal } = options;
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  const channels = new Set<TcpChannel>();
  const flusher = new TickFlusher();
  const unsettled = new Unsettled();

  const server = createServer({ noDelay: options.noDelay ?? true, allowHalfOpen: true }, (socket: Socket) => {
    const channel = new TcpChannel({
      socket,
      clock,
      timing,
      queueLimitBytes: options.queueLimitBytes ?? DEFAULT_QUEUE_LIMIT_BYTES,
      flusher,
      batching: options.batching ?? true,
      farewell: options.farewell,
      maxOpeningBytes: options.maxOpeningBytes,
    });
    channels.add(channel);
    socket.once('close', () => {
      channels.delete(channel);
      unsettled.delete(channel);
    });
    channel.start(options.accept(channel));
    const evicted = unsettled.add(channel);
    if (evicted !== undefined) options.onStray?.(evicted.remote, EVICTED);
  });

  const port = await bind(server, options).catch((error: unknown) => {
    throw machineFault(error, { transport: TCP, host, port: options.port });
  });
  const { everyMs, parts } = sweepInParts(timing);
  const rounds = new Rounds(channels, parts);
  const sweeper = setInterval(() => {
    const nowNs = clock();
    rounds.next((channel) => channel.sweep(nowNs));
    unsettled.prune();
  }, everyMs);

  let ended: Promise<void> | undefined;
  const end = () =>
    new Promise<void>((resolve) => {
      signal?.removeEventListener('abort', close);
      clearInterval(sweeper);
      server.close(() => resolve());
      for (const channel of channels) if (!channel.isClosing) channel.abort();
    });
  const close = () => {
    ended ??= end();
    return ended;
  };
  signal?.addEventListener('abort', close, { once: true });
  return { host, port, close };
}

/**
 * Answers the port, or rejects with something that has a `code`. A stop that comes while the host's name is looked up
 * takes effect at once for the caller.
 */
function bind(server: Server, options: ListenOptions): Promise<number> {
  const { host, port, signal } = options;
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      signal?.removeEventListener('abort', abort);
      reject(error);
    };
    const abort = () => fail({ code: 'ABORT_ERR' });
    if (signal?.aborted) return abort();
    server.once('error', fail);
    server.listen({ host, port }, () => {
      signal?.removeEventListener('abort', abort);
      if (signal?.aborted) return void server.close();
      server.off('error', fail);
      // Later errors (no file descriptor left for one client) must not end the server for the others.
      server.on('error', (error) => options.onStray?.('', error.message));
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
    // Not before: `listen` throws where the port can't be.
    signal?.addEventListener('abort', abort, { once: true });
  });
}
