// The server's end: one socket, many sessions.
import { randomBytes } from 'node:crypto';
import type { RemoteInfo, Socket } from 'node:dgram';
import { sweepIntervalMs } from '../core/keep-alive.ts';
import { formatAddress, machineFault } from '../core/machine-fault.ts';
import {
  DEFAULT_QUEUE_LIMIT_BYTES,
  DEFAULT_TIMING,
  type Listener,
  type ListenOptions,
  type Timing,
} from '../core/transport.ts';
import { COOKIE_LIFETIME_MS, CookieJar } from './cookie.ts';
import {
  type Datagram,
  encodeCookie,
  encodeDenied,
  encodeOpened,
  encodeUnknown,
  parseDatagram,
  sessionPrefix,
} from './datagram.ts';
import { join, Outlet } from './outlet.ts';
import { UDP } from './promises.ts';
import { readSessionId, SESSION_ID_BYTES, type SessionId } from './session-id.ts';
import { type ServerSession, Sessions } from './sessions.ts';
import { UdpChannel } from './udp-channel.ts';
import { type Address, openSocket, resolveHost } from './udp-socket.ts';

export async function listen(options: ListenOptions): Promise<Listener> {
  const { host, signal } = options;
  const socket = await bind(options);
  const server = new UdpServer(socket, options);
  const sweeper = setInterval(() => server.sweep(), sweepIntervalMs(server.timing));
  let ended: Promise<void> | undefined;
  const end = () => {
    signal?.removeEventListener('abort', close);
    clearInterval(sweeper);
    return server.end();
  };
  const close = () => {
    ended ??= end();
    return ended;
  };
  signal?.addEventListener('abort', close, { once: true });
  return { host, port: socket.address().port, close };
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

class UdpServer {
  readonly timing: Timing;
  readonly #options: ListenOptions;
  readonly #queueLimitBytes: number;
  readonly #outlet: Outlet;
  readonly #sessions = new Sessions();
  readonly #cookies = new CookieJar();

  constructor(socket: Socket, options: ListenOptions) {
    this.#options = options;
    this.timing = { ...DEFAULT_TIMING, ...options.timing };
    this.#queueLimitBytes = options.queueLimitBytes ?? DEFAULT_QUEUE_LIMIT_BYTES;
    this.#outlet = new Outlet(socket, this.#queueLimitBytes, (error) => options.onStray?.('', error.message));
    socket.on('message', (bytes, from) => this.#receive(bytes, from));
    // An error here is about one datagram (a route gone, a buffer full), never about the server.
    socket.on('error', (error) => options.onStray?.('', error.message));
  }

  sweep(): void {
    const nowNs = this.#options.clock();
    for (const session of this.#sessions.all()) session.channel.sweep(nowNs, this.timing);
    this.#sessions.forget(nowNs);
  }

  end(): Promise<void> {
    for (const session of this.#sessions.all()) session.channel.abort();
    return this.#outlet.close(this.timing.lingerMs);
  }

  #receive(bytes: Uint8Array, from: RemoteInfo): void {
    const arrivedAtNs = this.#options.clock();
    const datagram = parseDatagram(bytes);
    switch (datagram.kind) {
      case 'data':
      case 'close':
        return this.#receiveInSession(datagram, from, arrivedAtNs);
      case 'hello':
        return this.#sendCookie(datagram.nonce, from, arrivedAtNs);
      case 'open':
        return this.#open(datagram, from, arrivedAtNs);
      case 'stray':
        return this.#stray(from, datagram.why);
      default:
        return this.#stray(from, `a ${datagram.kind} datagram is for clients`);
    }
  }

  #receiveInSession(
    datagram: Extract<Datagram, { kind: 'data' | 'close' }>,
    from: RemoteInfo,
    arrivedAtNs: number,
  ): void {
    const session = this.#sessions.find(datagram.session);
    if (session === undefined) {
      this.#answer(encodeUnknown(datagram.session), from);
      return this.#stray(from, 'its session is unknown');
    }
    if (session.port !== from.port || session.address !== from.address) {
      return this.#stray(from, 'its session belongs to another address');
    }
    session.wasHeard = true;
    if (datagram.frame.length > 0 || datagram.kind === 'data') session.channel.receive(datagram.frame, arrivedAtNs);
    if (datagram.kind === 'close') session.channel.end({ kind: 'left' });
  }

  #sendCookie(nonce: Uint8Array, from: RemoteInfo, nowNs: number): void {
    const cookie = this.#cookies.bake(addressKey(from), nonce, nowNs);
    this.#answer(encodeCookie(nonce, cookie), from);
  }

  /** Answers whoever has proved nothing. A datagram from port 0 wants no answer (RFC 768), and Node can send none. */
  #answer(datagram: Uint8Array, from: RemoteInfo): void {
    if (from.port !== 0) this.#outlet.send(datagram, from.port, from.address);
  }

  #open(datagram: Extract<Datagram, { kind: 'open' }>, from: RemoteInfo, nowNs: number): void {
    const { nonce, cookie, frame } = datagram;
    const address = addressKey(from);
    if (!this.#cookies.isFresh(cookie, address, nonce, nowNs)) return this.#stray(from, 'its cookie is not valid');
    const handshakeKey = `${address} ${Buffer.from(nonce).toString('hex')}`;
    const known = this.#sessions.findHandshake(handshakeKey);
    if (known === undefined) return this.#accept(handshakeKey, nonce, frame, from, nowNs);
    if (known.reply !== undefined && !known.wasHeard) this.#outlet.send(known.reply, from.port, from.address);
  }

  /** Makes a session. The first frame that its owner sends goes back inside OPENED; a close at once becomes DENIED. */
  #accept(handshakeKey: string, nonce: Uint8Array, opening: Uint8Array, from: RemoteInfo, nowNs: number): void {
    const id = this.#freshId();
    const { address, port } = from;
    const prefix = sessionPrefix(id);
    const channel = new UdpChannel({
      session: id,
      remote: formatAddress(address, port),
      nowNs,
      queueLimitBytes: this.#queueLimitBytes,
      transmit: (kind, head, tail) => {
        if (session.reply !== undefined) return this.#outlet.send(join(prefix[kind], head, tail), port, address);
        session.reply = kind === 'close' ? encodeDenied(nonce, head, tail) : encodeOpened(nonce, id, head, tail);
        return this.#outlet.send(session.reply, port, address);
      },
      whenDrained: (tell) => this.#outlet.whenDrained(tell),
      farewell: this.#options.farewell,
      release: () => this.#sessions.remove(session, this.#options.clock() + COOKIE_LIFETIME_MS * 1e6),
    });
    const session: ServerSession = { id, address, port, handshakeKey, channel, reply: undefined, wasHeard: false };
    this.#sessions.add(session);
    channel.start(this.#options.accept(channel));
    channel.receive(opening, nowNs);
  }

  #freshId(): SessionId {
    const id = readSessionId(randomBytes(SESSION_ID_BYTES), 0);
    return this.#sessions.has(id) ? this.#freshId() : id;
  }

  #stray(from: RemoteInfo, why: string): void {
    this.#options.onStray?.(addressKey(from), why);
  }
}

function addressKey(from: RemoteInfo): string {
  return formatAddress(from.address, from.port);
}
