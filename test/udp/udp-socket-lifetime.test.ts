// How sessions and sockets of UDP begin and end where nothing but a datagram could tell.
import { createSocket, Socket } from 'node:dgram';
import dns from 'node:dns';
import { once } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Client, type ClientEvent } from '../../src/core/client.ts';
import { MachineError } from '../../src/core/errors.ts';
import { Router } from '../../src/core/router.ts';
import { encodeRefused, encodeWelcome } from '../../src/core/server-frame.ts';
import type { Clock, Listener, Timing } from '../../src/core/transport.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import { COOKIE_LIFETIME_MS } from '../../src/udp/cookie.ts';
import { encodeCookie, encodeOpened, encodeUnknown, parseDatagram, sessionPrefix } from '../../src/udp/datagram.ts';
import { udp } from '../../src/udp/udp.ts';
import { hasLoopback6, needs } from '../support/ability.ts';
import { ManualTime } from '../support/manual-time.ts';
import { rawUdp } from '../support/raw-udp.ts';
import { until } from '../support/until.ts';
import { watchSockets } from '../support/watch-sockets.ts';

const HOST = '127.0.0.1';
const NOTHING = new Uint8Array(0);

describe('a session', () => {
  test('of a user who is heard no more ends at the limit, and the others are told', async () => {
    const time = new ManualTime();
    const setting = { clock: time.clock, timing: { keepAliveMs: 40, idleLimitMs: 400 } };
    const { listener, router } = await open(setting);
    const { events } = await join(listener.port, setting);
    await (await rawUdp(listener.port)).join();
    await until(() => time.pass() > 0 && router.userCount === 1, 'one was given up');
    await until(() => events.some(({ kind }) => kind === 'left'), 'the other was told');
    expect(events.at(-1)).toEqual({ kind: 'left', name: 'Usuario1', departure: 'silent' });
  });

  test('that is forgotten is not brought back by its OPEN: the cookie is too old by then', async () => {
    const time = new ManualTime();
    const { listener, router } = await open({ clock: time.clock, timing: { keepAliveMs: 40, idleLimitMs: 400 } });
    const sleeper = await rawUdp(listener.port);
    await sleeper.join();
    await until(() => time.pass() > 0 && sleeper.heard.at(-1)?.kind === 'data', 'it has not been heard for a while');
    const client = await rawUdp(listener.port);
    const opening = await client.greet();
    client.say(opening);
    client.say(sessionPrefix((await client.hears('opened')).session).close);
    await until(() => router.userCount <= 1, 'its user has left');
    time.advance(COOKIE_LIFETIME_MS);
    await until(() => time.pass() > 0 && router.userCount === 0, 'the sleeper is given up, and what is old forgotten');
    client.say(opening);
    await client.isDealtWith();
    expect(client.heard.filter(({ kind }) => kind === 'opened')).toHaveLength(1);
    expect(router.userCount).toBe(0);
  });

  test('ends for a client with its next datagram where the server is another by now', async () => {
    const { listener } = await open();
    const { client, events } = await join(listener.port);
    // Nobody is told, as where a process is killed.
    await listener.close();
    const { router } = await open({ port: listener.port });
    client.send({ to: 'Rui', body: 'are you there?' });
    await until(() => events.some(({ kind }) => kind === 'closed'), 'it was told');
    const why = expect.stringContaining('does not know this session');
    expect(events.at(-1)).toEqual({ kind: 'closed', cause: { kind: 'lost', why } });
    expect(router.userCount).toBe(0);
  });

  test('does not end for a client because another is unknown', async () => {
    const port = await scriptedServer();
    const { client, events } = await join(port);
    client.send({ to: 'Rui', body: 'are you there?' });
    await until(() => events.some(({ kind }) => kind === 'refused'), 'what came behind UNKNOWN is here');
    expect(events.map(({ kind }) => kind)).toEqual(['welcome', 'refused']);
  });
});

describe('a socket', () => {
  test('of a client is closed when its last datagram has left, and a late error troubles nobody', async () => {
    const { listener, router } = await open();
    const sockets = watchSockets<Socket>('udp.socket');
    const { client } = await join(listener.port);
    const closed = vi.fn();
    sockets[0]!.once('close', closed);
    client.close();
    await until(() => closed.mock.calls.length === 1, 'the socket is closed');
    await until(() => router.userCount === 0, 'the server was told');
    sockets[0]!.emit('error', new Error('late'));
  });

  test('that the machine has no room for is the machine’s fault', async () => {
    const { listener } = await open();
    const bind = vi.spyOn(Socket.prototype, 'bind').mockImplementation(function (this: Socket) {
      queueMicrotask(() => this.emit('error', Object.assign(new Error('bind EMFILE'), { code: 'EMFILE' })));
      return this;
    });
    onTestFinished(() => bind.mockRestore());
    const failure = join(listener.port);
    await expect(failure).rejects.toThrow(MachineError);
    await expect(failure).rejects.toMatchObject({ code: 'EMFILE', message: expect.stringContaining('ulimit') });
  });

  test('for a port that can’t be is closed again', async () => {
    const closed = vi.fn();
    watchSockets<Socket>('udp.socket', (socket) => socket.once('close', closed));
    await expect(open({ port: 70_000 })).rejects.toThrow(/:70000/);
    await expect(join(70_000)).rejects.toThrow(/:70000/);
    await until(() => closed.mock.calls.length === 2, 'both sockets are closed');
  });
});

describe('a host’s name', () => {
  test('a stop is obeyed while the resolver still looks for it', async () => {
    resolver(() => {});
    const stop = new AbortController();
    const attempts = [open({ host: 'casa', signal: stop.signal }), join(9, { host: 'casa', signal: stop.signal })];
    stop.abort();
    for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ code: 'ABORT_ERR' });
  });

  test('of two addresses, with nobody at the first, leads to the second', async (context) => {
    needs(context, hasLoopback6(), 'there is no ::1 here');
    const { listener } = await open();
    resolver((answer) =>
      answer(null, [
        { address: '::1', family: 6 },
        { address: HOST, family: 4 },
      ]),
    );
    const { events } = await join(listener.port, { host: 'casa' });
    expect(events.map(({ kind }) => kind)).toEqual(['welcome']);
  });
});

type Answer = (error: null, addresses: dns.LookupAddress[]) => void;

/** Puts another resolver in the place of the machine's, until the test ends. */
function resolver(resolve: (answer: Answer) => void): void {
  const { lookup } = dns;
  const replace = (other: typeof lookup) => {
    dns.lookup = other;
    syncBuiltinESMExports();
  };
  onTestFinished(() => replace(lookup));
  replace(((_host: string, _options: object, answer: Answer) => resolve(answer)) as typeof lookup);
}

interface Setting {
  readonly host?: string;
  readonly signal?: AbortSignal;
  readonly port?: number;
  readonly clock?: Clock;
  readonly timing?: Partial<Timing>;
}

async function open(setting: Setting = {}): Promise<{ listener: Listener; router: Router }> {
  const router = new Router();
  const listener = await udp.listen({
    host: HOST,
    port: 0,
    clock: monotonicNs,
    ...setting,
    farewell: () => NOTHING,
    accept: (channel) => router.accept(channel),
  });
  onTestFinished(() => listener.close());
  return { listener, router };
}

async function join(port: number, setting: Setting = {}): Promise<{ client: Client; events: ClientEvent[] }> {
  const events: ClientEvent[] = [];
  const client = new Client({ wantsPresence: true, onEvent: (event) => events.push(event) });
  await udp.connect({
    host: HOST,
    clock: monotonicNs,
    ...setting,
    port,
    opening: client.opening(),
    accept: (channel) => client.attach(channel),
  });
  onTestFinished(() => client.abort());
  return { client, events };
}

/** Answers each datagram in its session with an UNKNOWN for another one, and then with a refusal. */
async function scriptedServer(): Promise<number> {
  const [session, another] = [
    { high: 3, low: 4 },
    { high: 3, low: 5 },
  ];
  const socket = createSocket('udp4').bind(0, HOST);
  onTestFinished(() => void socket.close());
  await once(socket, 'listening');
  socket.on('message', (bytes, { port }) => {
    const answer = (...pieces: Uint8Array[]) => socket.send(Buffer.concat(pieces), port, HOST);
    const asked = parseDatagram(bytes);
    if (asked.kind === 'hello') answer(encodeCookie(asked.nonce, new Uint8Array(20)));
    if (asked.kind === 'open') answer(encodeOpened(asked.nonce, session, encodeWelcome('Ana'), NOTHING));
    if (asked.kind !== 'data') return;
    answer(encodeUnknown(another));
    answer(sessionPrefix(session).data, encodeRefused(1, 'unknown-recipient', 'Rui'));
  });
  return socket.address().port;
}
