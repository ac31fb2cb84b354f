// The client's end: one socket, one session. The socket is "connected" to the server's address in the kernel's sense: it
// takes datagrams from there alone. That is no connection in TCP's sense: no packet was exchanged for it.
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:dgram';
import { sweepIntervalMs } from '../core/keep-alive.ts';
import { codeOf, formatAddress, machineFault } from '../core/machine-fault.ts';
import { type Channel, type ConnectOptions, DEFAULT_QUEUE_LIMIT_BYTES, DEFAULT_TIMING } from '../core/transport.ts';
import { NONCE_BYTES, parseDatagram } from './datagram.ts';
import { Handshake, type Joined } from './handshake.ts';
import { Outlet } from './outlet.ts';
import { UDP } from './promises.ts';
import { requireFits } from './udp-channel.ts';
import { clientChannel, hearAnswer, receiveAsClient } from './udp-client.ts';
import { type Address, openSocket, resolveHost } from './udp-socket.ts';

export async function connect(options: ConnectOptions): Promise<Channel> {
  const { host, port, signal } = options;
  requireFits(options.opening.length);
  try {
    const [first, ...others] = await resolveHost(host, signal);
    return openChannel(await joinAnyOf(first, others, options), options);
  } catch (error) {
    throw machineFault(error, { transport: UDP, host, port });
  }
}

/** A socket over which the server has answered. */
interface Association {
  readonly socket: Socket;
  readonly joined: Joined;
  readonly joinedAtNs: number;
}

/** A host may have addresses at which nobody listens, as `localhost` has where the server listens on one of its two. */
async function joinAnyOf(first: Address, others: Address[], options: ConnectOptions): Promise<Association> {
  try {
    return await joinAt(first, options);
  } catch (error) {
    const [next, ...rest] = others;
    if (next === undefined || !NOBODY_THERE.has(codeOf(error))) throw error;
    return joinAnyOf(next, rest, options);
  }
}

const NOBODY_THERE: ReadonlySet<string> = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL']);

async function joinAt(address: Address, options: ConnectOptions): Promise<Association> {
  const socket = openSocket(address, options.receiveBufferBytes);
  try {
    await associate(socket, address.address, options.port);
    return await handshake(socket, options);
  } catch (error) {
    socket.close();
    throw error;
  }
}

function associate(socket: Socket, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    // Where the socket can't even be bound, Node calls nobody back.
    socket.once('error', reject);
    // Node's types leave out the error that the callback is given.
    const done = (error?: Error) => {
      socket.off('error', reject);
      if (error === undefined) resolve();
      else reject(error);
    };
    socket.connect(port, address, done);
  });
}

/** How often the network may say that the port is closed before joining is given up. */
const REFUSALS_BELIEVED = 3;

/** Drives the handshake with a timer and the socket until it is over. Rejects with something that has a `code`. */
function handshake(socket: Socket, { clock, signal, opening, timing }: ConnectOptions): Promise<Association> {
  const limitMs = timing?.connectLimitMs ?? DEFAULT_TIMING.connectLimitMs;
  const machine = new Handshake(randomBytes(NONCE_BYTES), opening, clock(), limitMs);
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    let refusals = 0;
    const stop = () => {
      clearTimeout(timer);
      socket.off('message', receive).off('error', refused);
      signal?.removeEventListener('abort', abort);
    };
    const fail = (error: unknown) => {
      stop();
      reject(error);
    };
    const abort = () => fail({ code: 'ABORT_ERR' });
    const refused = (error: Error) => {
      if (codeOf(error) !== 'ECONNREFUSED' || ++refusals >= REFUSALS_BELIEVED) fail(error);
    };
    const step = (nowNs: number) => {
      clearTimeout(timer);
      machine.expire(nowNs);
      const { outcome } = machine;
      if (outcome.kind === 'expired') return fail({ code: 'ETIMEDOUT' });
      if (outcome.kind !== 'pending') {
        stop();
        return resolve({ socket, joined: outcome, joinedAtNs: nowNs });
      }
      const due = machine.poll(nowNs);
      if (due !== undefined) socket.send(due, (error) => error !== null && refused(error));
      timer = setTimeout(() => step(clock()), Math.max(0, (machine.deadline() - nowNs) / 1e6));
    };
    const receive = (bytes: Uint8Array) => {
      const arrivedAtNs = clock();
      machine.receive(parseDatagram(bytes), arrivedAtNs);
      step(arrivedAtNs);
    };
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort, { once: true });
    socket.on('message', receive).on('error', refused);
    step(clock());
  });
}

/** The channel of a session, or of one that the server denied: that one hears the reason and ends. */
function openChannel({ socket, joined, joinedAtNs }: Association, options: ConnectOptions): Channel {
  const { clock } = options;
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  const queueLimitBytes = options.queueLimitBytes ?? DEFAULT_QUEUE_LIMIT_BYTES;
  const outlet = new Outlet(socket, queueLimitBytes, ignore);
  const channel = clientChannel({
    joined,
    joinedAtNs,
    remote: formatAddress(options.host, options.port),
    localPort: socket.address().port,
    queueLimitBytes,
    send: (datagram) => outlet.send(datagram),
    whenDrained: (tell) => outlet.whenDrained(tell),
    release: () => {
      clearInterval(sweeper);
      void outlet.close(timing.lingerMs);
    },
  });
  const sweeper = setInterval(() => channel.sweep(clock(), timing), sweepIntervalMs(timing));
  socket.on('message', (bytes) => receiveAsClient(channel, parseDatagram(bytes), clock()));
  // An unreachable port is a hint that anybody may forge; silence is what ends a session.
  socket.on('error', ignore);
  channel.start(options.accept(channel));
  hearAnswer(channel, joined, joinedAtNs);
  return channel;
}

function ignore(): void {}
