import { describe, expect, test } from 'vitest';
import { Client, type ClientEvent, type ClientOptions } from '../../src/core/client.ts';
import { parseClientFrame } from '../../src/core/client-frame.ts';
import { nameOn } from '../../src/core/envelope.ts';
import { CallerError } from '../../src/core/errors.ts';
import { Letter } from '../../src/core/letter.ts';
import {
  encodeBye,
  encodeConfirmed,
  encodeJoined,
  encodeLeft,
  encodePong,
  encodeRefused,
  encodeRoster,
  encodeWelcome,
} from '../../src/core/server-frame.ts';
import { FakeChannel } from '../support/fake-channel.ts';
import { hex, unhex } from '../support/hex.ts';

function attached(options: Partial<ClientOptions> = {}) {
  const events: ClientEvent[] = [];
  const client = new Client({ onEvent: (event) => events.push(event), ...options });
  const channel = new FakeChannel();
  channel.events = client.attach(channel);
  const sent = () => channel.taken.splice(0).map(parseClientFrame);
  return { client, channel, events, sent };
}

const DELIVERED = unhex('01 82 03 41 6e 61 00 00 00 07 00 00 6f 69');
const WITH_RECEIPT = unhex('01 83 03 41 6e 61 00 00 00 07 01 00 6f 69');

describe('its first frame', () => {
  test.each([
    [{}, '01 01 00 00'],
    [{ name: 'Ana' }, '01 01 00 03 41 6e 61'],
    [{ name: '', wantsPresence: true }, '01 01 01 00'],
  ])('of %j is %s', (options, bytes) => {
    expect(hex(new Client({ onEvent: () => {}, ...options }).opening())).toBe(bytes);
  });

  test('is not made with a name that is not allowed; one that is reserved is the server’s to refuse', () => {
    expect(() => attached({ name: ' Ana' })).toThrow(CallerError);
    expect(() => attached({ name: 'x'.repeat(65) })).toThrow(/"x+" is not allowed: a name has 1 to 64 bytes/);
    expect(() => attached({ name: 'Usuario1' })).not.toThrow();
  });
});

describe('what it sends', () => {
  test('is numbered from 1, whoever it is for', () => {
    const { client, sent } = attached();
    const numbers = ['Ana', 'Bia', '*', 'Ana'].map((to) => client.send({ to, body: to }));
    expect(numbers).toEqual([1, 2, 3, 4].map((sequence) => ({ sequence, outcome: 'sent' })));
    const read = sent().map((frame) => {
      if (frame.kind !== 'send') throw new Error(frame.kind);
      const { sequence, wantsReceipt, subject, body } = new Letter(frame.letter);
      return [nameOn(frame.envelope), sequence, wantsReceipt, subject, body];
    });
    expect(read).toEqual([
      ['Ana', 1, false, 'Sem Assunto', 'Ana'],
      ['Bia', 2, false, 'Sem Assunto', 'Bia'],
      ['*', 3, false, 'Sem Assunto', '*'],
      ['Ana', 4, false, 'Sem Assunto', 'Ana'],
    ]);
  });

  test('uses up no number where it was not taken', () => {
    const { client, channel } = attached();
    const send = (answer: FakeChannel['answer']) => {
      channel.answer = answer;
      return client.send({ to: 'Ana', body: '' });
    };
    expect((['sent', 'full', 'queued', 'closed', 'sent'] as const).map(send)).toEqual([
      { sequence: 1, outcome: 'sent' },
      { sequence: 1, outcome: 'full' },
      { sequence: 2, outcome: 'queued' },
      { sequence: 2, outcome: 'closed' },
      { sequence: 3, outcome: 'sent' },
    ]);
  });

  test('may have a subject, a body of bytes, and ask for a receipt', () => {
    const { client, channel } = attached();
    client.send({ to: 'Ana', subject: 'Oi', body: unhex('6f 6c c3 a1'), wantsReceipt: true });
    expect(channel.taken.map(hex)).toEqual(['01 02 03 41 6e 61 00 00 00 01 01 02 4f 69 6f 6c c3 a1']);
  });

  test.each([
    ['an empty recipient', { to: '', body: '' }, /recipient is empty.*"\*"/],
    ['a recipient of 65 bytes', { to: `${'x'.repeat(63)}é`, body: '' }, /recipient has 65 bytes .* limit is 64/],
    ['a subject of 256 bytes', { to: 'Ana', subject: 'x'.repeat(256), body: '' }, /subject has 256 bytes .* 255/],
    ['a body of 60,001 bytes', { to: 'Ana', body: 'x'.repeat(60_001) }, /body has 60001 bytes .* limit is 60000/],
    ['bytes that are no text', { to: 'Ana', body: unhex('ff') }, /not well-formed UTF-8/],
  ])('is nothing where it has %s', (_, message, words) => {
    const { client, channel } = attached();
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(() => client.send(message)).toThrow(CallerError);
      expect(() => client.send(message)).toThrow(words);
    }
    expect(channel.taken).toEqual([]);
    expect(client.send({ to: 'Ana', body: '' }).sequence).toBe(1);
  });

  test('keeps its recipient though there are thousands of them', () => {
    const { client, sent } = attached();
    const names = Array.from({ length: 3_000 }, (_, i) => `n${i % 1_500}`);
    for (const to of names) client.send({ to, body: '' });
    expect(sent().map((frame) => frame.kind === 'send' && nameOn(frame.envelope))).toEqual(names);
  });
});

describe('before it is connected', () => {
  test.each<[string, (client: Client) => unknown]>([
    ['send', (client) => client.send({ to: 'Ana', body: '' })],
    ['who', (client) => client.who()],
    ['ping', (client) => client.ping(0)],
    ['remote', (client) => client.remote],
  ])('%s says so', (_, use) => {
    expect(() => use(new Client({ onEvent: () => {} }))).toThrow(/not connected yet/);
  });

  test('it may be closed and aborted', () => {
    const client = new Client({ onEvent: () => {} });
    client.close();
    client.abort();
    expect(client.name).toBeUndefined();
  });
});

test.each(['close', 'abort'] as const)('%s is the channel’s, and is told as its end', (how) => {
  const { client, channel, events } = attached();
  client[how]();
  expect(channel.ended).toBe(how === 'close' ? 'closed' : 'aborted');
  expect(events).toEqual([{ kind: 'closed', cause: { kind: 'local' } }]);
});

describe('what it hears becomes an event', () => {
  test.each<[Uint8Array, ClientEvent]>([
    [encodeWelcome('Usuario3'), { kind: 'welcome', name: 'Usuario3' }],
    [encodeConfirmed('Ana', 4), { kind: 'confirmed', from: 'Ana', sequence: 4, arrivedAtNs: 99 }],
    [
      encodeRefused(4, 'unknown-recipient', 'Bia'),
      { kind: 'refused', sequence: 4, code: 'unknown-recipient', about: 'Bia' },
    ],
    [encodeJoined({ name: 'Ana', transport: 'udp' }), { kind: 'joined', name: 'Ana', transport: 'udp' }],
    [encodeLeft('Ana', 'silent'), { kind: 'left', name: 'Ana', departure: 'silent' }],
    [encodeBye('too-slow', '9'), { kind: 'bye', code: 'too-slow', about: '9' }],
    [unhex('01 7f'), { kind: 'malformed', why: 'kind 127 is unknown' }],
    [unhex('07 81 00'), { kind: 'wrong-version', version: 7 }],
    [unhex('01 82 01 41 00 00 00 09 40 00'), { kind: 'bad-letter', sequence: 9, fault: 'malformed' }],
    [unhex('01 82 01 ff 00 00 00 09 00 00'), { kind: 'malformed', why: 'the sender is not well-formed UTF-8' }],
  ])('%#', (frame, event) => {
    const { channel, events } = attached();
    channel.events?.frame(frame, 99);
    expect(events).toEqual([event]);
  });

  test('the queue’s emptying and the channel’s end too', () => {
    const { channel, events } = attached();
    channel.events?.drained();
    channel.end({ kind: 'lost', why: 'reset' });
    expect(events).toEqual([{ kind: 'drained' }, { kind: 'closed', cause: { kind: 'lost', why: 'reset' } }]);
  });

  test('the name it was given is its name', () => {
    const { client, channel } = attached();
    expect(client.name).toBeUndefined();
    channel.events?.frame(encodeWelcome('Usuario3'), 0);
    expect([client.name, client.remote]).toEqual(['Usuario3', 'nowhere:1']);
  });
});

describe('a message that comes', () => {
  test('is an event with sender, letter and instant; nothing is sent back', () => {
    const { channel, events, sent } = attached();
    channel.events?.frame(DELIVERED, 5);
    expect(events).toMatchObject([{ kind: 'message', from: 'Ana', toAll: false, arrivedAtNs: 5 }]);
    const [event] = events;
    expect(event?.kind === 'message' && [event.letter.sequence, event.letter.body]).toEqual([7, 'oi']);
    expect(sent()).toEqual([]);
  });

  test('and asks for a receipt, is confirmed after it was reported', () => {
    const order: string[] = [];
    const { channel, sent } = attached({ onEvent: () => order.push(`reported, ${channel.taken.length} sent`) });
    channel.events?.frame(WITH_RECEIPT, 5);
    expect(order).toEqual(['reported, 0 sent']);
    expect(sent()).toEqual([{ kind: 'confirm', to: 'Ana', sequence: 7 }]);
  });

  test('names its sender, however senders alternate', () => {
    const { channel, events } = attached();
    for (const name of ['41 6e 61', '41 6e 62', '41 6e 61', '42 69 61']) {
      channel.events?.frame(unhex(`01 82 03 ${name} 00 00 00 01 00 00`), 0);
    }
    channel.events?.frame(unhex('01 82 02 42 69 00 00 00 01 00 00'), 0);
    channel.events?.frame(unhex('01 82 00 00 00 00 01 00 00'), 0);
    expect(events.map((event) => event.kind === 'message' && event.from)).toEqual([
      'Ana',
      'Anb',
      'Ana',
      'Bia',
      'Bi',
      '',
    ]);
  });
});

describe('a ping', () => {
  test('is answered with the round trip, once', () => {
    const { client, channel, events, sent } = attached();
    client.ping(1e9);
    expect(sent()).toEqual([{ kind: 'ping', token: 1 }]);
    for (const atNs of [1.25e9, 1.5e9]) channel.events?.frame(encodePong(1), atNs);
    expect(events).toEqual([{ kind: 'pong', roundTripMs: 250 }]);
  });

  test('takes the place of the one before: only the newest is measured', () => {
    const { client, channel, events } = attached();
    client.ping(1e9);
    client.ping(2e9);
    for (const token of [1, 2, 3, 0]) channel.events?.frame(encodePong(token), 2.5e9);
    expect(events).toEqual([{ kind: 'pong', roundTripMs: 500 }]);
  });

  test('that was not sent is answered by nothing', () => {
    const { channel, events } = attached();
    channel.events?.frame(encodePong(0), 5);
    expect(events).toEqual([]);
  });
});

describe('a roster', () => {
  const people = ['Ana', 'Bia', 'Caio', 'Davi', 'Eva'].map((name) => ({ name, transport: 'tcp' }));
  const parts = (request: number) => [...encodeRoster(request, people, 10)];
  const roster = (request: number) => ({ kind: 'roster', request, people });

  test.each([
    ['in order', [0, 1, 2, 3, 4]],
    ['backwards', [4, 3, 2, 1, 0]],
    ['with copies', [2, 2, 0, 0, 4, 1, 2, 1, 3]],
    ['all of it twice', [0, 1, 2, 3, 4, 0, 1, 2, 3, 4]],
  ])('in parts, %s, is reported once and in order', (_, order) => {
    const { client, channel, events } = attached();
    expect(client.who()).toBe(1);
    expect(parts(1)).toHaveLength(5);
    for (const part of order) channel.events?.frame(parts(1)[part]!, 0);
    expect(events).toEqual([roster(1)]);
  });

  test('lacking a part is not reported', () => {
    const { client, channel, events } = attached();
    client.who();
    for (const part of [0, 1, 3, 4]) channel.events?.frame(parts(1)[part]!, 0);
    expect(events).toEqual([]);
  });

  test('asked for anew takes nothing from the one before', () => {
    const { client, channel, events, sent } = attached();
    client.who();
    for (const part of [0, 1, 2]) channel.events?.frame(parts(1)[part]!, 0);
    expect(client.who()).toBe(2);
    for (const part of [3, 4]) channel.events?.frame(parts(1)[part]!, 0);
    for (const part of [3, 4]) channel.events?.frame(parts(2)[part]!, 0);
    expect(events).toEqual([]);
    for (const part of [0, 1, 2]) channel.events?.frame(parts(2)[part]!, 0);
    expect(events).toEqual([roster(2)]);
    expect(sent()).toEqual([
      { kind: 'who', request: 1 },
      { kind: 'who', request: 2 },
    ]);
  });

  test.each([
    ['nobody asked for', '01 85 00 00 00 00 00 00 00 01'],
    ['whose part is beyond its parts', '01 85 00 00 00 01 00 01 00 01'],
    ['of no parts', '01 85 00 00 00 01 00 00 00 00'],
  ])('%s is not reported', (what, bytes) => {
    const { client, channel, events } = attached();
    if (what !== 'nobody asked for') client.who();
    channel.events?.frame(unhex(bytes), 0);
    expect(events).toEqual([]);
  });
});
