// What one user may ask of the server, and what becomes of one who asks for more.
import { describe, expect, test } from 'vitest';
import { encodeConfirm, encodeJoin, encodePing, encodeWho } from '../../src/core/client-frame.ts';
import { Router } from '../../src/core/router.ts';
import { RELIABLE } from '../support/fake-channel.ts';
import { Guest, message } from '../support/guest.ts';

const RATE = { perSecond: 10, burst: 5 };

function chat(users: number, rate = RATE) {
  const router = new Router({ rate });
  const guests = Array.from({ length: users }, () => new Guest(router).join());
  return { router, guests };
}

const tooFast = (sequence: number) => ({ kind: 'refused', sequence, code: 'too-fast', about: '10' });
const SECOND_NS = 1e9;

describe('a user who asks for more than the limit', () => {
  test('is refused by the number of each message, and the others get none of them', () => {
    const { guests } = chat(2);
    const [ana, rui] = guests as [Guest, Guest];
    for (let sequence = 1; sequence <= 7; sequence++) ana.write('Usuario1', sequence);
    expect(ana.heard()).toEqual([tooFast(6), tooFast(7)]);
    expect(rui.heard()).toHaveLength(5);
  });

  test('may go on when he has waited', () => {
    const { guests } = chat(2);
    const [ana, rui] = guests as [Guest, Guest];
    for (let sequence = 1; sequence <= 6; sequence++) ana.write('Usuario1', sequence);
    ana
      .at(0.2 * SECOND_NS)
      .write('Usuario1', 7)
      .write('Usuario1', 8)
      .write('Usuario1', 9);
    expect(ana.heard()).toEqual([tooFast(6), tooFast(9)]);
    expect(rui.heard()).toHaveLength(7);
  });

  test('costs the others nothing of theirs', () => {
    const { guests } = chat(2);
    const [ana, rui] = guests as [Guest, Guest];
    for (let sequence = 1; sequence <= 10; sequence++) ana.write('Usuario1', sequence);
    rui.heard();
    for (let sequence = 1; sequence <= 5; sequence++) rui.write('Usuario0', sequence);
    expect(rui.heard()).toEqual([]);
  });

  test('and does not stop is told so and goes, and the others are told', () => {
    const { router, guests } = chat(1);
    const curious = new Guest(router).join('Caio', true);
    const [ana] = guests as [Guest];
    for (let sequence = 1; sequence <= 5 + 5; sequence++) ana.write('Caio', sequence);
    expect(ana.channel.ended).toBeUndefined();
    ana.heard();
    ana.write('Caio', 11);
    expect(ana.heard()).toEqual([{ kind: 'bye', code: 'too-fast', about: '10' }]);
    expect(ana.channel.ended).toBe('closed');
    expect(curious.heard().at(-1)).toEqual({ kind: 'left', name: 'Usuario0', departure: 'too-fast' });
    expect(router.userCount).toBe(1);
  });

  test('is refused whatever he asks for', () => {
    const { guests } = chat(1, { perSecond: 10, burst: 50 });
    const [ana] = guests as [Guest];
    for (let asked = 0; asked < 50; asked++) ana.say(encodePing(asked));
    ana.heard();
    const malformed = Uint8Array.of(1, 0x7f);
    for (const frame of [encodePing(1), encodeWho(1), encodeConfirm('Ana', 3), encodeJoin('x', false), malformed]) {
      expect(ana.say(frame).heard()).toEqual([tooFast(0)]);
    }
  });
});

describe('what counts is what the server has to send', () => {
  const taken = (users: number, frame: Uint8Array) => {
    const { guests } = chat(users, { perSecond: 1e-9, burst: 1000 });
    const [ana] = guests as [Guest];
    let count = 0;
    for (; count < 2_000; count++) {
      if (
        ana
          .say(frame)
          .heard()
          .some((heard) => heard.kind === 'refused' && heard.code === 'too-fast')
      )
        break;
    }
    return count;
  };

  test.each([
    ['a short message to one', 10, message('Usuario1', 1, 'oi'), 1000],
    ['a message of 10 KiB to one', 10, message('Usuario1', 1, 'x'.repeat(10_000)), 100],
    ['a short message to everybody', 10, message('*', 1, 'oi'), 100],
    ['a message of 10 KiB to everybody', 10, message('*', 1, 'x'.repeat(10_000)), 10],
    ['a question who is here', 64, encodeWho(1), Math.ceil(1000 / 3)],
    ['a ping', 64, encodePing(1), 1000],
  ])('%s, of %i users', (_what, users, frame, count) => {
    expect(taken(users, frame)).toBe(count);
  });
});

test('where there is no limit, nobody is refused', () => {
  const router = new Router();
  const [ana] = [new Guest(router, RELIABLE).join(), new Guest(router).join()];
  for (let sequence = 1; sequence <= 10_000; sequence++) ana!.write('Usuario1', sequence);
  expect(ana!.heard()).toEqual([]);
});
