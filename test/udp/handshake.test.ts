import { describe, expect, test } from 'vitest';
import { CookieJar } from '../../src/udp/cookie.ts';
import { encodeCookie, encodeDenied, encodeOpened, parseDatagram } from '../../src/udp/datagram.ts';
import { Handshake } from '../../src/udp/handshake.ts';
import { hex, unhex } from '../support/hex.ts';

const NONCE = unhex('01 02 03 04 05 06 07 08');
const OTHER_NONCE = unhex('01 02 03 04 05 06 07 09');
const JOIN = unhex('01 01 00 00');
const WELCOME = unhex('01 81 03 41 6e 61');
const NOTHING = unhex('');
const SESSION = { high: 1, low: 2 };
const COOKIE = new Uint8Array(20).fill(9);
const START_NS = 3e12;
const ADDRESS = 'casa:1';

const ms = (sinceStart: number) => START_NS + sinceStart * 1e6;
const begin = (limitMs = 10_000) => new Handshake(NONCE, JOIN, START_NS, limitMs);

/** A server that forgets its key when told, and answers every OPEN with a fresh cookie alike. */
class Server {
  #jar = new CookieJar();
  sessions = 0;

  restart(): void {
    this.#jar = new CookieJar();
  }

  answer(bytes: Uint8Array, nowNs: number): Uint8Array | undefined {
    const asked = parseDatagram(bytes);
    if (asked.kind === 'hello') return encodeCookie(asked.nonce, this.#jar.bake(ADDRESS, asked.nonce, nowNs));
    if (asked.kind !== 'open' || !this.#jar.isFresh(asked.cookie, ADDRESS, asked.nonce, nowNs)) return undefined;
    this.sessions = 1;
    return encodeOpened(asked.nonce, SESSION, WELCOME, NOTHING);
  }
}

interface Fate {
  /** Whether the n-th datagram (from 0, both ways) is lost. */
  readonly isLost?: (n: number, kind: string) => boolean;
  readonly copies?: number;
  readonly onSent?: (kind: string, server: Server) => void;
}

/** Runs a handshake over a way of 10 ms in each direction, in virtual time. Answers what was sent and when. */
function run(machine: Handshake, fate: Fate = {}) {
  const server = new Server();
  const sent: [number, string][] = [];
  const underWay: { dueNs: number; bytes: Uint8Array; toServer: boolean }[] = [];
  let nowNs = START_NS;
  let count = 0;
  const send = (bytes: Uint8Array, toServer: boolean) => {
    const { kind } = parseDatagram(bytes);
    if (toServer) sent.push([(nowNs - START_NS) / 1e6, kind]);
    fate.onSent?.(kind, server);
    if (fate.isLost?.(count++, kind)) return;
    for (let copy = 0; copy < (fate.copies ?? 1); copy++) underWay.push({ dueNs: nowNs + 10e6, bytes, toServer });
  };
  while (machine.outcome.kind === 'pending') {
    const due = machine.poll(nowNs);
    if (due !== undefined) send(due, true);
    underWay.sort((a, b) => a.dueNs - b.dueNs);
    nowNs = Math.min(machine.deadline(), underWay[0]?.dueNs ?? Number.POSITIVE_INFINITY);
    machine.expire(nowNs);
    while (underWay[0] !== undefined && underWay[0].dueNs <= nowNs) {
      const { bytes, toServer } = underWay.shift()!;
      const answer = toServer ? server.answer(bytes, nowNs) : void machine.receive(parseDatagram(bytes), nowNs);
      if (answer !== undefined) send(answer, false);
    }
  }
  return { sent, sessions: server.sessions, outcome: machine.outcome, tookMs: (nowNs - START_NS) / 1e6 };
}

const OPEN = { kind: 'open', session: SESSION, frame: WELCOME };

describe('joining', () => {
  test('takes two round trips where nothing is lost', () => {
    const { sent, outcome, tookMs } = run(begin());
    expect(sent).toEqual([
      [0, 'hello'],
      [20, 'open'],
    ]);
    expect(outcome).toMatchObject({ kind: 'open', session: SESSION });
    expect(tookMs).toBe(40);
  });

  test.each([0, 1, 2, 3])('succeeds though datagram %d is lost, one retry later', (lost) => {
    const { outcome, sent, tookMs } = run(begin(), { isLost: (n) => n === lost });
    expect(outcome).toMatchObject({ kind: 'open' });
    expect(sent).toHaveLength(3);
    expect(tookMs).toBe(240);
  });

  test('with every datagram doubled sends no more, and makes one session', () => {
    const { sent, sessions, outcome } = run(begin(), { copies: 2 });
    expect([sent.map(([, kind]) => kind), sessions, outcome.kind]).toEqual([['hello', 'open'], 1, 'open']);
  });

  test('asks for a new cookie after three OPENs that nobody answered: the server may be another by now', () => {
    let restarts = 0;
    const { sent, outcome } = run(begin(), {
      onSent: (kind, server) => {
        if (kind === 'open' && restarts++ === 0) server.restart();
      },
    });
    expect(sent).toEqual([
      [0, 'hello'],
      [20, 'open'],
      [220, 'open'],
      [620, 'open'],
      [1_420, 'hello'],
      [1_440, 'open'],
    ]);
    expect(outcome).toMatchObject(OPEN);
  });
});

describe('back-off', () => {
  test('doubles from 200 ms to 2 s and stays there, until the limit ends it', () => {
    const { sent, outcome, tookMs } = run(begin(), { isLost: () => true });
    expect(sent.map(([atMs]) => atMs)).toEqual([0, 200, 600, 1_400, 3_000, 5_000, 7_000, 9_000]);
    expect(new Set(sent.map(([, kind]) => kind))).toEqual(new Set(['hello']));
    expect([outcome, tookMs]).toEqual([{ kind: 'expired' }, 10_000]);
  });

  test('begins anew with the cookie', () => {
    const { sent } = run(begin(4_000), { isLost: (n, kind) => n < 3 || kind === 'opened' });
    expect(sent.slice(3)).toEqual([
      [1_400, 'hello'],
      [1_420, 'open'],
      [1_620, 'open'],
      [2_020, 'open'],
      [2_820, 'hello'],
      [2_840, 'open'],
      [3_040, 'open'],
      [3_440, 'open'],
    ]);
  });

  test('sends nothing before it is due, and one datagram when it is', () => {
    const machine = begin();
    expect(machine.deadline()).toBe(START_NS);
    expect(machine.poll(ms(0))?.[0]).toBe(0x11);
    expect(machine.poll(ms(0))).toBeUndefined();
    expect(machine.poll(ms(199))).toBeUndefined();
    expect(machine.deadline()).toBe(ms(200));
    expect(machine.poll(ms(200))?.[0]).toBe(0x11);
    expect(machine.deadline()).toBe(ms(600));
  });

  test('never asks to be called after the limit', () => {
    const machine = begin(300);
    machine.poll(ms(0));
    machine.poll(ms(200));
    expect(machine.deadline()).toBe(ms(300));
    machine.expire(ms(299));
    expect(machine.outcome.kind).toBe('pending');
    machine.expire(ms(300));
    expect(machine.outcome.kind).toBe('expired');
  });
});

describe('what comes', () => {
  const cookie = (nonce = NONCE) => parseDatagram(encodeCookie(nonce, COOKIE));
  const opened = (nonce = NONCE) => parseDatagram(encodeOpened(nonce, SESSION, WELCOME, NOTHING));
  const denied = (nonce = NONCE) => parseDatagram(encodeDenied(nonce, WELCOME, NOTHING));

  test.each([
    ['a cookie for another attempt', cookie(OTHER_NONCE)],
    ['a session for another attempt', opened(OTHER_NONCE)],
    ['a denial of another attempt', denied(OTHER_NONCE)],
    ['data of some session', parseDatagram(unhex('16 00 00 00 00 00 00 00 01 61'))],
    ['noise', parseDatagram(unhex('ff ff'))],
  ])('%s changes nothing', (_, datagram) => {
    const machine = begin();
    machine.poll(ms(0));
    machine.receive(datagram, ms(5));
    expect([machine.outcome.kind, machine.deadline()]).toEqual(['pending', ms(200)]);
    expect(machine.poll(ms(200))?.[0]).toBe(0x11);
  });

  test('a cookie goes back at once with the first frame', () => {
    const machine = begin();
    machine.poll(ms(0));
    machine.receive(cookie(), ms(50));
    expect(machine.deadline()).toBe(ms(50));
    expect(hex(machine.poll(ms(50))!)).toBe(hex(unhex(`13 ${hex(NONCE)} ${hex(COOKIE)} ${hex(JOIN)}`)));
  });

  test('a second cookie changes nothing while the first is tried', () => {
    const machine = begin();
    machine.receive(cookie(), ms(50));
    machine.poll(ms(50));
    machine.receive(parseDatagram(encodeCookie(NONCE, new Uint8Array(20).fill(8))), ms(60));
    expect(machine.poll(ms(60))).toBeUndefined();
    expect(machine.poll(ms(250))!.subarray(9, 29)).toEqual(Buffer.from(COOKIE));
  });

  test('a cookie in a buffer that is used again is kept', () => {
    const machine = begin();
    const buffer = Uint8Array.from(encodeCookie(NONCE, COOKIE));
    machine.receive(parseDatagram(buffer), ms(0));
    buffer.fill(0);
    expect(machine.poll(ms(0))!.subarray(9, 29)).toEqual(Buffer.from(COOKIE));
  });

  test('the session ends it, also one that comes late, when it has begun again', () => {
    const machine = begin();
    machine.receive(cookie(), ms(0));
    for (const atMs of [0, 200, 600, 1_400]) machine.poll(ms(atMs));
    machine.receive(opened(), ms(1_500));
    expect(machine.outcome).toEqual(OPEN);
    expect(machine.poll(ms(9_000))).toBeUndefined();
  });

  test('a denial ends it, with the frame that says why', () => {
    const machine = begin();
    machine.receive(denied(), ms(1));
    expect(machine.outcome).toEqual({ kind: 'denied', frame: WELCOME });
  });

  test('nothing changes an outcome', () => {
    const machine = begin();
    machine.receive(opened(), ms(1));
    machine.receive(denied(), ms(2));
    machine.expire(ms(20_000));
    expect(machine.outcome).toEqual(OPEN);
    const expired = begin(100);
    expired.expire(ms(100));
    expired.receive(opened(), ms(101));
    expect(expired.outcome).toEqual({ kind: 'expired' });
  });
});
