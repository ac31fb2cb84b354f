import { describe, expect, test } from 'vitest';
import type { SessionId } from '../../src/udp/session-id.ts';
import { type ServerSession, Sessions } from '../../src/udp/sessions.ts';
import { UdpChannel } from '../../src/udp/udp-channel.ts';

function session(id: SessionId, handshakeKey: string): ServerSession {
  const channel = new UdpChannel({
    session: id,
    remote: 'casa:1',
    nowNs: 0,
    queueLimitBytes: 0,
    transmit: () => 'sent',
    release: () => {},
  });
  return { id, address: 'casa', port: 1, handshakeKey, channel, reply: undefined };
}

const A = { high: 0x0000_0001, low: 7 };
/** Another id with the same low 53 bits. */
const LIKE_A = { high: 0xffe0_0001, low: 7 };
const B = { high: 2, low: 7 };

describe('a session', () => {
  test('is found by its id and by the handshake that made it', () => {
    const sessions = new Sessions();
    const [a, b] = [session(A, 'a'), session(B, 'b')];
    sessions.add(a);
    sessions.add(b);
    expect([sessions.find(A), sessions.find(B), sessions.findHandshake('a'), sessions.findHandshake('c')]).toEqual([
      a,
      b,
      a,
      undefined,
    ]);
    expect([...sessions.living.values()]).toEqual([a, b]);
  });

  test('is not found by an id that only shares its low 53 bits; such an id is not free either', () => {
    const sessions = new Sessions();
    sessions.add(session(A, 'a'));
    expect(sessions.find(LIKE_A)).toBeUndefined();
    expect([sessions.has(LIKE_A), sessions.has(B)]).toEqual([true, false]);
  });

  test('that has ended is no session, but a late copy of its OPEN still finds it', () => {
    const sessions = new Sessions();
    const a = session(A, 'a');
    sessions.add(a);
    sessions.remove(a, 30e9);
    expect([sessions.find(A), sessions.count, sessions.has(A)]).toEqual([undefined, 0, false]);
    sessions.forget(30e9 - 1);
    expect(sessions.findHandshake('a')).toMatchObject({ reply: a.reply });
  });

  test('that has ended is forgotten when no copy of its OPEN can be fresh any more', () => {
    const sessions = new Sessions();
    const [a, b] = [session(A, 'a'), session(B, 'b')];
    for (const ended of [a, b]) sessions.add(ended);
    sessions.remove(a, 30e9);
    sessions.remove(b, 31e9);
    sessions.forget(30e9);
    expect([sessions.findHandshake('a'), sessions.findHandshake('b')]).toEqual([
      undefined,
      { reply: b.reply, forgetAtNs: 31e9 },
    ]);
    sessions.forget(40e9);
    expect(sessions.findHandshake('b')).toBeUndefined();
  });

  test('that lives is never forgotten', () => {
    const sessions = new Sessions();
    const a = session(A, 'a');
    sessions.add(a);
    sessions.forget(1e18);
    expect([sessions.find(A), sessions.findHandshake('a')]).toEqual([a, a]);
  });
});
