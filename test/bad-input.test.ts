// What must not be: each is told what is wrong, and two who talk beside it lose nothing.
import { describe, expect, onTestFinished, test } from 'vitest';
import { encodeJoin, encodeWho, sendEnvelope } from '../src/core/client-frame.ts';
import { MAX_BODY_BYTES, MAX_FRAME_BYTES } from '../src/core/limits.ts';
import type { ServerFrame } from '../src/core/server-frame.ts';
import { connect, type ServeOptions, serve } from '../src/index.ts';
import { encodeHello } from '../src/udp/datagram.ts';
import { Bystanders, joinChat, openChat, type User } from './support/chat.ts';
import { framed, type RawTcp, rawTcp } from './support/raw-tcp.ts';
import { type RawUdp, rawUdp } from './support/raw-udp.ts';
import { seededBytes } from './support/seeded.ts';
import { until } from './support/until.ts';

const JOIN = encodeJoin('', false);
const HEADER = Uint8Array.of(0, 0, 0, 9, 0, 0);
const bytes = (...parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));
const BAD_TEXT = Uint8Array.of(0xc3, 0x28);
const send = (to: string, ...letter: Uint8Array[]) => bytes(sendEnvelope(to), ...letter);

const BAD_RECIPIENT = bytes(sendEnvelope('').subarray(0, 2), Uint8Array.of(2), BAD_TEXT, HEADER);
const BAD_NAME = bytes(JOIN.subarray(0, 3), Uint8Array.of(2), BAD_TEXT);

/** Opens a server on which two talk to each other; `settle` expects that they lost nothing. */
async function bystanding(options: ServeOptions = {}) {
  const strays: string[] = [];
  const server = await openChat({ ...options, onStray: (_remote, why) => strays.push(why) });
  const users = [await joinChat(server, 'tcp'), await joinChat(server, 'udp')] as [User, User];
  const bystanders = new Bystanders(users);
  const settle = async () => {
    const { written, read } = await bystanders.finish();
    expect([...read].sort()).toEqual([...written].sort());
  };
  return { server, users, strays, settle };
}

interface Speaker {
  readonly frames: readonly ServerFrame[];
  say(frame: Uint8Array): void;
}

/** One who has joined and may say any frame. */
async function joined(transport: string, port: number): Promise<Speaker> {
  if (transport === 'tcp') {
    const raw: RawTcp = (await rawTcp(port)).read();
    raw.say(JOIN);
    await until(() => raw.frames.length > 0, 'it was welcomed');
    return { frames: raw.frames, say: (frame) => void raw.say(frame) };
  }
  const raw: RawUdp = await rawUdp(port);
  const session = await raw.join();
  return {
    get frames() {
      return raw.frames;
    },
    say: (frame) => void raw.sayInSession(session, frame),
  };
}

describe.each(['tcp', 'udp'])('one who has joined over %s', (transport) => {
  test.each<[string, Uint8Array, object]>([
    ['a truncated frame', sendEnvelope('Usuario0').subarray(0, 5), { code: 'malformed' }],
    ['a letter without an end', send('Usuario0', HEADER.subarray(0, 3)), { code: 'malformed' }],
    ['another version', bytes(Uint8Array.of(9), JOIN.subarray(1)), { code: 'wrong-version', about: '1' }],
    [
      'a kind that does not exist',
      Uint8Array.of(1, 0x7f),
      { code: 'malformed', about: expect.stringContaining('127') },
    ],
    ['a body that is no UTF-8', send('Usuario0', HEADER, BAD_TEXT), { code: 'invalid-text', sequence: 9 }],
    [
      'a body over the limit',
      send('U', HEADER, new Uint8Array(MAX_BODY_BYTES + 1)),
      { code: 'body-too-long', sequence: 9 },
    ],
    [
      'a recipient who is not there',
      send('Nobody', HEADER),
      { code: 'unknown-recipient', about: 'Nobody', sequence: 9 },
    ],
    ['a recipient that is no UTF-8', BAD_RECIPIENT, { code: 'invalid-text', sequence: 9 }],
    ['a second join', JOIN, { code: 'already-joined', about: 'Usuario2' }],
  ])('sends %s and is told', async (_what, frame, refusal) => {
    const { server, settle } = await bystanding();
    const speaker = await joined(transport, server.port);
    speaker.say(frame);
    await until(() => speaker.frames.length > 1, 'it was answered');
    expect(speaker.frames[1]).toMatchObject({ kind: 'refused', ...refusal });
    speaker.say(encodeWho(5));
    await until(() => speaker.frames.some(({ kind }) => kind === 'roster'), 'it may go on');
    await settle();
  });
});

/** First frames that admit nobody. */
const NO_JOINS: [string, Uint8Array, object][] = [
  ['a question', encodeWho(1), { code: 'not-joined' }],
  ['a message', send('Usuario0', HEADER), { code: 'not-joined' }],
  ['a join of another version', bytes(Uint8Array.of(9), JOIN.subarray(1)), { code: 'wrong-version', about: '1' }],
  ['half a join', JOIN.subarray(0, 3), { code: 'malformed' }],
  ['a name that is no UTF-8', BAD_NAME, { code: 'malformed', about: expect.stringContaining('UTF-8') }],
  ['random bytes', seededBytes(7, 200), {}],
];

describe('over tcp', () => {
  test.each<[string, Uint8Array, RegExp]>([
    ['a length of 4 GiB', Uint8Array.of(0xff, 0xff, 0xff, 0xff), /4294967295 bytes is announced and the limit is/],
    ['a frame of one byte over the limit', framed(new Uint8Array(MAX_FRAME_BYTES + 1)), /and the limit is/],
    ['random bytes', seededBytes(3, 4096), /is announced and the limit is/],
  ])('%s end the connection with the reason', async (_what, garbage, reason) => {
    const { server, settle } = await bystanding();
    const raw = (await rawTcp(server.port)).read();
    raw.socket.write(garbage);
    await until(() => raw.hasEnded, 'the connection was ended');
    expect(raw.frames[0]).toMatchObject({ kind: 'bye', code: 'violation', about: expect.stringMatching(reason) });
    await settle();
  });

  test('a stream that ends inside a frame is told so', async () => {
    const { server, settle } = await bystanding();
    const raw = (await rawTcp(server.port)).read();
    raw.socket.end(framed(JOIN).subarray(0, 6));
    await until(() => raw.hasEnded, 'the connection was ended');
    expect(raw.frames).toMatchObject([{ kind: 'bye', code: 'violation', about: 'the stream ended inside a frame' }]);
    await settle();
  });

  test.each(NO_JOINS)('%s instead of a join is refused', async (_what, frame, refusal) => {
    const { server, settle } = await bystanding();
    const raw = (await rawTcp(server.port)).read().say(frame);
    await until(() => raw.hasEnded, 'the connection was ended');
    expect(raw.frames).toMatchObject([{ kind: 'refused', ...refusal }]);
    expect(server.userCount).toBe(2);
    await settle();
  });

  test('a client that sends a byte at a time has the time to join that all have, and no more', async () => {
    const { server, settle } = await bystanding({ timing: { joinDeadlineMs: 100 } });
    const raw = (await rawTcp(server.port)).read();
    raw.sayByteByByte(framed(encodeJoin('A'.repeat(60), false)), 50);
    await until(() => raw.hasEnded, 'the connection was ended');
    expect(raw.frames).toMatchObject([{ kind: 'bye', code: 'join-deadline', about: '100' }]);
    await settle();
  });

  test('a client that never reads is sent home, and who wrote to it is told', async () => {
    const { server, users, settle } = await bystanding({ queueLimitBytes: 256 * 1024 });
    const raw = await rawTcp(server.port);
    raw.say(encodeJoin('Deaf', false));
    await until(() => server.userCount === 3, 'it has joined');
    const writer = await joinChat(server, 'tcp', { queueLimitBytes: 64 * 1024 * 1024 });
    const body = new Uint8Array(MAX_BODY_BYTES).fill(0x61);
    const timer = setInterval(() => writer.client.send({ to: 'Deaf', body }), 1);
    onTestFinished(() => clearInterval(timer));
    expect(await writer.hears('refused')).toMatchObject({ code: 'recipient-too-slow', about: 'Deaf' });
    clearInterval(timer);
    expect(await writer.hears('left')).toMatchObject({ name: 'Deaf', departure: 'too-slow' });
    expect(users[0].all('left')).toEqual([]);
    await settle();
  });
});

describe('over udp', () => {
  test('random bytes are dropped, and the server knows why', async () => {
    const { server, strays, settle } = await bystanding();
    const raw = await rawUdp(server.port);
    for (let seed = 1; seed <= 20; seed++) raw.say(seededBytes(seed, seed * 10));
    await until(() => strays.length === 20, 'each was noticed');
    expect(strays[0]).toMatch(/not of this protocol|too short|wrong length|unknown/);
    await settle();
  });

  test.each(NO_JOINS)('%s instead of a join is refused', async (_what, frame, refusal) => {
    const { server, settle } = await bystanding();
    const raw = await rawUdp(server.port);
    raw.say(await raw.greet(frame));
    await raw.hears('denied');
    expect(raw.frames).toMatchObject([{ kind: 'refused', ...refusal }]);
    expect(server.userCount).toBe(2);
    await settle();
  });

  test('a greeting of another version, or a byte at a time, is dropped, and the server knows why', async () => {
    const { server, strays, settle } = await bystanding();
    const raw = await rawUdp(server.port);
    const hello = encodeHello(seededBytes(1, 8));
    for (const byte of hello) raw.say(Uint8Array.of(byte));
    raw.say(bytes(Uint8Array.of(0x21), hello.subarray(1)));
    await until(() => strays.length === hello.length + 1, 'each was noticed');
    expect(strays[0]).toBe('a datagram of 1 bytes is too short');
    expect(strays.at(-1)).toBe('a datagram that begins with byte 33 is not of this protocol');
    expect(raw.heard).toEqual([]);
    await settle();
  });

  test('a client that never reads holds nobody up, and nobody is told: nothing was promised', async () => {
    const { server, settle } = await bystanding();
    const raw = await rawUdp(server.port);
    await raw.join(encodeJoin('Deaf', false));
    raw.socket.removeAllListeners('message');
    const writer = await joinChat(server, 'tcp');
    for (let number = 0; number < 300; number++) {
      expect(writer.client.send({ to: 'Deaf', body: 'x'.repeat(1_000) }).outcome).not.toBe('full');
      if (number % 10 === 0) await new Promise(setImmediate);
    }
    writer.client.who();
    expect((await writer.hears('roster')).people.map(({ name }) => name)).toContain('Deaf');
    expect(writer.all('refused')).toEqual([]);
    await settle();
  });
});

describe.each(['tcp', 'udp'])('the machine, over %s', (transport) => {
  test('a port that is taken', async () => {
    const { server, settle } = await bystanding();
    const taken = serve({ transports: [transport], port: server.port });
    await expect(taken).rejects.toMatchObject({
      code: 'EADDRINUSE',
      message: expect.stringContaining(`Port ${server.port} is taken`),
    });
    await settle();
  });

  test('a host that does not resolve', async () => {
    const { settle } = await bystanding();
    const host = 'no..such..host';
    await expect(connect({ transport, host, port: 1 })).rejects.toThrow(`The host "${host}" does not resolve`);
    await expect(serve({ transports: [transport], host })).rejects.toThrow(`The host "${host}" does not resolve`);
    await settle();
  });

  test('nobody listening', async () => {
    const gone = await serve({ transports: [transport], port: 0 });
    await gone.close();
    await expect(connect({ transport, port: gone.port })).rejects.toThrow(/Nobody listens at 127\.0\.0\.1/);
  });
});
