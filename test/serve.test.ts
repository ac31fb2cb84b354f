// The chat over real sockets: one router behind both transports, on one port.
import { getEventListeners, once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { connect, MachineError, serve } from '../src/index.ts';
import { udp } from '../src/udp/udp.ts';
import { joinChat, openChat } from './support/chat.ts';
import { until } from './support/until.ts';

const PAIRS = [
  ['tcp', 'tcp'],
  ['udp', 'udp'],
  ['tcp', 'udp'],
  ['udp', 'tcp'],
] as const;

describe.each(PAIRS)('a user on %s and one on %s', (first, second) => {
  test('write to each other, with and without a subject', async () => {
    const server = await openChat();
    const [ana, rui] = [await joinChat(server, first), await joinChat(server, second)];
    expect([ana.name, rui.name]).toEqual(['Usuario0', 'Usuario1']);
    ana.client.send({ to: rui.name, body: 'olá' });
    rui.client.send({ to: ana.name, subject: 'Re', body: 'ação ✓' });
    expect((await rui.hears('message')).letter.subject).toBe('Sem Assunto');
    const { from, letter } = await ana.hears('message');
    expect([from, letter.subject, letter.body]).toEqual(['Usuario1', 'Re', 'ação ✓']);
  });

  test('a receipt finds its way back', async () => {
    const server = await openChat();
    const [ana, rui] = [await joinChat(server, first), await joinChat(server, second)];
    const { sequence } = ana.client.send({ to: rui.name, body: 'did you get it?', wantsReceipt: true });
    expect(await ana.hears('confirmed')).toMatchObject({ from: rui.name, sequence });
  });

  test('each sees who is here and how, and who comes and goes', async () => {
    const server = await openChat();
    const ana = await joinChat(server, first, { wantsPresence: true });
    const rui = await joinChat(server, second, { name: 'Rui' });
    expect(await ana.hears('joined')).toMatchObject({ name: 'Rui', transport: second });
    ana.client.who();
    expect((await ana.hears('roster')).people).toEqual([
      { name: 'Usuario0', transport: first },
      { name: 'Rui', transport: second },
    ]);
    rui.client.close();
    expect(await ana.hears('left')).toMatchObject({ name: 'Rui', departure: 'left' });
  });

  test('everybody else hears what is sent to all', async () => {
    const server = await openChat();
    const users = [await joinChat(server, first), await joinChat(server, second), await joinChat(server, first)];
    users[0]!.client.send({ to: '*', body: 'all' });
    await until(() => users.slice(1).every(({ inbox }) => inbox.length === 1), 'both others read it');
    expect(users.map(({ inbox }) => inbox)).toEqual([[], ['Usuario0: all'], ['Usuario0: all']]);
    expect(users[1]!.all('message')[0]!.toAll).toBe(true);
  });
});

describe.each(['tcp', 'udp'])('over %s', (transport) => {
  test.each([
    ['a name that is taken', 'Ana', 'name-taken', /"Ana" is taken/],
    ["a number, which is the server's to give", 'Usuario7', 'name-reserved', /server's to give/],
  ])('%s is refused', async (_what, name, code, words) => {
    const server = await openChat();
    await joinChat(server, transport, { name: 'Ana' });
    const refused = joinChat(server, transport, { name });
    await expect(refused).rejects.toMatchObject({ name: 'PeerError', code, message: expect.stringMatching(words) });
  });

  test('a full server says so', async () => {
    const server = await openChat({ maxUsers: 1 });
    await joinChat(server, transport);
    await expect(joinChat(server, transport)).rejects.toMatchObject({
      code: 'server-full',
      message: expect.stringContaining('1 users'),
    });
  });

  test('a server that stops tells its users why', async () => {
    const server = await serve({ port: 0 });
    const ana = await joinChat(server, transport);
    await server.close('the lecture is over');
    expect(await ana.hears('bye')).toMatchObject({ code: 'shutdown', about: 'the lecture is over' });
    await ana.hears('closed');
  });

  test('a number is never given twice', async () => {
    const server = await openChat();
    const first = await joinChat(server, transport);
    first.client.close();
    await until(() => server.userCount === 0, 'the first has left');
    expect((await joinChat(server, transport)).name).toBe('Usuario1');
  });
});

describe('one port for both transports', () => {
  test('is found where the first that is free for one is taken for the other', async () => {
    const asked: number[] = [];
    const spied = vi.spyOn(udp, 'listen').mockImplementationOnce(({ port }) => {
      asked.push(port);
      return Promise.reject(new MachineError('EADDRINUSE', 'taken'));
    });
    onTestFinished(() => spied.mockRestore());
    const server = await openChat();
    expect(asked).toHaveLength(1);
    for (const transport of ['tcp', 'udp']) await joinChat(server, transport);
    expect(server.userCount).toBe(2);
    // The port of the first attempt was given back.
    if (asked[0] !== server.port) await openChat({ transports: ['tcp'], port: asked[0]! });
  });

  test('is given back by a signal, which ends both', async () => {
    const stop = new AbortController();
    const server = await openChat({ signal: stop.signal });
    const users = [await joinChat(server, 'tcp'), await joinChat(server, 'udp')];
    stop.abort();
    await server.close();
    expect((await openChat({ port: server.port })).port).toBe(server.port);
    expect(await users[0]!.hears('closed')).toBeDefined();
  });

  test('and one router: a name is taken on both, and a place that is left is free on both', async () => {
    const server = await openChat({ maxUsers: 1 });
    const ana = await joinChat(server, 'tcp', { name: 'Ana' });
    await expect(joinChat(server, 'udp')).rejects.toMatchObject({ code: 'server-full' });
    ana.client.close();
    await until(() => server.userCount === 0, 'the place is free');
    expect((await joinChat(server, 'udp', { name: 'Ana' })).name).toBe('Ana');
  });
});

test('a transport that does not exist is named with those that do', async () => {
  const wrong = connect({ transport: 'carrier-pigeon' });
  await expect(wrong).rejects.toThrow('There is no transport "carrier-pigeon". Take one of: tcp, udp.');
});

test('a server that can have one transport but not the other gives the port back', async () => {
  const other = await openChat({ transports: ['udp'] });
  await expect(serve({ port: other.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  const tcpAlone = await openChat({ transports: ['tcp'], port: other.port });
  expect(tcpAlone.port).toBe(other.port);
});

test('a server that accepts and says nothing is given up after the limit, and nothing stays open', async () => {
  const silent = createServer();
  const sockets: Socket[] = [];
  silent.on('connection', (socket) => sockets.push(socket.resume().on('error', () => {})));
  onTestFinished(() => void silent.close());
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const joining = connect({ transport: 'tcp', port, timing: { connectLimitMs: 100 } });
  await expect(joining).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  await until(() => sockets[0]?.destroyed === true, 'it was closed');
});

test('a server that was told to stop before it began does not begin, and one that is closed lets go of its signal', async () => {
  await expect(serve({ port: 0, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORT_ERR' });
  const stop = new AbortController();
  const server = await serve({ port: 0, signal: stop.signal });
  expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
  await server.close();
  expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0);
});
