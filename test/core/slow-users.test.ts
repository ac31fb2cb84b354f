import { describe, expect, test } from 'vitest';
import { encodeConfirm, encodePing, encodeWho } from '../../src/core/client-frame.ts';
import { Router } from '../../src/core/router.ts';
import { RELIABLE, UNRELIABLE } from '../support/fake-channel.ts';
import { Guest } from '../support/guest.ts';
import { unhex } from '../support/hex.ts';

const tooSlow = (about: string, sequence: number) => ({ kind: 'refused', sequence, code: 'recipient-too-slow', about });
const left = (name: string) => ({ kind: 'left', name, departure: 'too-slow' });
const BYE = { kind: 'bye', code: 'too-slow', about: '1000' };

function slow(router: Router, name: string, promises = RELIABLE): Guest {
  const guest = new Guest(router, promises).join(name);
  guest.channel.answer = 'full';
  return guest;
}

describe('a recipient whose queue is full', () => {
  test('where delivery is promised, is dismissed with the reason; the sender is told', () => {
    const router = new Router();
    const ana = new Guest(router).join('Ana');
    const bia = slow(router, 'Bia');
    expect(ana.write('Bia', 1).heard()).toEqual([tooSlow('Bia', 1)]);
    expect(bia.heard()).toEqual([BYE]);
    expect(bia.channel.ended).toBe('closed');
    expect(router.userCount).toBe(1);
    expect(ana.write('Bia', 2).heard()).toMatchObject([{ code: 'unknown-recipient', about: 'Bia' }]);
  });

  test('where nothing is promised, loses the message and stays; only the sender is told', () => {
    const router = new Router();
    const curious = new Guest(router).join('Caio', true);
    const ana = new Guest(router).join('Ana');
    const bia = slow(router, 'Bia', UNRELIABLE);
    curious.heard();
    expect(ana.write('Bia', 1).heard()).toEqual([tooSlow('Bia', 1)]);
    expect(curious.heard()).toEqual([]);
    bia.channel.answer = 'sent';
    ana.write('Bia', 2);
    expect(bia.heard()).toMatchObject([{ kind: 'deliver' }]);
  });

  test('leaves with news for the watchers, and for those whose messages wait', () => {
    const router = new Router();
    const [ana, caio, curious] = [
      new Guest(router).join('Ana'),
      new Guest(router).join('Caio'),
      new Guest(router).join('Davi', true),
    ];
    const bia = new Guest(router).join('Bia');
    curious.heard();
    bia.channel.answer = 'queued';
    ana.write('Bia', 1).write('Bia', 2);
    curious.write('Bia', 1);
    bia.channel.answer = 'full';
    caio.write('Bia', 1);
    expect(ana.heard()).toEqual([left('Bia')]);
    expect(curious.heard()).toEqual([left('Bia')]);
    expect(caio.heard()).toEqual([tooSlow('Bia', 1)]);
  });

  test('whose queue was empty in between owes nothing to those who wrote before', () => {
    const router = new Router();
    const ana = new Guest(router).join('Ana');
    const bia = new Guest(router).join('Bia');
    bia.channel.answer = 'queued';
    ana.write('Bia', 1);
    bia.channel.events?.drained();
    bia.channel.end({ kind: 'lost', why: 'reset' });
    expect(ana.heard()).toEqual([]);
  });

  test('and who is the sender himself is dismissed like any other', () => {
    const router = new Router();
    const ana = slow(router, 'Ana');
    expect(ana.write('Ana', 1).heard()).toEqual([BYE]);
    expect(router.userCount).toBe(0);
  });
});

describe('a message to everybody', () => {
  test('reaches the others though some are dismissed on the way', () => {
    const router = new Router();
    const ana = new Guest(router).join('Ana');
    const slowOnes = ['B', 'C', 'D'].map((name) => slow(router, name));
    const last = new Guest(router).join('Zé');
    expect(ana.write('*', 5).heard()).toEqual([tooSlow('B', 5), tooSlow('C', 5), tooSlow('D', 5)]);
    expect(last.heard()).toMatchObject([{ kind: 'deliver', toAll: true }]);
    expect(slowOnes.map((guest) => guest.heard())).toEqual([[BYE], [BYE], [BYE]]);
    expect(router.userCount).toBe(2);
  });

  test('ends with its sender, where he can’t even take the refusals', () => {
    const router = new Router();
    const ana = slow(router, 'Ana');
    slow(router, 'Bia');
    const last = new Guest(router).join('Zé');
    expect(ana.write('*', 5).heard()).toEqual([BYE]);
    expect(last.heard()).toEqual([]);
  });
});

describe('whoever does not take an answer', () => {
  const answered: [string, Uint8Array][] = [
    ['a pong', encodePing(1)],
    ['a refusal', unhex('01 7f')],
  ];

  test.each(answered)('%s, is dismissed where delivery is promised', (_, question) => {
    const router = new Router();
    expect(slow(router, 'Ana').say(question).heard()).toEqual([BYE]);
    expect(router.userCount).toBe(0);
  });

  test.each(answered)('%s, loses it where nothing is promised', (_, question) => {
    const router = new Router();
    const ana = slow(router, 'Ana', UNRELIABLE).say(question);
    expect(ana.channel.ended).toBeUndefined();
    expect(ana.heard()).toEqual([]);
  });

  test.each([
    [RELIABLE, 'closed', [BYE]],
    [UNRELIABLE, undefined, []],
  ] as const)('a receipt, over %j: the channel is %s', (promises, ended, heard) => {
    const router = new Router();
    const ana = slow(router, 'Ana', promises);
    new Guest(router).join().say(encodeConfirm('Ana', 1));
    expect(ana.channel.ended).toBe(ended);
    expect(ana.heard()).toEqual(heard);
  });

  test('a roster larger than the queue, is told so and stays', () => {
    const router = new Router();
    for (let i = 0; i < 700; i++) new Guest(router).join(String(i).padStart(64, 'n'));
    const ana = new Guest(router).join('Ana');
    ana.channel.roomBytes = 20_000;
    const answers = ana.say(encodeWho(9)).heard();
    expect(answers).toMatchObject([{ kind: 'roster', part: 0, parts: 5 }, tooSlow('Ana', 0)]);
    expect(ana.channel.ended).toBeUndefined();
  });
});

describe('watchers who can’t take news', () => {
  test('leave over it, and their leaving is told after what was being told', () => {
    const router = new Router();
    const bia = new Guest(router).join('Bia', true);
    const curious = new Guest(router).join('Ana', true);
    bia.heard();
    bia.channel.answer = 'full';
    new Guest(router).join('Caio');
    expect(bia.channel.ended).toBe('closed');
    expect(curious.heard()).toEqual([{ kind: 'joined', name: 'Caio', transport: 'tcp' }, left('Bia')]);
  });

  test('may be thousands at once', () => {
    const router = new Router();
    const crowd = Array.from({ length: 4_000 }, () => {
      const guest = new Guest(router);
      // Nothing is kept of what they are told while the crowd gathers.
      guest.channel.answer = 'closed';
      return guest.join('', true);
    });
    for (const { channel } of crowd) channel.answer = 'full';
    const curious = new Guest(router).join('Ana', true);
    expect(router.userCount).toBe(1);
    expect(crowd.every(({ channel }) => channel.ended === 'closed')).toBe(true);
    expect(curious.heard()).toEqual([]);
  });
});

describe('a shutdown', () => {
  test('is told to everybody with the reason, and to nobody that others leave', () => {
    const router = new Router();
    const curious = new Guest(router, UNRELIABLE).join('Ana', true);
    const bia = new Guest(router).join('Bia');
    const caio = slow(router, 'Caio');
    curious.heard();
    bia.channel.answer = 'queued';
    caio.write('Bia', 1);
    router.shutDown('noite');
    const bye = { kind: 'bye', code: 'shutdown', about: 'noite' };
    expect(curious.heard()).toEqual([bye]);
    expect(bia.heard().at(-1)).toEqual(bye);
    expect(caio.heard()).toEqual([bye]);
    expect(router.userCount).toBe(0);
  });

  test('cuts a reason that is too long for its frame', () => {
    const router = new Router();
    const ana = new Guest(router).join();
    router.shutDown('é'.repeat(200));
    expect(ana.heard()).toEqual([{ kind: 'bye', code: 'shutdown', about: 'é'.repeat(127) }]);
  });
});
