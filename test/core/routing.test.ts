import { describe, expect, test } from 'vitest';
import { encodeConfirm } from '../../src/core/client-frame.ts';
import { nameOn } from '../../src/core/envelope.ts';
import { Letter } from '../../src/core/letter.ts';
import { Router } from '../../src/core/router.ts';
import type { ServerFrame } from '../../src/core/server-frame.ts';
import { UNRELIABLE } from '../support/fake-channel.ts';
import { Guest, message } from '../support/guest.ts';
import { hex, joined, unhex } from '../support/hex.ts';

function read(frame: ServerFrame) {
  if (frame.kind !== 'deliver') return frame;
  const { sequence, subject, body } = new Letter(frame.letter);
  return { from: nameOn(frame.envelope), toAll: frame.toAll, sequence, subject, body };
}

const inbox = (guest: Guest) => guest.heard().map(read);
const noUser = (about: string, sequence: number) => ({ kind: 'refused', sequence, code: 'unknown-recipient', about });
const oi = (from: string, sequence: number) => ({ from, toAll: false, sequence, subject: 'Sem Assunto', body: 'oi' });

function room(names: readonly string[]): Guest[] {
  const router = new Router();
  return names.map((name, i) => new Guest(router, i % 2 === 1 ? UNRELIABLE : undefined).join(name));
}

describe('a message', () => {
  test('reaches its recipient alone, on whichever transport', () => {
    const [ana, bia, caio] = room(['Ana', 'Bia', 'Caio']) as [Guest, Guest, Guest];
    ana.write('Bia', 1);
    bia.write('Caio', 1);
    expect([ana, bia, caio].map(inbox)).toEqual([[], [oi('Ana', 1)], [oi('Bia', 1)]]);
  });

  test('keeps every byte of its letter', () => {
    const [ana, bia] = room(['Ana', 'Bia']) as [Guest, Guest];
    const letter = unhex('ff ff ff ff 01 03 ef bb bf 61 0a 00');
    ana.say(joined(unhex('01 02 03 42 69 61'), letter));
    expect(bia.channel.taken.map(hex)).toEqual([`01 82 03 41 6e 61 ${hex(letter)}`]);
  });

  test('may change recipient at any time', () => {
    const [ana, bia, caio] = room(['Ana', 'Bia', 'Caio']) as [Guest, Guest, Guest];
    ana.write('Bia', 1).write('Bia', 2).write('Caio', 3).write('Bia', 4).write('Cai', 5);
    expect(inbox(bia)).toEqual([oi('Ana', 1), oi('Ana', 2), oi('Ana', 4)]);
    expect(inbox(caio)).toEqual([oi('Ana', 3)]);
    expect(inbox(ana)).toEqual([noUser('Cai', 5)]);
  });

  test('may be to oneself', () => {
    const [ana] = room(['Ana']) as [Guest];
    expect(inbox(ana.write('Ana', 1).write('Ana', 2))).toEqual([oi('Ana', 1), oi('Ana', 2)]);
  });

  test('bears the sender’s name of the session, whatever stands in its bytes', () => {
    const [ana, bia] = room(['Ana', 'Bia']) as [Guest, Guest];
    const forged = unhex('01 82 03 42 69 61 00 00 00 01 00 00');
    expect(inbox(ana.say(forged))).toMatchObject([{ kind: 'refused', code: 'malformed' }]);
    ana.write('Bia', 2, '\u0001\u0082 Bia');
    expect(inbox(bia)).toEqual([{ ...oi('Ana', 2), body: '\u0001\u0082 Bia' }]);
  });
});

describe('a message to "*"', () => {
  test('reaches all others and not its sender', () => {
    const [ana, bia, caio] = room(['Ana', 'Bia', 'Caio']) as [Guest, Guest, Guest];
    bia.write('*', 3);
    const received = { ...oi('Bia', 3), toAll: true };
    expect([ana, bia, caio].map(inbox)).toEqual([[received], [], [received]]);
  });

  test('where nobody else is, is refused', () => {
    const [ana] = room(['Ana']) as [Guest];
    expect(inbox(ana.write('*', 1))).toEqual([noUser('*', 1)]);
  });

  test('after one to a user goes to all, and the next to the user again', () => {
    const [ana, bia, caio] = room(['Ana', 'Bia', 'Caio']) as [Guest, Guest, Guest];
    ana.write('Bia', 1).write('*', 2).write('Bia', 3);
    expect(inbox(bia).map((frame) => 'sequence' in frame && frame.sequence)).toEqual([1, 2, 3]);
    expect(inbox(caio)).toHaveLength(1);
  });
});

describe('a recipient who is not there', () => {
  test.each(['Bia', 'ana', '', 'A', 'Anaa', 'x'.repeat(255), '__proto__'])('"%s" is named in the refusal', (name) => {
    const [ana] = room(['Ana']) as [Guest];
    expect(inbox(ana.write(name, 9))).toEqual([noUser(name, 9)]);
  });

  test('any more: the sender is told by the next message', () => {
    const [ana, bia] = room(['Ana', 'Bia']) as [Guest, Guest];
    ana.write('Bia', 1);
    bia.channel.end({ kind: 'left' });
    expect(inbox(ana.write('Bia', 2))).toEqual([noUser('Bia', 2)]);
  });

  test('whose channel ended a moment ago, unknown to the router as yet', () => {
    const [ana, bia] = room(['Ana', 'Bia']) as [Guest, Guest];
    bia.channel.ended = 'aborted';
    expect(inbox(ana.write('Bia', 1).write('Bia', 2))).toEqual([noUser('Bia', 1), noUser('Bia', 2)]);
  });

  test('but somebody new has his name: the new one receives', () => {
    const router = new Router();
    const ana = new Guest(router).join('Ana');
    const first = new Guest(router).join('Bia');
    ana.write('Bia', 1);
    first.channel.end({ kind: 'left' });
    const second = new Guest(router).join('Bia');
    ana.write('Bia', 2);
    expect(inbox(second)).toEqual([oi('Ana', 2)]);
    expect(inbox(ana)).toEqual([]);
  });
});

describe('a receipt', () => {
  test('reaches the sender under the name of who confirms', () => {
    const [ana, bia] = room(['Ana', 'Bia']) as [Guest, Guest];
    bia.say(encodeConfirm('Ana', 41));
    expect(inbox(ana)).toEqual([{ kind: 'confirmed', from: 'Bia', sequence: 41 }]);
    expect(inbox(bia)).toEqual([]);
  });

  test.each(['Caio', '*', ''])('for "%s", who is nobody, is dropped: nobody can act on its refusal', (name) => {
    const [ana, bia] = room(['Ana', 'Bia']) as [Guest, Guest];
    bia.say(encodeConfirm(name, 1));
    expect([ana, bia].map(inbox)).toEqual([[], []]);
  });
});

test('who has left says nothing more', () => {
  const [ana, bia] = room(['Ana', 'Bia']) as [Guest, Guest];
  const { events } = ana.channel;
  ana.channel.end({ kind: 'lost', why: 'reset' });
  events?.frame(message('Bia', 1), 0);
  expect(inbox(bia)).toEqual([]);
});
