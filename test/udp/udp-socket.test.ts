// What a UDP server does with datagrams that no honest client sends: it gives nothing away, and keeps nothing.
import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { encodeJoin, encodeWho, sendEnvelope } from '../../src/core/client-frame.ts';
import { encodeWelcome } from '../../src/core/server-frame.ts';
import {
  encodeCookie,
  encodeHello,
  encodeOpen,
  encodeOpened,
  encodeUnknown,
  sessionPrefix,
} from '../../src/udp/datagram.ts';
import { needs } from '../support/ability.ts';
import { joinChat, openChat } from '../support/chat.ts';
import { rawUdp } from '../support/raw-udp.ts';
import { seededBytes } from '../support/seeded.ts';
import { until } from '../support/until.ts';
import { watchSockets } from '../support/watch-sockets.ts';

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
    encodeOpen(nonce, randomBytes(20), new Uint8Array(0)),
    encodeCookie(nonce, randomBytes(20)),
    encodeOpened(nonce, { high: 1, low: 2 }, encodeWelcome('Ana'), new Uint8Array(0)),
    encodeUnknown({ high: 1, low: 2 }),
    new Uint8Array(0),
    sessionPrefix({ high: 1, low: 2 }).data,
    Buffer.concat([sessionPrefix({ high: 1, low: 2 }).close, Buffer.alloc(500)]),
    ...Array.from({ length: 50 }, (_, seed) => seededBytes(seed, seed * 2)),
  ];
  for (const datagram of hostile) {
    const [sentBefore, heardBefore] = [client.sentBytes, client.heardBytes];
    client.say(datagram);
    await client.isDealtWith();
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

test('a cookie is worth nothing at another host, even behind the same port', async (context) => {
  needs(context, process.platform === 'linux', 'only Linux has all of 127.0.0.0/8 on its loopback');
  const strays: string[] = [];
  const server = await openChat({ ...SERVER, onStray: (remote, why) => strays.push(`${remote}: ${why}`) });
  const client = await rawUdp(server.port);
  const open = await client.greet();
  const { port } = client.socket.address();
  const other = createSocket('udp4').bind(port, '127.0.0.2');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  other.send(open, server.port, '127.0.0.1');
  await until(() => strays.length > 0, 'the foreign cookie was noticed');
  expect(strays).toEqual([`127.0.0.2:${port}: its cookie is not valid`]);
  client.say(open);
  await client.hears('opened');
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

test('an OPEN that comes after its client was heard in the session gets no answer', async () => {
  const server = await openChat(SERVER);
  const client = await rawUdp(server.port);
  const open = await client.greet();
  client.say(open);
  const { session } = await client.hears('opened');
  client.sayInSession(session, encodeWho(1)).say(open);
  await client.isDealtWith();
  expect(client.heard.filter(({ kind }) => kind === 'opened')).toHaveLength(1);
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
  client.say(open);
  await client.isDealtWith();
  expect(client.heard.filter(({ kind }) => kind === 'opened')).toHaveLength(1);
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

test('session ids are random: none like another, and no bit of them always the same', async () => {
  const server = await openChat(SERVER);
  const client = await rawUdp(server.port);
  const ids: bigint[] = [];
  while (ids.length < 64) {
    const { high, low } = await client.join();
    client.heard.length = 0;
    ids.push((BigInt(high) << 32n) | BigInt(low));
  }
  expect(new Set(ids).size).toBe(64);
  const everOne = ids.reduce((all, id) => all | id, 0n);
  const everZero = ids.reduce((all, id) => all | ~id, 0n);
  expect(BigInt.asUintN(64, everOne & everZero)).toBe(2n ** 64n - 1n);
});

test('a datagram of an unknown session is answered with no more than it brought', async () => {
  const server = await openChat(SERVER);
  const client = await rawUdp(server.port);
  client.sayInSession({ high: 1, low: 2 }, new Uint8Array(0));
  expect((await client.hears('unknown')).session).toEqual({ high: 1, low: 2 });
  expect(client.heardBytes).toBeLessThanOrEqual(client.sentBytes);
});

test('a datagram from port 0, which nobody can answer, troubles nobody', async () => {
  const sockets = watchSockets<Socket>('udp.socket');
  const server = await openChat(SERVER);
  const nobody = { address: '127.0.0.1', family: 'IPv4', port: 0, size: 64 };
  sockets[0]!.emit('message', Buffer.from(encodeHello(randomBytes(8))), nobody);
  sockets[0]!.emit('message', Buffer.from(sessionPrefix({ high: 1, low: 2 }).data), nobody);
  await joinChat(server, 'udp');
});
