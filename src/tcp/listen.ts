// The server's end: accepts connections and makes each a channel.
import { createServer, type Server, type Socket } from 'node:net';
import { sweepInParts } from '../core/keep-alive.ts';
import { codeOf, machineFault } from '../core/machine-fault.ts';
import { Rounds } from '../core/rounds.ts';
import { seldom } from '../core/seldom.ts';
import { DEFAULT_QUEUE_LIMIT_BYTES, DEFAULT_TIMING, type Listener, type ListenOptions } from '../core/transport.ts';
import { TickFlusher } from './outbox.ts';
import { TCP } from './promises.ts';
import { type Room, roomForConnections } from './room.ts';
import { TcpChannel } from './tcp-channel.ts';
import { MAX_UNSETTLED, Unsettled } from './unsettled.ts';

const evictedBy = (most: number) => `more than ${most} connections have not joined, and it was the oldest of them`;

export async function listen(options: ListenOptions): Promise<Listener> {
  const { host, clock, signal } = options;
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  const channels = new Set<TcpChannel>();
  const flusher = new TickFlusher();
  const room = roomForConnections();
  const unsettled = new Unsettled(Math.min(MAX_UNSETTLED, Math.ceil((room?.connections ?? MAX_UNSETTLED) / 2)));

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
    if (evicted !== undefined) options.onStray?.(evicted.remote, evictedBy(unsettled.most));
  });

  const port = await bind(server, options).catch((error: unknown) => {
    throw machineFault(error, { transport: TCP, host, port: options.port });
  });
  tellOfFaults(server, options, room);
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
  const held = () => ({ channels: channels.size, remembered: unsettled.count });
  return { host, port, held, close };
}

/** What costs one client must not end the server for the others; and it may happen a thousand times a second. */
function tellOfFaults(server: Server, { clock, onStray }: ListenOptions, room: Room | undefined): void {
  const tell = seldom((why) => onStray?.('', why), clock);
  server.on('error', (error) => tell(codeOf(error), error.message));
  if (room === undefined) return;
  server.maxConnections = room.connections;
  const why = `a connection was turned away, as no more than ${room.filesLimit} files may be open here; raise the limit (ulimit -n)`;
  server.on('drop', () => tell('drop', why));
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
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
    // Not before: `listen` throws where the port can't be.
    signal?.addEventListener('abort', abort, { once: true });
  });
}
