// Who means to keep others out by joining, connecting or writing without end: what the server holds stays bounded, and others are
// served.
import { connect as openSocket, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openFilesLimit } from '../../src/bench/run/open-files.ts';
import { encodeJoin } from '../../src/core/client-frame.ts';
import { MAX_OPENING_BYTES } from '../../src/core/limits.ts';
import { encodeFarewell } from '../../src/core/server-frame.ts';
import { type ChannelEvents, DEFAULT_TIMING } from '../../src/core/transport.ts';
import { MAX_UNSETTLED } from '../../src/tcp/unsettled.ts';
import { encodeHello, encodeOpen, parseDatagram } from '../../src/udp/datagram.ts';
import { MAX_ENDED } from '../../src/udp/sessions.ts';
import { UdpServer } from '../../src/udp/udp-server.ts';
import { needs } from '../support/ability.ts';
import { Bystanders, joinChat, openChat, type User } from '../support/chat.ts';
import { rawTcp } from '../support/raw-tcp.ts';
import { rawUdp } from '../support/raw-udp.ts';
import { seededBytes } from '../support/seeded.ts';
import { until } from '../support/until.ts';

const JOIN = encodeJoin('', false);

describe('connections that never say who they are', () => {
  test('make room for who comes after them, and who is here loses nothing', { timeout: 30_000 }, async (context) => {
    needs(
      context,
      (openFilesLimit() ?? Number.POSITIVE_INFINITY) > 4 * MAX_UNSETTLED,
      'it opens 2,600 files (ulimit -n 8192)',
    );
    const strays: string[] = [];
    const server = await openChat({ onStray: (_remote, why) => strays.push(why) });
    const pair: [User, User] = [await joinChat(server, 'tcp'), await joinChat(server, 'udp')];
    const bystanders = new Bystanders(pair);
    const idle = await idleConnections(server.port, MAX_UNSETTLED + 200);
    await until(() => idle.filter(({ closed }) => closed).length === 200, 'the oldest were ended');
    expect(idle.slice(0, 200).every(({ closed }) => closed)).toBe(true);
    expect(new Set(strays)).toEqual(
      new Set([`more than ${MAX_UNSETTLED} connections have not joined, and it was the oldest of them`]),
    );
    expect((await joinChat(server, 'tcp', { name: 'Late' })).name).toBe('Late');
    const { written, read } = await bystanders.finish();
    expect([...read].sort()).toEqual([...written].sort());
  });

  test('are not those that joined: any number of users may stay', { timeout: 30_000 }, async (context) => {
    needs(
      context,
      (openFilesLimit() ?? Number.POSITIVE_INFINITY) > 4 * MAX_UNSETTLED,
      'it opens 2,600 files (ulimit -n 8192)',
    );
    const server = await openChat();
    const first = (await rawTcp(server.port)).read().say(JOIN);
    await until(() => first.frames.length > 0, 'the first has joined');
    const others = await idleConnections(server.port, MAX_UNSETTLED + 50, JOIN);
    await until(() => server.userCount === MAX_UNSETTLED + 51, 'all have joined');
    expect(others.some(({ closed }) => closed)).toBe(false);
    expect(first.hasEnded).toBe(false);
  });
});

describe('a first frame longer than any join', () => {
  test('over TCP is a violation as soon as it is announced', async () => {
    const server = await openChat();
    const raw = (await rawTcp(server.port)).read();
    raw.socket.write(Uint8Array.of(0, 0, 2, 1));
    await until(() => raw.hasEnded, 'the connection was ended');
    const about = `a frame of 513 bytes is announced and the limit is ${MAX_OPENING_BYTES}`;
    expect(raw.frames).toMatchObject([{ kind: 'bye', code: 'violation', about }]);
  });

  test('over TCP ends with joining: then a message may be as long as any', async () => {
    const server = await openChat();
    const [ana, rui] = [await joinChat(server, 'tcp', { name: 'Ana' }), await joinChat(server, 'tcp')];
    rui.client.send({ to: 'Ana', body: 'x'.repeat(60_000) });
    await until(() => ana.inbox.length > 0, 'it came');
  });

  test('over UDP is dropped, and the server says why', async () => {
    const strays: string[] = [];
    const server = await openChat({ onStray: (_remote, why) => strays.push(why) });
    const raw = await rawUdp(server.port);
    raw.say(await raw.greet(new Uint8Array(MAX_OPENING_BYTES + 1).fill(1)));
    await raw.isDealtWith();
    expect(strays).toEqual([`its first frame has 513 bytes and the limit is ${MAX_OPENING_BYTES}`]);
  });
});

describe('users of one address', () => {
  test.each(['tcp', 'udp'])('over %s are refused beyond the limit, until one leaves', async (transport) => {
    const server = await openChat({ maxUsersPerNetwork: 2 });
    const first = await joinChat(server, transport);
    await joinChat(server, transport === 'tcp' ? 'udp' : 'tcp');
    await expect(joinChat(server, transport)).rejects.toMatchObject({
      code: 'too-many-here',
      message: 'From your address 2 users are here already, and that is the limit.',
    });
    first.client.close();
    await until(() => server.userCount === 1, 'she has left');
    expect((await joinChat(server, transport)).name).toBe('Usuario2');
  });
});

describe('a server over UDP in virtual time', () => {
  test('looks at so many greetings a second, from however many addresses, and answers again when it is over', () => {
    const { server, sent, pass } = machine();
    const flood = (count: number) => {
      for (let port = 1; port <= count; port++) server.receive(encodeHello(nonce(port)), at(port), pass(0));
    };
    flood(50_000);
    expect(sent.length).toBe(10_000);
    flood(50_000);
    expect(sent.length).toBe(10_000);
    pass(100);
    flood(50_000);
    expect(sent.length).toBe(11_000);
  });

  test('looks at so many OPENs a second, and a flood of greetings takes nothing of that', () => {
    const { server, sent, pass, cookieFor, strays } = machine();
    const cookie = cookieFor(7);
    for (let port = 1; port <= 20_000; port++) server.receive(encodeHello(nonce(port)), at(port), pass(0));
    server.receive(encodeOpen(nonce(7), cookie, JOIN), at(7), pass(0));
    expect(server.sessionCount).toBe(1);
    for (let port = 1; port <= 20_000; port++) {
      server.receive(encodeOpen(nonce(port), seededBytes(1, 20), JOIN), at(port), pass(0));
    }
    expect(strays.filter((why) => why === 'its cookie is not valid')).toHaveLength(10_000 - 1);
    // One greeting was looked at for the cookie.
    expect(sent.length).toBe(10_000 - 1 + 1);
  });

  test('whoever has joined is heard, however many greet', () => {
    const { server, sent, pass, cookieFor, heard } = machine();
    server.receive(encodeOpen(nonce(7), cookieFor(7), JOIN), at(7), pass(0));
    const opened = parseDatagram(sent.at(-1)!.datagram);
    if (opened.kind !== 'opened') throw new Error('There is no session.');
    for (let port = 1; port <= 20_000; port++) server.receive(encodeHello(nonce(port)), at(port), pass(0));
    const id = sent.at(-1) && sent.find(({ datagram }) => parseDatagram(datagram).kind === 'opened')!.datagram;
    const data = Buffer.concat([Uint8Array.of(0x16), id!.subarray(9, 17), Uint8Array.of(1, 5, 0, 0, 0, 1)]);
    server.receive(data, at(7), pass(0));
    expect(heard).toHaveLength(2);
  });

  test('remembers a bounded number of handshakes of those who came and went, and all of those who are here', () => {
    const { server, pass, cookieFor } = machine({ endsAtOnce: true });
    for (let port = 1; port <= MAX_ENDED + 500; port++) {
      server.receive(encodeOpen(nonce(port), cookieFor(port), JOIN), at(port), pass(1));
    }
    expect(server.sessionCount).toBe(0);
    expect(server.rememberedCount).toBe(MAX_ENDED);
    server.sweep(pass(31_000));
    expect(server.rememberedCount).toBe(0);
  });
});

const nonce = (number: number) => Uint8Array.of(1, 2, 3, 4, number >>> 24, number >>> 16, number >>> 8, number);
const at = (port: number) => ({ address: '192.0.2.7', port });

/** The server's machine, with a clock that the test moves and no socket. */
function machine({ endsAtOnce = false } = {}) {
  let nowNs = 1e15;
  let seed = 0;
  const sent: { datagram: Uint8Array; port: number }[] = [];
  const strays: string[] = [];
  const heard: Uint8Array[] = [];
  const server = new UdpServer({
    clock: () => nowNs,
    chance: (sizeBytes) => seededBytes(++seed, sizeBytes),
    timing: DEFAULT_TIMING,
    queueLimitBytes: 1e6,
    send: (datagram, port) => {
      sent.push({ datagram: Uint8Array.from(datagram), port });
      return 'sent';
    },
    whenDrained: () => {},
    accept: (channel): ChannelEvents => ({
      frame: (bytes) => {
        heard.push(bytes);
        if (endsAtOnce) channel.close(JOIN);
        else if (heard.length === 1) channel.send(JOIN);
      },
      drained: () => {},
      closed: () => {},
    }),
    farewell: encodeFarewell,
    maxOpeningBytes: MAX_OPENING_BYTES,
    onStray: (_remote, why) => strays.push(why),
  });
  const pass = (ms: number) => {
    nowNs += ms * 1e6;
    return nowNs;
  };
  const cookieFor = (port: number) => {
    server.receive(encodeHello(nonce(port)), at(port), pass(0));
    const cookie = parseDatagram(sent.pop()!.datagram);
    if (cookie.kind !== 'cookie') throw new Error('The greeting was not answered.');
    return Uint8Array.from(cookie.cookie);
  };
  return { server, sent, strays, heard, pass, cookieFor };
}

/** So many, one after the other. @param opening what each says, if anything */
async function idleConnections(port: number, count: number, opening?: Uint8Array): Promise<Socket[]> {
  const sockets: Socket[] = [];
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  for (let number = 0; number < count; number++) {
    const socket = openSocket({ port, host: '127.0.0.1' });
    socket.on('error', () => {}).resume();
    sockets.push(socket);
    await until(() => !socket.connecting, 'it is connected');
    if (opening !== undefined) socket.write(Buffer.concat([Uint8Array.of(0, 0, 0, opening.length), opening]));
  }
  return sockets;
}
