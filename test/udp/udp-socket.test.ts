// What a UDP server does with datagrams that no honest client sends: it gives nothing away, and keeps nothing.
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { encodeJoin, sendEnvelope } from '../../src/core/client-frame.ts';
import { encodeWelcome } from '../../src/core/server-frame.ts';
import {
  encodeCookie,
  encodeHello,
  encodeOpen,
  encodeOpened,
  encodeUnknown,
  parseDatagram,
  sessionPrefix,
} from '../../src/udp/datagram.ts';
import { joinChat, openChat } from '../support/chat.ts';
import { rawUdp } from '../support/raw-udp.ts';
import { seededBytes } from '../support/seeded.ts';
import { until } from '../support/until.ts';

const SERVER = { transports: ['udp'] };
const LETTER = Uint8Array.of(0, 0, 0, 1, 0, 0, 0x68, 0x69);

test('no more bytes go out than came in before an address is proved', async () => {
  const server = await openChat(SERVER);
  const client = await rawUdp(server.port);
  const nonce = randomBytes(8);
  const hostile = [
    encodeHello(nonce),
    encodeHello(nonce).subarray(0, 20),
    Buffer.concat([encodeHello(nonce), Buffer.alloc(100)]),
    encodeOpen(nonce, randomBytes(20), encodeJoin('', true)),
    sessionPrefix({ high: 1, low: 2 }).data,
    Buffer.concat([sessionPrefix({ high: 1, low: 2 }).close, Buffer.alloc(500)]),
    ...Array.from({ length: 50 }, (_, seed) => seededBytes(seed, seed * 2)),
  ];
  for (const datagram of hostile) {
    const [sentBefore, heardBefore] = [client.sentBytes, client.heardBytes];
    client.say(datagram);
    // The answer to an honest greeting is the sign that the one before has been dealt with.
    const cookies = () => client.heard.filter(({ kind }) => kind === 'cookie').length;
    const before = cookies();
    client.say(encodeHello(randomBytes(8)));
    await until(() => cookies() > before, 'the greeting was answered');
    expect(client.heardBytes - heardBefore).toBeLessThanOrEqual(client.sentBytes - sentBefore);
  }
  expect(server.userCount).toBe(0);
});

test('a cookie is good for the address that it was sent to, and no other', async () => {
  const strays: string[] = [];
  const server = await openChat({ ...SERVER, onStray: (_remote, why) => strays.push(why) });
  const [one, other] = [await rawUdp(server.port), await rawUdp(server.port)];
  other.say(await one.greet());
  await until(() => strays.length > 0, 'the foreign cookie was noticed');
  expect(strays).toEqual(['its cookie is not valid']);
  expect(server.userCount).toBe(0);
});

test('an OPEN that comes again makes no second session, and gets the same answer', async () => {
  const server = await openChat(SERVER);
  const client = await rawUdp(server.port);
  const open = await client.greet();
  client.say(open).say(open).say(open);
  await until(() => client.heard.filter(({ kind }) => kind === 'opened').length === 3, 'each was answered');
  const sessions = client.heard.flatMap((datagram) => (datagram.kind === 'opened' ? [datagram.session] : []));
  expect(new Set(sessions.map(({ high, low }) => `${high} ${low}`)).size).toBe(1);
  expect(server.userCount).toBe(1);
});

test('an OPEN that comes after its session has ended brings nobody back', async () => {
  const server = await openChat(SERVER);
  const client = await rawUdp(server.port);
  const open = await client.greet();
  client.say(open);
  const { session } = await client.hears('opened');
  client.say(sessionPrefix(session).close);
  await until(() => server.userCount === 0, 'the user has left');
  client.say(open).say(encodeHello(randomBytes(8)));
  const cookies = client.heard.filter(({ kind }) => kind === 'cookie').length;
  await until(() => client.heard.filter(({ kind }) => kind === 'cookie').length > cookies, 'the server has read it');
  expect(server.userCount).toBe(0);
});

test('a refused client is told again when it asks again', async () => {
  const server = await openChat(SERVER);
  await joinChat(server, 'udp', { name: 'Ana' });
  const client = await rawUdp(server.port);
  const open = await client.greet(encodeJoin('Ana', false));
  client.say(open).say(open);
  await until(() => client.heard.filter(({ kind }) => kind === 'denied').length === 2, 'it was told twice');
  expect(client.frames[0]).toMatchObject({ kind: 'refused', code: 'name-taken', about: 'Ana' });
});

test("a session's id is worth nothing at another address", async () => {
  const strays: string[] = [];
  const server = await openChat({ ...SERVER, onStray: (_remote, why) => strays.push(why) });
  const victim = await joinChat(server, 'udp');
  const [owner, thief] = [await rawUdp(server.port), await rawUdp(server.port)];
  const session = await owner.join();
  const message = Buffer.concat([sendEnvelope(victim.name), LETTER]);
  thief.sayInSession(session, message).say(sessionPrefix(session).close);
  await until(() => strays.length === 2, 'both attempts were noticed');
  expect(strays).toEqual(Array(2).fill('its session belongs to another address'));
  owner.sayInSession(session, message);
  await until(() => victim.inbox.length === 1, 'the owner is still heard');
  expect(victim.inbox).toEqual(['Usuario1: hi']);
});

test('session ids are random: none like another', async () => {
  const server = await openChat(SERVER);
  const ids = new Set<string>();
  for (let i = 0; i < 20; i++) {
    const { high, low } = await (await rawUdp(server.port)).join();
    ids.add(`${high.toString(16)} ${low.toString(16)}`);
  }
  expect(ids.size).toBe(20);
});

test('a user who is heard no more is gone after the limit', async () => {
  const server = await openChat({ ...SERVER, timing: { idleLimitMs: 100, keepAliveMs: 20 } });
  const watcher = await joinChat(server, 'udp', { wantsPresence: true, timing: { keepAliveMs: 20 } });
  await (await rawUdp(server.port)).join();
  expect(await watcher.hears('left')).toMatchObject({ name: 'Usuario1', departure: 'silent' });
});

test('a datagram of an unknown session is answered with no more than it brought', async () => {
  const server = await openChat(SERVER);
  const client = await rawUdp(server.port);
  client.sayInSession({ high: 1, low: 2 }, new Uint8Array(0));
  expect((await client.hears('unknown')).session).toEqual({ high: 1, low: 2 });
  expect(client.heardBytes).toBeLessThanOrEqual(client.sentBytes);
});

test('a client learns from its next datagram that its server has forgotten it', async () => {
  const forgetful = createSocket('udp4');
  onTestFinished(() => void forgetful.close());
  forgetful.bind(0, '127.0.0.1');
  await once(forgetful, 'listening');
  const session = { high: 3, low: 4 };
  forgetful.on('message', (bytes, { port, address }) => {
    const datagram = parseDatagram(bytes);
    const nothing = new Uint8Array(0);
    if (datagram.kind === 'hello') forgetful.send(encodeCookie(datagram.nonce, new Uint8Array(20)), port, address);
    if (datagram.kind === 'open')
      forgetful.send(encodeOpened(datagram.nonce, session, encodeWelcome('Ana'), nothing), port, address);
    if (datagram.kind === 'data') forgetful.send(encodeUnknown(datagram.session), port, address);
  });
  const ana = await joinChat({ port: forgetful.address().port }, 'udp');
  ana.client.send({ to: 'Rui', body: 'are you there?' });
  expect((await ana.hears('closed')).cause.kind).toBe('lost');
});
