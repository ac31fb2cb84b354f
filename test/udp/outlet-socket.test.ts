// A socket's way out where the operating system takes no more: a loopback never gets there, so the socket here is a stub.
import type { Socket } from 'node:dgram';
import { expect, test, vi } from 'vitest';
import type { ChannelEvents } from '../../src/core/transport.ts';
import { Outlet } from '../../src/udp/outlet.ts';
import { UdpChannel } from '../../src/udp/udp-channel.ts';
import { until } from '../support/until.ts';

const LIMIT_BYTES = 10_000;
const DATAGRAM = new Uint8Array(1_000);

test('a socket that takes no more is full, and says when it is empty again', () => {
  const socket = new StuckSocket();
  const outlet = new Outlet(socket.asSocket(), LIMIT_BYTES, () => {});
  const taken = fill(outlet);
  expect(taken * DATAGRAM.length).toBeGreaterThan(LIMIT_BYTES);
  const drained = vi.fn();
  outlet.whenDrained(drained);
  outlet.whenDrained(drained);
  socket.let(taken - 1);
  expect(drained).not.toHaveBeenCalled();
  socket.let(1);
  expect(drained).toHaveBeenCalledTimes(1);
  expect(outlet.send(DATAGRAM)).toBe('sent');
  socket.let(1);
  expect(drained).toHaveBeenCalledTimes(1);
});

test('a socket with room again takes datagrams before it is empty', () => {
  const socket = new StuckSocket();
  const outlet = new Outlet(socket.asSocket(), LIMIT_BYTES, () => {});
  const taken = fill(outlet);
  socket.let(taken - 2);
  expect(outlet.send(DATAGRAM)).toBe('sent');
});

test('a channel is told that there is room again, once for all that it could not send', () => {
  const socket = new StuckSocket();
  const outlet = new Outlet(socket.asSocket(), LIMIT_BYTES, () => {});
  const events = { frame: vi.fn(), drained: vi.fn(), closed: vi.fn() } satisfies ChannelEvents;
  const channel = new UdpChannel({
    session: { high: 1, low: 2 },
    remote: '127.0.0.1:1',
    nowNs: 0,
    queueLimitBytes: LIMIT_BYTES,
    transmit: (_kind, head) => outlet.send(head),
    whenDrained: (tell) => outlet.whenDrained(tell),
    release: () => {},
  });
  channel.start(events);
  fill(outlet);
  expect([channel.send(DATAGRAM), channel.send(DATAGRAM)]).toEqual(['full', 'full']);
  socket.letAll();
  expect(events.drained).toHaveBeenCalledTimes(1);
  fill(outlet);
  channel.send(DATAGRAM);
  channel.abort();
  socket.letAll();
  expect(events.drained).toHaveBeenCalledTimes(1);
  expect(events.closed).toHaveBeenCalledTimes(1);
});

test('a datagram that the operating system refuses is reported, and room is still told of', () => {
  const socket = new StuckSocket();
  const onError = vi.fn();
  const outlet = new Outlet(socket.asSocket(), LIMIT_BYTES, onError);
  const drained = vi.fn();
  outlet.send(DATAGRAM);
  outlet.whenDrained(drained);
  socket.let(1, new Error('send ENOBUFS'));
  expect(onError).toHaveBeenCalledTimes(1);
  expect(drained).toHaveBeenCalledTimes(1);
});

test.each([
  ['when all has left it', 1_000],
  ['when its time is over, though something waits', 20],
])('a socket is closed %s', async (_when, limitMs) => {
  const socket = new StuckSocket();
  const outlet = new Outlet(socket.asSocket(), LIMIT_BYTES, () => {});
  outlet.send(DATAGRAM);
  const [closed, drained] = [vi.fn(), vi.fn()];
  outlet.whenDrained(drained);
  const closing = outlet.close(limitMs).then(closed);
  expect(socket.isClosed).toBe(false);
  if (limitMs === 1_000) socket.letAll();
  await until(() => closed.mock.calls.length === 1, 'it is closed');
  await closing;
  socket.letAll();
  expect(socket.isClosed).toBe(true);
  expect(drained).not.toHaveBeenCalled();
});

/** Sends until no more is taken; answers how many were. */
function fill(outlet: Outlet): number {
  let taken = 0;
  while (outlet.send(DATAGRAM) === 'sent') taken++;
  return taken;
}

/** A socket that keeps what it is given until the test lets it go. */
class StuckSocket {
  readonly #waiting: { readonly sizeBytes: number; readonly done: (error: Error | null) => void }[] = [];
  isClosed = false;

  asSocket(): Socket {
    return this as unknown as Socket;
  }

  send(datagram: Uint8Array, done: (error: Error | null) => void): void {
    this.#waiting.push({ sizeBytes: datagram.length, done });
  }

  getSendQueueSize(): number {
    if (this.isClosed) throw new Error('the socket is closed');
    return this.#waiting.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  getSendQueueCount(): number {
    return this.#waiting.length;
  }

  removeAllListeners(): void {}

  close(done: () => void): void {
    this.isClosed = true;
    done();
  }

  let(count: number, error: Error | null = null): void {
    for (const { done } of this.#waiting.splice(0, count)) done(error);
  }

  letAll(): void {
    this.let(this.#waiting.length);
  }
}
