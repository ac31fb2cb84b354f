// The client's end: one connection, one channel.
import { connect as open, type Socket } from 'node:net';
import { sweepIntervalMs } from '../core/keep-alive.ts';
import { machineFault } from '../core/machine-fault.ts';
import {
  type Channel,
  type ConnectOptions,
  DEFAULT_QUEUE_LIMIT_BYTES,
  DEFAULT_TIMING,
  type Timing,
} from '../core/transport.ts';
import { TickFlusher } from './outbox.ts';
import { TCP } from './promises.ts';
import { LONGEST_TIMER_MS, requireFits, TcpChannel } from './tcp-channel.ts';

/** One write per tick holds for all connections of this process. */
const flusher = new TickFlusher();

export async function connect(options: ConnectOptions): Promise<Channel> {
  requireFits(options.opening.length);
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  try {
    return await reach(options, timing.connectLimitMs, (socket) => openChannel(socket, timing, options));
  } catch (error) {
    throw machineFault(error, { transport: TCP, host: options.host, port: options.port });
  }
}

/**
 * Rejects with something that has a `code`.
 * @param use called as soon as the socket is connected: a turn later nobody would have heard of its first fault
 */
function reach<T>(options: ConnectOptions, limitMs: number, use: (socket: Socket) => T): Promise<T> {
  const { host, port, signal } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject({ code: 'ABORT_ERR' });
    // Node says so as well, but leaves the socket that it made.
    if (!(port >= 0 && port <= 65_535)) return reject({ code: 'ERR_SOCKET_BAD_PORT' });
    const socket = open({ host, port, noDelay: options.noDelay ?? true, allowHalfOpen: true });
    const stop = () => {
      clearTimeout(limit);
      socket.off('error', fail);
      signal?.removeEventListener('abort', abort);
    };
    const fail = (error: unknown) => {
      stop();
      socket.destroy();
      reject(error);
    };
    const abort = () => fail({ code: 'ABORT_ERR' });
    const limit = setTimeout(() => fail({ code: 'ETIMEDOUT' }), Math.min(limitMs, LONGEST_TIMER_MS));
    signal?.addEventListener('abort', abort, { once: true });
    socket.once('error', fail);
    socket.once('connect', () => {
      stop();
      resolve(use(socket));
    });
  });
}

function openChannel(socket: Socket, timing: Timing, options: ConnectOptions): Channel {
  const { clock } = options;
  const queueLimitBytes = options.queueLimitBytes ?? DEFAULT_QUEUE_LIMIT_BYTES;
  const batching = options.batching ?? true;
  const channel = new TcpChannel({ socket, clock, timing, queueLimitBytes, flusher, batching });
  const sweeper = setInterval(() => channel.sweep(clock()), sweepIntervalMs(timing));
  socket.once('close', () => clearInterval(sweeper));
  // Before `accept`, which may send already.
  channel.send(options.opening);
  channel.start(options.accept(channel));
  return channel;
}
