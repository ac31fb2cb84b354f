// The client's end: one connection, one channel.
import { connect as open } from 'node:net';
import { sweepIntervalMs } from '../core/keep-alive.ts';
import { machineFault } from '../core/machine-fault.ts';
import { type Channel, type ConnectOptions, DEFAULT_QUEUE_LIMIT_BYTES, DEFAULT_TIMING } from '../core/transport.ts';
import { TickFlusher } from './outbox.ts';
import { TCP } from './promises.ts';
import { TcpChannel } from './tcp-channel.ts';

/** One write per tick holds for all connections of this process. */
const flusher = new TickFlusher();

export function connect(options: ConnectOptions): Promise<Channel> {
  const { host, port, clock, signal } = options;
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  return new Promise((resolve, reject) => {
    const socket = open({ host, port, noDelay: options.noDelay ?? true });
    const fail = (error: unknown) => {
      clearTimeout(limit);
      socket.destroy();
      reject(machineFault(error, { transport: TCP, host, port }));
    };
    const abort = () => fail({ code: 'ABORT_ERR' });
    const limit = setTimeout(() => fail({ code: 'ETIMEDOUT' }), timing.connectLimitMs);
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort, { once: true });
    socket.once('error', fail);
    socket.once('connect', () => {
      clearTimeout(limit);
      socket.off('error', fail);
      signal?.removeEventListener('abort', abort);
      const queueLimitBytes = options.queueLimitBytes ?? DEFAULT_QUEUE_LIMIT_BYTES;
      const channel = new TcpChannel({ socket, clock, timing, queueLimitBytes, flusher });
      const sweeper = setInterval(() => channel.sweep(clock()), sweepIntervalMs(timing));
      socket.once('close', () => clearInterval(sweeper));
      channel.start(options.accept(channel));
      channel.send(options.opening);
      resolve(channel);
    });
  });
}
