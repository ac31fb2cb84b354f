// The server's end without its socket: many sessions, and what each datagram means. Pure but for the clock, chance and the
// way out, which are arguments: datagrams and instants in, datagrams and channels out.
import { sweepInParts } from '../core/keep-alive.ts';
import { formatAddress } from '../core/machine-fault.ts';
import { Rounds } from '../core/rounds.ts';
import { type Rate, TokenBucket } from '../core/token-bucket.ts';
import type { Chance, Channel, ChannelEvents, Clock, CloseCause, Timing } from '../core/transport.ts';
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
import { join } from './outlet.ts';
import { readSessionId, SESSION_ID_BYTES, type SessionId } from './session-id.ts';
import { type ServerSession, Sessions } from './sessions.ts';
import { UdpChannel } from './udp-channel.ts';

/** Where a datagram came from, and its answer goes. */
export interface Source {
  readonly address: string;
  readonly port: number;
}

export interface UdpServerOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly timing: Timing;
  readonly queueLimitBytes: number;
  readonly send: (datagram: Uint8Array, port: number, address: string) => 'sent' | 'full';
  /** Calls back once, when nothing waits on the way out any more. */
  readonly whenDrained: (tell: () => void) => void;
  readonly accept: (channel: Channel) => ChannelEvents;
  /** The last frame for a client that is turned away. */
  readonly farewell: (cause: CloseCause) => Uint8Array;
  readonly maxOpeningBytes?: number | undefined;
  /** Told of bytes that belong to no channel and were dropped. */
  readonly onStray?: ((remote: string, why: string) => void) | undefined;
}

const NOTHING = new Uint8Array(0);

const TOO_MANY_JOIN = 'more ask to join at once than are let in';

/**
 * How many datagrams of each step of joining are looked at: each costs an HMAC, whoever sent it. Those over it are dropped like any
 * that the network loses, and honest clients try again; whoever has joined does not notice.
 */
const JOINING: Rate = { perSecond: 10_000, burst: 10_000 };

export class UdpServer {
  readonly #options: UdpServerOptions;
  readonly #sessions = new Sessions();
  readonly #rounds: Rounds<ServerSession>;
  readonly #cookies: CookieJar;
  readonly #hellos: TokenBucket;
  readonly #opens: TokenBucket;

  constructor(options: UdpServerOptions) {
    this.#options = options;
    this.#rounds = new Rounds(this.#sessions.living, sweepInParts(options.timing).parts);
    this.#cookies = new CookieJar(options.chance);
    this.#hellos = new TokenBucket(JOINING, options.clock());
    this.#opens = new TokenBucket(JOINING, options.clock());
  }

  get #maxOpeningBytes(): number {
    return this.#options.maxOpeningBytes ?? Number.POSITIVE_INFINITY;
  }

  get sessionCount(): number {
    return this.#sessions.count;
  }

  /** Handshakes of sessions that live, and for a while of those that ended. */
  get rememberedCount(): number {
    return this.#sessions.rememberedCount;
  }

  /** Looks at a part of the sessions: see {@link sweepInParts}. */
  sweep(nowNs: number): void {
    this.#rounds.next(({ channel }) => channel.sweep(nowNs, this.#options.timing));
    this.#sessions.forget(nowNs);
  }

  /** Ends every session at once, and tells none of the other ends. */
  abort(): void {
    for (const { channel } of [...this.#sessions.living.values()]) channel.abort();
  }

  receive(bytes: Uint8Array, from: Source, arrivedAtNs: number): void {
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

  #receiveInSession(datagram: Extract<Datagram, { kind: 'data' | 'close' }>, from: Source, arrivedAtNs: number): void {
    const session = this.#sessions.find(datagram.session);
    if (session === undefined) {
      this.#answer(encodeUnknown(datagram.session), from);
      return this.#stray(from, 'its session is unknown');
    }
    if (session.port !== from.port || session.address !== from.address) {
      return this.#stray(from, 'its session belongs to another address');
    }
    session.reply = NOTHING;
    if (datagram.frame.length > 0 || datagram.kind === 'data') session.channel.receive(datagram.frame, arrivedAtNs);
    if (datagram.kind === 'close') session.channel.end({ kind: 'left' });
  }

  #sendCookie(nonce: Uint8Array, from: Source, nowNs: number): void {
    if (!this.#hellos.take(1, nowNs)) return this.#stray(from, TOO_MANY_JOIN);
    const cookie = this.#cookies.bake(addressKey(from), nonce, nowNs);
    this.#answer(encodeCookie(nonce, cookie), from);
  }

  /** Answers whoever has proved nothing. A datagram from port 0 wants no answer (RFC 768), and Node can send none. */
  #answer(datagram: Uint8Array, from: Source): void {
    if (from.port !== 0) this.#options.send(datagram, from.port, from.address);
  }

  #open(datagram: Extract<Datagram, { kind: 'open' }>, from: Source, nowNs: number): void {
    const { nonce, cookie, frame } = datagram;
    if (frame.length > this.#maxOpeningBytes) {
      return this.#stray(from, `its first frame has ${frame.length} bytes and the limit is ${this.#maxOpeningBytes}`);
    }
    if (!this.#opens.take(1, nowNs)) return this.#stray(from, TOO_MANY_JOIN);
    const address = addressKey(from);
    if (!this.#cookies.isFresh(cookie, address, nonce, nowNs)) return this.#stray(from, 'its cookie is not valid');
    const handshakeKey = `${address} ${Buffer.from(nonce).toString('hex')}`;
    const known = this.#sessions.findHandshake(handshakeKey);
    if (known === undefined) return this.#accept(handshakeKey, nonce, frame, from, nowNs);
    if (known.reply !== undefined && known.reply.length > 0) {
      this.#options.send(known.reply, from.port, from.address);
    }
  }

  /** Makes a session. The first frame that its owner sends goes back inside OPENED; a close at once becomes DENIED. */
  #accept(handshakeKey: string, nonce: Uint8Array, opening: Uint8Array, from: Source, nowNs: number): void {
    const id = this.#freshId();
    const { address, port } = from;
    const prefix = sessionPrefix(id);
    // The datagram that it came in need not stay for it.
    const ownNonce = Uint8Array.from(nonce);
    const channel = new UdpChannel({
      session: id,
      remote: formatAddress(address, port),
      nowNs,
      queueLimitBytes: this.#options.queueLimitBytes,
      transmit: (kind, head, tail) => {
        if (session.reply !== undefined) return this.#options.send(join(prefix[kind], head, tail), port, address);
        session.reply = kind === 'close' ? encodeDenied(ownNonce, head, tail) : encodeOpened(ownNonce, id, head, tail);
        return this.#options.send(session.reply, port, address);
      },
      whenDrained: (tell) => this.#options.whenDrained(tell),
      farewell: this.#options.farewell,
      release: () => this.#sessions.remove(session, this.#options.clock() + COOKIE_LIFETIME_MS * 1e6),
    });
    const session: ServerSession = { id, address, port, handshakeKey, channel, reply: undefined };
    this.#sessions.add(session);
    channel.start(this.#options.accept(channel));
    channel.receive(opening, nowNs);
  }

  #freshId(): SessionId {
    const id = readSessionId(this.#options.chance(SESSION_ID_BYTES), 0);
    return this.#sessions.has(id) ? this.#freshId() : id;
  }

  #stray(from: Source, why: string): void {
    this.#options.onStray?.(addressKey(from), why);
  }
}

function addressKey(from: Source): string {
  return formatAddress(from.address, from.port);
}
