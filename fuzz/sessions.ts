// The server's and the clients' UDP machines without sockets: datagrams that are legal, changed, repeated, forged, and from other
// addresses, while time passes. What must hold is checked by who looks at nothing but the datagrams.
import fc from 'fast-check';
import { Client } from '../src/core/client.ts';
import { encodeJoin, encodePing } from '../src/core/client-frame.ts';
import { sweepInParts } from '../src/core/keep-alive.ts';
import { MAX_FRAME_BYTES } from '../src/core/limits.ts';
import { formatAddress } from '../src/core/machine-fault.ts';
import { Router } from '../src/core/router.ts';
import { encodeFarewell } from '../src/core/server-frame.ts';
import type { Channel, ChannelEvents } from '../src/core/transport.ts';
import { DEFAULT_QUEUE_LIMIT_BYTES, DEFAULT_TIMING } from '../src/core/transport.ts';
import { COOKIE_LIFETIME_MS } from '../src/udp/cookie.ts';
import { concat, encodeHello, encodeOpen, encodeUnknown, parseDatagram, sessionPrefix } from '../src/udp/datagram.ts';
import { Handshake } from '../src/udp/handshake.ts';
import type { SessionId } from '../src/udp/session-id.ts';
import type { UdpChannel } from '../src/udp/udp-channel.ts';
import { clientChannel, hearAnswer, receiveAsClient } from '../src/udp/udp-client.ts';
import { type Source, UdpServer } from '../src/udp/udp-server.ts';
import { hex } from '../test/support/hex.ts';
import { mutated } from './byte-mutation.ts';
import { Dice } from './dice.ts';
import { EVERYTHING, type FrameRecipe, legalBytes, madeBytes, recipes } from './legal-frames.ts';
import { must, target } from './target.ts';

const ACTS = [
  'enters',
  'joins',
  'asks',
  'hears',
  'says',
  'goes',
  'repeats',
  'forges',
  'opens',
  'raves',
  'waits',
] as const;

interface Step {
  readonly act: (typeof ACTS)[number];
  /** Of the addresses. */
  readonly from: number;
  /** Of the clients, sessions, cookies or datagrams that there are. */
  readonly which: number;
  readonly recipe: FrameRecipe;
}

export const sessions = target<readonly Step[]>({
  name: 'sessions',
  batchInputs: 2_000,
  inputs: fc.array(
    fc.record(
      {
        act: fc.constantFrom(...ACTS),
        from: fc.nat(4),
        which: fc.nat(255),
        recipe: recipes(EVERYTHING.length),
      },
      { noNullPrototype: true },
    ),
    { maxLength: 40, size: 'large' },
  ),
  check: (steps) => {
    const scene = new Scene();
    for (const step of steps) scene.happen(step);
    scene.end();
  },
  show: (steps) => steps.map(({ act, from, which }) => `${act} (address ${from}, ${which})`),
});

const ADDRESSES: readonly Source[] = [
  { address: '10.0.0.1', port: 5000 },
  { address: '10.0.0.1', port: 5001 },
  { address: '10.0.0.2', port: 5000 },
  { address: '::1', port: 5000 },
  { address: '10.0.0.1', port: 0 },
];

interface Attempt {
  readonly nonce: Uint8Array;
  readonly from: Source;
  readonly handshake: Handshake;
  channel: UdpChannel | undefined;
  closed: number;
}

class Scene {
  #nowNs = 5e9;
  readonly #chance = new Dice(1);
  readonly #judge = new Judge();
  readonly #router = new Router({ maxUsers: 8 });
  readonly #server: UdpServer;
  readonly #attempts: Attempt[] = [];
  /** What clients have sent, and what was sent to them. */
  readonly #sent: Uint8Array[] = [];
  readonly #answers: { readonly bytes: Uint8Array; readonly to: Source }[] = [];
  readonly #sessions: { readonly id: SessionId; readonly owner: Source }[] = [];

  constructor() {
    this.#server = new UdpServer({
      clock: () => this.#nowNs,
      chance: (sizeBytes) => this.#chance.bytes(sizeBytes),
      timing: DEFAULT_TIMING,
      queueLimitBytes: DEFAULT_QUEUE_LIMIT_BYTES,
      send: (datagram, port, address) => {
        const bytes = datagram.slice();
        this.#judge.sees(bytes, { address, port }, this.#nowNs);
        this.#answers.push({ bytes, to: { address, port } });
        return 'sent';
      },
      whenDrained: () => {},
      accept: (channel) => this.#judge.accepts(channel, this.#router.accept(channel), () => this.#nowNs),
      farewell: encodeFarewell,
      onStray: (remote, why) => must(remote !== '' && why !== '', 'a stray datagram without a reason'),
    });
  }

  happen({ act, from, which, recipe }: Step): void {
    const source = ADDRESSES[from]!;
    const attempt = this.#attempts[which % this.#attempts.length];
    switch (act) {
      case 'enters':
        this.#enter(source, which);
        break;
      case 'joins':
        this.#begin(source, which, recipe);
        break;
      case 'asks':
        if (attempt !== undefined) this.#ask(attempt);
        break;
      case 'hears':
        this.#hear(which, recipe);
        break;
      case 'says':
        attempt?.channel?.send(
          recipe.mutations.length > 0 ? fitting(madeBytes(EVERYTHING, recipe)) : encodePing(which),
        );
        break;
      case 'goes':
        attempt?.channel?.close();
        break;
      case 'repeats':
        this.#repeat(source, which, recipe);
        break;
      case 'forges':
        this.#forge(source, which, recipe);
        break;
      case 'opens':
        this.#openWithCookie(source, which, recipe);
        break;
      case 'raves':
        this.#receive(madeBytes(EVERYTHING, recipe), source);
        break;
      case 'waits':
        this.#pass(which * which);
    }
    this.#judge.countsAre(this.#server);
  }

  /** Everybody falls silent, and nothing is left. */
  end(): void {
    for (let passedMs = 0; passedMs < DEFAULT_TIMING.idleLimitMs + COOKIE_LIFETIME_MS + 5_000; passedMs += 2_500) {
      this.#pass(2_500);
    }
    must(this.#server.sessionCount === 0, 'all are silent, and sessions are left');
    must(this.#server.rememberedCount === 0, 'all have gone, and handshakes are left');
    must(this.#router.userCount === 0, 'all have gone, and users are left');
    for (const { handshake, closed, channel } of this.#attempts) {
      must(handshake.outcome.kind !== 'pending', 'an attempt to join has no end');
      must(closed === (channel === undefined ? 0 : 1), `a client was told ${closed} times of its end`);
    }
  }

  #pass(ms: number): void {
    this.#nowNs += ms * 1e6;
    for (let part = 0; part < SWEEP_PARTS; part++) this.#server.sweep(this.#nowNs);
    for (const { handshake, channel } of this.#attempts) {
      handshake.expire(this.#nowNs);
      channel?.sweep(this.#nowNs, DEFAULT_TIMING);
    }
  }

  /** A few nonces only: two may choose the same. */
  #begin(from: Source, which: number, recipe: FrameRecipe): void {
    const nonce = new Uint8Array(8).fill(which % 3);
    const opening = recipe.mutations.length > 0 ? fitting(madeBytes(EVERYTHING, recipe)) : encodeJoin('', true);
    const handshake = new Handshake(nonce, opening, this.#nowNs, DEFAULT_TIMING.connectLimitMs);
    const attempt: Attempt = { nonce, from, handshake, channel: undefined, closed: 0 };
    this.#attempts.push(attempt);
    this.#ask(attempt);
  }

  /** Joins without anything in the way. */
  #enter(from: Source, which: number): void {
    this.#begin(from, which, UNCHANGED);
    this.#hear(0, UNCHANGED);
    this.#ask(this.#attempts.at(-1)!);
    this.#hear(0, UNCHANGED);
  }

  #ask({ handshake, nonce, from }: Attempt): void {
    handshake.expire(this.#nowNs);
    const bytes = handshake.poll(this.#nowNs);
    if (bytes === undefined) return;
    must(handshake.outcome.kind === 'pending', 'an attempt that has ended asks again');
    must(handshake.deadline() > this.#nowNs, 'an attempt wants to ask twice at once');
    const datagram = parseDatagram(bytes);
    const isOwn = 'nonce' in datagram && Buffer.compare(datagram.nonce, nonce) === 0;
    must(isOwn && (datagram.kind === 'hello' || datagram.kind === 'open'), 'an attempt sends what is not its own');
    this.#sends(bytes, from);
  }

  #sends(bytes: Uint8Array, from: Source): void {
    this.#sent.push(bytes);
    this.#receive(bytes, from);
  }

  #receive(bytes: Uint8Array, from: Source): void {
    this.#judge.isReceiving(bytes, from, this.#nowNs, () => this.#server.receive(bytes, from, this.#nowNs));
  }

  /** One of the last answers reaches all clients of its address, or what is made of it. */
  #hear(which: number, { mutations }: FrameRecipe): void {
    const answer = this.#answers.at(-1 - (which % 6));
    if (answer === undefined) return;
    const marked = { bytes: answer.bytes, lengths: [], texts: [] };
    const datagram = parseDatagram(mutated(marked, mutations, () => encodeUnknown({ high: 1, low: 1 })));
    for (const attempt of [...this.#attempts]) {
      if (attempt.from.address !== answer.to.address || attempt.from.port !== answer.to.port) continue;
      if (attempt.channel !== undefined) {
        receiveAsClient(attempt.channel, datagram, this.#nowNs);
        continue;
      }
      const before = attempt.handshake.outcome;
      attempt.handshake.receive(datagram, this.#nowNs);
      const { outcome } = attempt.handshake;
      must(before.kind === 'pending' || outcome === before, 'an attempt that has ended ends in another way');
      if (outcome.kind === 'open' || outcome.kind === 'denied') this.#joined(attempt, outcome);
    }
  }

  #joined(attempt: Attempt, joined: Parameters<typeof hearAnswer>[1]): void {
    const client = new Client({
      onEvent: ({ kind }) => {
        must(attempt.closed === 0, `a client hears ${kind} after its end`);
        if (kind === 'closed') attempt.closed++;
      },
    });
    const channel = clientChannel({
      joined,
      joinedAtNs: this.#nowNs,
      remote: 'server',
      localPort: attempt.from.port,
      queueLimitBytes: DEFAULT_QUEUE_LIMIT_BYTES,
      send: (datagram) => {
        must('session' in parseDatagram(datagram), () => `a client sends ${hex(datagram)}`);
        this.#sends(datagram.slice(), attempt.from);
        return 'sent';
      },
      whenDrained: () => {},
      release: () => {},
    });
    attempt.channel = channel;
    if (joined.kind === 'open') this.#sessions.push({ id: joined.session, owner: attempt.from });
    channel.start(client.attach(channel));
    hearAnswer(channel, joined, this.#nowNs);
  }

  #repeat(from: Source, which: number, { mutations }: FrameRecipe): void {
    const earlier = this.#sent.at(-1 - (which % 12));
    if (earlier === undefined) return;
    const marked = { bytes: earlier, lengths: [], texts: [] };
    this.#receive(
      mutated(marked, mutations, (seed) => this.#sent[seed % this.#sent.length]!),
      from,
    );
  }

  /** In somebody's session, from his address or another, or in one that is nobody's. */
  #forge(from: Source, which: number, recipe: FrameRecipe): void {
    const { id, owner } = this.#sessions[which % (this.#sessions.length + 1)] ?? { id: NOBODYS, owner: from };
    const source = recipe.salt % 2 === 0 ? owner : from;
    const kind = recipe.size % 5;
    if (kind === 4) return this.#receive(encodeUnknown(id), source);
    const prefix = sessionPrefix(id)[kind === 3 ? 'close' : 'data'];
    this.#receive(concat(prefix, madeBytes(EVERYTHING, recipe)), source);
  }

  /** With a cookie that was given to somebody, or with a HELLO if none was. */
  #openWithCookie(from: Source, which: number, recipe: FrameRecipe): void {
    const cookies = this.#judge.cookies();
    const cookie = cookies[which % cookies.length];
    const nonce = new Uint8Array(8).fill(which % 3);
    if (cookie === undefined) return this.#sends(encodeHello(nonce), from);
    const frame = fitting(legalBytes(EVERYTHING, recipe));
    this.#sends(encodeOpen(recipe.salt % 2 === 0 ? cookie.nonce : nonce, cookie.cookie, frame), from);
  }
}

const SWEEP_PARTS = sweepInParts(DEFAULT_TIMING).parts;
const NOBODYS: SessionId = { high: 7, low: 7 };
const UNCHANGED: FrameRecipe = { kind: 0, size: 0, salt: 0, mutations: [] };

interface GivenCookie {
  readonly nonce: Uint8Array;
  readonly cookie: Uint8Array;
  readonly atNs: number;
}

/** Reads the datagrams by themselves, as docs/protocol.md has them, and knows what each address may have. */
class Judge {
  readonly #inBytes = new Map<string, number>();
  readonly #outBytes = new Map<string, number>();
  readonly #proven = new Set<string>();
  readonly #cookies = new Map<string, GivenCookie>();
  readonly #usedCookies = new Set<string>();
  /** Until when an attempt can't be repeated; infinite while its session lives. */
  readonly #attemptsUntilNs = new Map<string, number>();
  #accepted = 0;
  #current: { readonly from: string; readonly cookieKey: string; readonly attemptKey: string } | undefined;

  isReceiving(bytes: Uint8Array, source: Source, nowNs: number, receive: () => void): void {
    const from = formatAddress(source.address, source.port);
    add(this.#inBytes, from, bytes.length);
    const attemptKey = `${from} ${hexOf(bytes.subarray(1, 9))}`;
    const cookieKey = `${attemptKey} ${hexOf(bytes.subarray(9, 29))}`;
    const given = bytes[0] === 0x13 && bytes.length >= 30 ? this.#cookies.get(cookieKey) : undefined;
    // A tenth of a second is the grain of a cookie's own clock.
    const isFresh = given !== undefined && nowNs - given.atNs < (COOKIE_LIFETIME_MS + 100) * 1e6;
    if (isFresh) this.#proven.add(from);
    const before = this.#current;
    this.#current = { from, cookieKey: isFresh ? cookieKey : '', attemptKey };
    receive();
    this.#current = before;
  }

  /** The server sends. */
  sees(bytes: Uint8Array, source: Source, nowNs: number): void {
    const to = formatAddress(source.address, source.port);
    must(source.port > 0, 'a datagram is sent to port 0');
    add(this.#outBytes, to, bytes.length);
    if (!this.#proven.has(to)) {
      const [sent, came] = [this.#outBytes.get(to) ?? 0, this.#inBytes.get(to) ?? 0];
      must(sent <= came, `${to} has proved nothing, sent ${came} bytes and was sent ${sent}`);
    }
    if (bytes[0] !== 0x12) return;
    const given = { nonce: bytes.slice(1, 9), cookie: bytes.slice(9, 29), atNs: nowNs };
    this.#cookies.set(`${to} ${hexOf(given.nonce)} ${hexOf(given.cookie)}`, given);
  }

  accepts(channel: Channel, events: ChannelEvents, now: () => number): ChannelEvents {
    const current = this.#current;
    must(current !== undefined && current.cookieKey !== '', 'a session was made for somebody who proved nothing');
    const { from, cookieKey, attemptKey } = current;
    must(channel.remote === from, `a session of ${from} is that of ${channel.remote}`);
    must(!this.#usedCookies.has(cookieKey), 'a cookie made two sessions');
    must((this.#attemptsUntilNs.get(attemptKey) ?? 0) <= now(), 'an attempt made two sessions');
    this.#usedCookies.add(cookieKey);
    this.#attemptsUntilNs.set(attemptKey, Number.POSITIVE_INFINITY);
    this.#accepted++;
    let ends = 0;
    return {
      frame: (bytes, atNs) => {
        must(this.#current?.from === from, `a session of ${from} heard ${this.#current?.from}`);
        must(ends === 0, 'a session heard a frame after its end');
        events.frame(bytes, atNs);
      },
      drained: () => events.drained(),
      closed: (cause) => {
        must(++ends === 1, 'a session ended twice');
        must(cause.kind !== 'left' || this.#current?.from === from, `a session of ${from} was ended by another`);
        this.#attemptsUntilNs.set(attemptKey, now() + COOKIE_LIFETIME_MS * 1e6);
        events.closed(cause);
      },
    };
  }

  countsAre({ sessionCount, rememberedCount }: UdpServer): void {
    must(sessionCount <= this.#accepted, `${sessionCount} sessions are held for ${this.#accepted} proven attempts`);
    must(rememberedCount <= this.#accepted, `${rememberedCount} handshakes are held for ${this.#accepted}`);
  }

  cookies(): GivenCookie[] {
    return [...this.#cookies.values()];
  }
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** What a transport takes: something, and not too much. */
function fitting(frame: Uint8Array): Uint8Array {
  return frame.length > 0 ? frame.subarray(0, MAX_FRAME_BYTES) : Uint8Array.of(0);
}
