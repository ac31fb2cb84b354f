// What only TCP has: a stream, a kernel that holds bytes back, and an end that each side has for itself.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, Server, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Listener, ListenOptions } from '../../src/core/transport.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import { tcp } from '../../src/tcp/tcp.ts';
import { End, text } from '../support/end.ts';
import { framed, rawTcp } from '../support/raw-tcp.ts';
import { until } from '../support/until.ts';
import { watchSockets } from '../support/watch-sockets.ts';

describe('writing', () => {
  test('what the server sends in one tick leaves in one write', async () => {
    const sockets = watchSockets<Socket>('net.server.socket');
    const { port, ends } = await listen();
    const raw = (await rawTcp(port)).say(text('opening'));
    await until(() => ends[0]?.frames.length === 1, 'the opening came');
    const write = vi.spyOn(sockets[0]!, 'write');
    const sent = sendMany(ends[0]!);
    expect(Buffer.compare(await bytesOf(raw.socket, sent.length), sent)).toBe(0);
    expect(write).toHaveBeenCalledTimes(1);
  });

  test('what a client sends in one tick leaves in one write, and its opening with the frames of its tick', async () => {
    const sockets = watchSockets<Socket>('net.client.socket');
    const { port, connected } = await rawServer();
    const client = await connectTo(port, (end) => end.channel.send(text('at once')));
    const peer = await connected;
    const opening = Buffer.concat([framed(text('opening')), framed(text('at once'))]);
    expect(await bytesOf(peer, opening.length)).toEqual(opening);
    const write = vi.spyOn(sockets[0]!, 'write');
    const sent = sendMany(client);
    expect(Buffer.compare(await bytesOf(peer, sent.length), sent)).toBe(0);
    expect(write).toHaveBeenCalledTimes(1);
  });

  test('without batching each frame leaves in a write of its own, and is sent as long as the system takes it', async () => {
    const sockets = watchSockets<Socket>('net.server.socket');
    const { port, ends } = await listen({ batching: false });
    const raw = (await rawTcp(port)).say(text('opening'));
    await until(() => ends[0]?.frames.length === 1, 'the opening came');
    const write = vi.spyOn(sockets[0]!, 'write');
    const sent = sendMany(ends[0]!);
    expect(write).toHaveBeenCalledTimes(50);
    expect(Buffer.compare(await bytesOf(raw.socket, sent.length), sent)).toBe(0);
    // Nothing ever waited, so there is nothing to be told of.
    expect(ends[0]!.drainedCount).toBe(0);
  });

  test('without batching: what the system does not take is queued, up to the limit, and told when it is gone', async () => {
    const { port, ends } = await listen({ batching: false, queueLimitBytes: 200_000 });
    const raw = (await rawTcp(port)).say(text('opening'));
    await until(() => ends[0]?.frames.length === 1, 'the opening came');
    const [end, outcomes] = [ends[0]!, [] as string[]];
    while (outcomes.at(-1) !== 'full') {
      outcomes.push(end.channel.send(new Uint8Array(50_000)));
      // The system says in the next turn what it has taken.
      if (outcomes.at(-1) === 'sent') await new Promise(setImmediate);
    }
    const taken = outcomes.lastIndexOf('sent') + 1;
    expect(new Set(outcomes.slice(0, taken))).toEqual(new Set(['sent']));
    // The last of them waits in part, and two more have room behind it.
    expect(outcomes.slice(taken)).toEqual(['queued', 'queued', 'full']);
    expect(end.drainedCount).toBe(0);
    const heard = bytesOf(raw.socket, (taken + 2) * 50_004);
    await until(() => end.drainedCount === 1, 'the queue was empty again');
    expect((await heard).length).toBe((taken + 2) * 50_004);
    expect(end.channel.send(text('more'))).toBe('sent');
  });

  test.each([undefined, true, false])(
    'asked for noDelay %s, both ends obey; without a word it is on',
    async (noDelay) => {
      const setNoDelay = vi.spyOn(await tcpHandlePrototype(), 'setNoDelay');
      onTestFinished(() => setNoDelay.mockRestore());
      const { port } = await listen({ noDelay });
      await connectTo(port, () => {}, { noDelay });
      expect(setNoDelay.mock.calls.filter(([isOn]) => isOn)).toHaveLength(noDelay === false ? 0 : 2);
    },
  );
});

describe('the end of a stream', () => {
  test('a client that has said all, but still reads, is answered before the end', async () => {
    const { port, ends } = await listen({ onFrame: (end) => end.channel.send(text('answer')) });
    const raw = await rawTcp(port);
    raw.socket.end(framed(text('question')));
    expect(await bytesOf(raw.socket, 10)).toEqual(Buffer.from(framed(text('answer'))));
    await until(() => raw.isClosed, 'the connection is closed');
    expect(ends[0]!.causes).toEqual([{ kind: 'left' }]);
  });

  test('inside a frame it is a violation, and the client is told', async () => {
    const { port, ends } = await listen();
    const raw = await rawTcp(port);
    raw.socket.end(framed(text('question')).subarray(0, 9));
    expect(await bytesOf(raw.socket, 13)).toEqual(Buffer.from(framed(text('violation'))));
    await until(() => raw.isClosed, 'the connection is closed');
    expect(ends[0]!.causes).toEqual([{ kind: 'violation', why: 'the stream ended inside a frame' }]);
    expect(ends[0]!.frames).toEqual([]);
  });

  test('a reset is a loss', async () => {
    const { port, ends } = await listen();
    const raw = (await rawTcp(port)).say(text('opening'));
    await until(() => ends[0]?.frames.length === 1, 'the opening came');
    raw.socket.resetAndDestroy();
    await until(() => ends[0]!.isClosed, 'the server was told');
    expect(ends[0]!.causes).toEqual([{ kind: 'lost', why: expect.stringContaining('ECONNRESET') }]);
  });

  test.each(['that reads but does not end', 'that does not even read'])(
    'a peer %s is waited for as long as was agreed',
    async (how) => {
      const { port, ends } = await listen({ timing: { lingerMs: 60 } });
      const raw = (await rawTcp(port)).say(text('opening'));
      if (how === 'that reads but does not end') raw.socket.resume();
      await until(() => ends[0]?.frames.length === 1, 'the opening came');
      while (ends[0]!.channel.send(new Uint8Array(60_000)) !== 'full');
      ends[0]!.channel.close();
      await until(() => ends[0]!.isClosed, 'the server gave up');
      expect(ends[0]!.causes).toEqual([{ kind: 'local' }]);
    },
  );

  test('what a peer would not read is dropped by the system too: he finds little more than he had been given', async () => {
    const { port, ends } = await listen({ timing: { lingerMs: 60 } });
    const raw = (await rawTcp(port)).say(text('opening'));
    await until(() => ends[0]?.frames.length === 1, 'the opening came');
    let taken = 0;
    const end = ends[0]!;
    // Until neither the queue nor the system takes more.
    for (let drained = -1; drained !== end.drainedCount; ) {
      drained = end.drainedCount;
      while (end.channel.send(new Uint8Array(60_000)) !== 'full') taken++;
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    }
    end.channel.close(text('too slow'));
    await until(() => ends[0]!.isClosed, 'the server gave up');
    let readBytes = 0;
    raw.socket.on('data', (bytes) => {
      readBytes += bytes.length;
    });
    raw.socket.resume();
    await until(() => raw.isClosed || raw.hasEnded, 'he has read what there was');
    const takenBySystem = taken * 60_000 - end.channel.queueLimitBytes;
    expect(readBytes).toBeLessThan(takenBySystem / 2);
  });

  test('a listener that is closed waits for those that are still leaving, however often it is closed', async () => {
    const { listener, port, ends } = await listen({ timing: { lingerMs: 60 } });
    (await rawTcp(port)).say(text('opening'));
    await until(() => ends[0]?.frames.length === 1, 'the opening came');
    ends[0]!.channel.close();
    void listener.close();
    await listener.close();
    expect(ends[0]!.causes).toEqual([{ kind: 'local' }]);
  });

  test('clients that are gone before they are accepted trouble nobody', async () => {
    const { port, ends } = await listen();
    for (let number = 0; number < 20; number++) (await rawTcp(port)).socket.resetAndDestroy();
    await until(() => ends.length === 20 && ends.every((end) => end.isClosed), 'all are accepted and gone');
    for (const end of ends) expect(end.channel.remote).toMatch(/^(127\.0\.0\.1|unknown):\d+$/);
    const raw = (await rawTcp(port)).say(text('opening'));
    await until(() => ends[20]?.frames.length === 1, 'the next client is heard');
    expect(raw.isClosed).toBe(false);
  });
});

describe('a connection that fails', () => {
  test('as soon as it is made: the client is told', async () => {
    watchSockets<Socket>('net.client.socket', (socket) => {
      socket.once('connect', () => socket.destroy(new Error('pulled out')));
    });
    const { port } = await listen();
    const client = await connectTo(port);
    await until(() => client.isClosed, 'it was told');
    expect(client.causes).toEqual([{ kind: 'lost', why: 'pulled out' }]);
    expect(client.channel.send(text('late'))).toBe('closed');
  });

  test('while frames wait: they are gone, and that is no room for more', async () => {
    const sockets = watchSockets<Socket>('net.server.socket');
    const { port, ends } = await listen();
    (await rawTcp(port)).say(text('opening'));
    await until(() => ends[0]?.frames.length === 1, 'the opening came');
    const [socket, end] = [sockets[0]!, ends[0]!];
    const broken = new Error('pulled out');
    // The order of Node: who wrote is told of the fault, then who listens.
    vi.spyOn(socket, 'write').mockImplementation((...given: unknown[]) => {
      const done = given.at(-1) as (error: Error) => void;
      setImmediate(() => {
        done(broken);
        socket.destroy(broken);
      });
      return false;
    });
    expect(end.channel.send(text('one'))).toBe('sent');
    await until(() => end.channel.send(text('another')) !== 'sent', 'it waits');
    await until(() => end.isClosed, 'the server was told');
    expect(end.causes).toEqual([{ kind: 'lost', why: 'pulled out' }]);
    expect(end.drainedCount).toBe(0);
  });

  test('is closed and then aborted before it is listened to: told once, and no timer is left', async () => {
    const setTimer = vi.spyOn(globalThis, 'setTimeout');
    const clearTimer = vi.spyOn(globalThis, 'clearTimeout');
    onTestFinished(() => void vi.restoreAllMocks());
    const lingerMs = 123_456;
    const { port, ends } = await listen({
      timing: { lingerMs },
      onAccept: ({ channel }) => {
        channel.close(text('no'));
        channel.abort();
      },
    });
    const raw = (await rawTcp(port)).read();
    await until(() => raw.hasEnded || raw.isClosed, 'the client was told');
    expect(ends[0]!.causes).toEqual([{ kind: 'local' }]);
    const lingering = setTimer.mock.calls.findIndex(([, delayMs]) => delayMs === lingerMs);
    expect(clearTimer).toHaveBeenCalledWith(setTimer.mock.results[lingering]!.value);
  });
});

describe('deadlines', () => {
  test('an opening that comes a byte at a time ends at the join deadline', async () => {
    const { port, ends } = await listen({ timing: { joinDeadlineMs: 80 } });
    const raw = (await rawTcp(port)).read();
    raw.sayByteByByte(framed(new Uint8Array(1_000)), 2);
    await until(() => raw.hasEnded, 'the server ended it');
    expect(ends[0]!.causes).toEqual([{ kind: 'join-deadline', limitMs: 80 }]);
    expect(ends[0]!.frames).toEqual([]);
  });

  test('keep-alives are no opening', async () => {
    const { port, ends } = await listen({ timing: { joinDeadlineMs: 80 } });
    const raw = (await rawTcp(port)).read();
    raw.sayByteByByte(new Uint8Array(4_000), 1);
    await until(() => raw.hasEnded, 'the server ended it');
    expect(ends[0]!.causes).toEqual([{ kind: 'join-deadline', limitMs: 80 }]);
  });

  test('a later frame that comes a byte at a time ends at the idle limit', async () => {
    const { port, ends } = await listen({ timing: { idleLimitMs: 80 } });
    const raw = (await rawTcp(port)).read().say(text('opening'));
    await until(() => ends[0]?.frames.length === 1, 'the opening came');
    raw.sayByteByByte(framed(new Uint8Array(1_000)), 2);
    await until(() => raw.hasEnded, 'the server ended it');
    expect(ends[0]!.causes).toEqual([{ kind: 'silent', limitMs: 80 }]);
  });
});

test('a length over the limit is a violation at once, and nothing is held for it', async () => {
  const { port, ends } = await listen();
  const raw = await rawTcp(port);
  raw.socket.write(Uint8Array.of(0xff, 0xff, 0xff, 0xff));
  expect(await bytesOf(raw.socket, 13)).toEqual(Buffer.from(framed(text('violation'))));
  expect(ends[0]!.causes).toEqual([{ kind: 'violation', why: expect.stringContaining('4294967295 bytes') }]);
});

test('a fault of the listening socket is told, and costs no client', async () => {
  const listening = vi.spyOn(Server.prototype, 'listen');
  onTestFinished(() => listening.mockRestore());
  const onStray = vi.fn();
  const { port, ends } = await listen({ onStray });
  (listening.mock.contexts[0] as Server).emit('error', new Error('accept EMFILE'));
  expect(onStray).toHaveBeenCalledWith('', 'accept EMFILE');
  await connectTo(port);
  await until(() => ends[0]?.frames.length === 1, 'a client is heard');
});

interface Listening {
  readonly listener: Listener;
  readonly port: number;
  readonly ends: End[];
}

async function listen(
  options: Partial<ListenOptions> & { onAccept?: (end: End) => void; onFrame?: (end: End) => void } = {},
): Promise<Listening> {
  const { onAccept, onFrame, ...others } = options;
  const ends: End[] = [];
  const listener = await tcp.listen({
    host: '127.0.0.1',
    port: 0,
    clock: monotonicNs,
    farewell: (cause) => text(cause.kind),
    accept: (channel) => {
      const end = new End(channel, () => onFrame?.(end));
      ends.push(end);
      onAccept?.(end);
      return end;
    },
    ...others,
  });
  onTestFinished(() => listener.close());
  return { listener, port: listener.port, ends };
}

async function connectTo(port: number, onAccept: (end: End) => void = () => {}, options = {}): Promise<End> {
  const ends: End[] = [];
  await tcp.connect({
    host: '127.0.0.1',
    port,
    clock: monotonicNs,
    opening: text('opening'),
    accept: (channel) => {
      const end = new End(channel);
      ends.push(end);
      onAccept(end);
      return end;
    },
    ...options,
  });
  return ends[0]!;
}

async function rawServer(): Promise<{ port: number; connected: Promise<Socket> }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const connected = once(server, 'connection').then(([socket]) => socket as Socket);
  return { port: (server.address() as AddressInfo).port, connected };
}

/** Sends frames of many sizes in one tick; answers the bytes that they are on the wire. */
function sendMany({ channel }: End): Buffer {
  const frames = Array.from({ length: 50 }, (_, number) => new Uint8Array(number * 37 + 1).fill(number));
  for (const frame of frames) expect(channel.send(frame)).toBe('sent');
  return Buffer.concat(frames.map(framed));
}

/** The next bytes that a socket hears. */
async function bytesOf(socket: Socket, sizeBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const size = () => chunks.reduce((sum, { length }) => sum + length, 0);
  const keep = (chunk: Buffer) => chunks.push(chunk);
  socket.on('data', keep).resume();
  await until(() => size() >= sizeBytes, `${sizeBytes} bytes came`);
  socket.off('data', keep);
  return Buffer.concat(chunks);
}

/** What Node gives its orders to the operating system through: there is no other way to see this one. */
async function tcpHandlePrototype(): Promise<{ setNoDelay(isOn: boolean): void }> {
  const { port } = await rawServer();
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  onTestFinished(() => void socket.destroy());
  return Object.getPrototypeOf((socket as unknown as { _handle: object })._handle);
}
