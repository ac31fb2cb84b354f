// The server's end: accepts connections and makes each a channel.
import { createServer, type Server, type Socket } from 'node:net';
import { sweepIntervalMs } from '../core/keep-alive.ts';
import { machineFault } from '../core/machine-fault.ts';
import { DEFAULT_QUEUE_LIMIT_BYTES, DEFAULT_TIMING, type Listener, type ListenOptions } from '../core/transport.ts';
import { TickFlusher } from './outbox.ts';
import { TCP } from './promises.ts';
import { TcpChannel } from './tcp-channel.ts';

export async function listen(options: ListenOptions): Promise<Listener> {
  const { host, clock } = options;
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  const channels = new Set<TcpChannel>();
  const flusher = new TickFlusher();

  const server = createServer({ noDelay: options.noDelay ?? true }, (socket: Socket) => {
    const channel = new TcpChannel({
      socket,
      clock,
      timing,
      queueLimitBytes: options.queueLimitBytes ?? DEFAULT_QUEUE_LIMIT_BYTES,
      flusher,
      farewell: options.farewell,
    });
    channels.add(channel);
    socket.once('close', () => channels.delete(channel));
    channel.start(options.accept(channel));
  });

  const port = await bind(server, options);
  const sweeper = setInterval(() => {
    const nowNs = clock();
    for (const channel of channels) channel.sweep(nowNs);
  }, sweepIntervalMs(timing));

  const close = () =>
    new Promise<void>((resolve) => {
      clearInterval(sweeper);
      server.close(() => resolve());
      for (const channel of channels) if (!channel.isClosing) channel.abort();
    });
  options.signal?.addEventListener('abort', () => void close(), { once: true });
  return { host, port, close };
}

function bind(server: Server, options: ListenOptions): Promise<number> {
  const { host, port, signal } = options;
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(machineFault(error, { transport: TCP, host, port }));
    if (signal?.aborted) return fail({ code: 'ABORT_ERR' });
    server.once('error', fail);
    server.listen({ host, port }, () => {
      server.off('error', fail);
      // Later errors (no file descriptor left for one client) must not end the server for the others.
      server.on('error', () => {});
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
