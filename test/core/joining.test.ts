import { describe, expect, test } from 'vitest';
import { encodeConfirm, encodeJoin, encodePing, encodeWho } from '../../src/core/client-frame.ts';
import { Router } from '../../src/core/router.ts';
import { UNRELIABLE } from '../support/fake-channel.ts';
import { Guest, message } from '../support/guest.ts';
import { unhex } from '../support/hex.ts';

const refused = (code: string, about: string, sequence = 0) => ({ kind: 'refused', sequence, code, about });
const welcome = (name: string) => ({ kind: 'welcome', name });

describe('who joins', () => {
  test('without a name is Usuario0, Usuario1, … in order, on whichever transport', () => {
    const router = new Router();
    const names = [new Guest(router), new Guest(router, UNRELIABLE), new Guest(router)].map((guest) =>
      guest.say(encodeJoin('', false)).heard(),
    );
    expect(names).toEqual([[welcome('Usuario0')], [welcome('Usuario1')], [welcome('Usuario2')]]);
    expect(router.userCount).toBe(3);
  });

  test('gets no number that somebody had who left', () => {
    const router = new Router();
    new Guest(router).join().channel.end({ kind: 'left' });
    expect(router.userCount).toBe(0);
    expect(new Guest(router).say(encodeJoin('', false)).heard()).toEqual([welcome('Usuario1')]);
  });

  test('with a name gets it, also when somebody who left had it', () => {
    const router = new Router();
    const first = new Guest(router).say(encodeJoin('Ana', false));
    expect(first.heard()).toEqual([welcome('Ana')]);
    first.channel.end({ kind: 'left' });
    expect(new Guest(router).say(encodeJoin('Ana', false)).heard()).toEqual([welcome('Ana')]);
  });

  test('without having said so is not joined: a channel alone is no user', () => {
    const router = new Router();
    new Guest(router);
    expect(router.userCount).toBe(0);
  });
});

describe('who is turned away is told why, and the channel ends', () => {
  test.each([
    ['a name that is taken', encodeJoin('Ana', false), refused('name-taken', 'Ana')],
    ['a name that is illegal', encodeJoin(' x', false), refused('name-illegal', ' x')],
    ['a name that is too long', encodeJoin('x'.repeat(65), false), refused('name-illegal', 'x'.repeat(65))],
    ['a name that is reserved', encodeJoin('Usuario5', false), refused('name-reserved', 'Usuario5')],
    ['everybody’s name', encodeJoin('*', false), refused('name-reserved', '*')],
    ['a message first', message('Ana', 4), refused('not-joined', '')],
    ['a letter that is none first', unhex('01 02 01 2a'), refused('not-joined', '')],
    ['a question first', encodeWho(1), refused('not-joined', '')],
    ['a ping first', encodePing(1), refused('not-joined', '')],
    ['a receipt first', encodeConfirm('Ana', 1), refused('not-joined', '')],
    ['another version', unhex('02 01 00 00'), refused('wrong-version', '1')],
    ['noise', unhex('01 7f'), refused('malformed', 'kind 127 is unknown')],
  ])('for %s', (_, frame, reason) => {
    const router = new Router();
    new Guest(router).join('Ana');
    const guest = new Guest(router).say(frame);
    expect(guest.heard()).toEqual([reason]);
    expect(guest.channel.ended).toBe('closed');
    expect(router.userCount).toBe(1);
  });

  test('when the server is full, until somebody leaves', () => {
    const router = new Router({ maxUsers: 1 });
    const first = new Guest(router).join();
    expect(new Guest(router).say(encodeJoin('', false)).heard()).toEqual([refused('server-full', '1')]);
    first.channel.end({ kind: 'left' });
    expect(new Guest(router).say(encodeJoin('', false)).heard()).toEqual([welcome('Usuario1')]);
  });

  test('and is heard no more', () => {
    const router = new Router();
    const guest = new Guest(router);
    const { events } = guest.channel;
    guest.say(unhex('01 7f')).heard();
    events?.frame(encodeJoin('Ana', false), 0);
    expect(guest.heard()).toEqual([]);
    expect(router.userCount).toBe(0);
  });
});

describe('after joining', () => {
  test.each([
    ['joining again', encodeJoin('Bia', false), refused('already-joined', 'Ana')],
    ['noise', unhex('01 7f'), refused('malformed', 'kind 127 is unknown')],
    ['another version', unhex('09 03 00'), refused('wrong-version', '1')],
    ['a frame cut short', unhex('01 03 00'), refused('malformed', 'it ends before its request does')],
    [
      'a letter that is none',
      unhex('01 02 01 2a 00 00 00 05 04 00'),
      refused('malformed', 'the letter is too short or has unknown flags', 5),
    ],
    ['a letter that is no text', unhex('01 02 01 2a 00 00 00 05 00 00 ff'), refused('invalid-text', '', 5)],
    ['a recipient that is no text', unhex('01 02 01 ff 00 00 00 05 00 00'), refused('invalid-text', '', 5)],
  ])('%s is refused and changes nothing', (_, frame, reason) => {
    const router = new Router();
    const guest = new Guest(router).join('Ana');
    expect(guest.say(frame).heard()).toEqual([reason]);
    expect(guest.channel.ended).toBeUndefined();
    expect(guest.write('Ana', 6).heard()).toMatchObject([{ kind: 'deliver' }]);
  });

  test('a recipient that is no text is nobody, even if somebody has the name that a lenient reader would see', () => {
    const router = new Router();
    const replacement = new Guest(router).join('\ufffd');
    new Guest(router).join().say(unhex('01 02 01 ff 00 00 00 05 00 00'));
    expect(replacement.heard()).toEqual([]);
  });

  test('a body too long is refused by its number, and nobody gets it', () => {
    const router = new Router();
    const other = new Guest(router).join('Ana');
    const long = new Uint8Array(60_001 + 12).fill(0x61);
    long.set(unhex('01 02 03 41 6e 61 00 00 00 08 00 00'));
    expect(new Guest(router).join().say(long).heard()).toEqual([refused('body-too-long', '', 8)]);
    expect(other.heard()).toEqual([]);
  });

  test('a ping is answered with its token, and a question with everybody in the order of joining', () => {
    const router = new Router();
    const guest = new Guest(router).join('Zé');
    new Guest(router, UNRELIABLE).join();
    expect(guest.say(encodePing(77)).say(encodeWho(5)).heard()).toEqual([
      { kind: 'pong', token: 77 },
      {
        kind: 'roster',
        request: 5,
        part: 0,
        parts: 1,
        people: [
          { name: 'Zé', transport: 'tcp' },
          { name: 'Usuario0', transport: 'udp' },
        ],
      },
    ]);
  });
});

test('an observer sees who joins, who is refused and who leaves', () => {
  const seen: unknown[] = [];
  const router = new Router({
    maxUsers: 2,
    observer: {
      joined: ({ name, transport }, remote) => seen.push(['joined', name, transport, remote]),
      left: ({ name }, departure) => seen.push(['left', name, departure]),
      refused: (who, code, about) => seen.push(['refused', who, code, about]),
      routed: (...message) => seen.push(['routed', ...message]),
    },
  });
  const ana = new Guest(router, UNRELIABLE, 'casa:1').join('Ana');
  new Guest(router, undefined, 'rua:2').join('Ana');
  ana.write('Bia', 1).write('Ana', 2, 'olá');
  ana.channel.end({ kind: 'silent', limitMs: 9 });
  expect(seen).toEqual([
    ['joined', 'Ana', 'udp', 'casa:1'],
    ['refused', 'rua:2', 'name-taken', 'Ana'],
    ['refused', 'Ana', 'unknown-recipient', 'Bia'],
    ['routed', 'Ana', 'Ana', 2, 6 + 4],
    ['left', 'Ana', 'silent'],
  ]);
});
