// The server's end: one socket, many sessions.
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:dgram';
import { sweepInParts } from '../core/keep-alive.ts';
import { codeOf, machineFault } from '../core/machine-fault.ts';
import { seldom } from '../core/seldom.ts';
import { DEFAULT_QUEUE_LIMIT_BYTES, DEFAULT_TIMING, type Listener, type ListenOptions } from '../core/transport.ts';
import { Outlet } from './outlet.ts';
import { UDP } from './promises.ts';
import { UdpServer } from './udp-server.ts';
import { type Address, openSocket, resolveHost } from './udp-socket.ts';

export async function listen(options: ListenOptions): Promise<Listener> {
  const { host, signal } = options;
  const socket = await bind(options);
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  const { clock, onStray } = options;
  const queueLimitBytes = options.queueLimitBytes ?? DEFAULT_QUEUE_LIMIT_BYTES;
  const tell = seldom((why) => onStray?.('', why), clock);
  const complain = (error: Error) => tell(codeOf(error), error.message);
  const outlet = new Outlet(socket, queueLimitBytes, complain);
  const server = new UdpServer({
    clock,
    chance: randomBytes,
    timing,
    queueLimitBytes,
    send: (datagram, toPort, address) => outlet.send(datagram, toPort, address),
    whenDrained: (tell) => outlet.whenDrained(tell),
    accept: options.accept,
    farewell: options.farewell,
    maxOpeningBytes: options.maxOpeningBytes,
    onStray,
  });
  socket.on('message', (bytes, from) => server.receive(bytes, from, clock()));
  // An error here is about one datagram (a route gone, a buffer full), never about the server.
  socket.on('error', complain);
  const sweeper = setInterval(() => server.sweep(clock()), sweepInParts(timing).everyMs);
  let ended: Promise<void> | undefined;
  const end = () => {
    signal?.removeEventListener('abort', close);
    clearInterval(sweeper);
    server.abort();
    return outlet.close(timing.lingerMs);
  };
  const close = () => {
    ended ??= end();
    return ended;
  };
  signal?.addEventListener('abort', close, { once: true });
  const held = () => ({ channels: server.sessionCount, remembered: server.rememberedCount });
  return { host, port: socket.address().port, held, close };
}

async function bind(options: ListenOptions): Promise<Socket> {
  const { host, port, signal } = options;
  try {
    const [address] = await resolveHost(host, signal);
    const socket = await openBound(address, options);
    if (!signal?.aborted) return socket;
    socket.close();
  } catch (error) {
    throw machineFault(error, { transport: UDP, host, port });
  }
  throw machineFault({ code: 'ABORT_ERR' }, { transport: UDP, host, port });
}

async function openBound(address: Address, { port, receiveBufferBytes }: ListenOptions): Promise<Socket> {
  const socket = openSocket(address, receiveBufferBytes);
  try {
    await bound(socket, address.address, port);
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}

function bound(socket: Socket, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    // Node would bind another port: this one modulo 65536.
    if (!(port >= 0 && port <= 65_535)) return reject({ code: 'ERR_SOCKET_BAD_PORT' });
    socket.once('error', reject);
    socket.bind({ port, address }, () => {
      socket.off('error', reject);
      resolve();
    });
  });
}
