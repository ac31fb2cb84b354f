import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { parseLinkProfile } from '../../src/link/parse-profile.ts';
import { startRelay } from '../../src/link/relay.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import { bytesOf, relayTo, tcpClient, tcpServer, udpSocket } from './relay-under-test.ts';

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('streams through the relay', () => {
  test('bytes are intact and in order through delay and rate, and take the time of both', async () => {
    const sent = randomBytes(200_000);
    let received: Promise<Buffer> | undefined;
    const tcpPort = await tcpServer((stream) => {
      received = bytesOf(stream);
    });
    const relay = await relayTo({ tcpPort }, { rate: '16mbit', delay: '20ms' });
    const client = await tcpClient(relay.tcpPort!);
    const startNs = monotonicNs();
    client.end(sent);
    await expect.poll(() => received).toBeDefined();
    expect(digest((await received)!)).toBe(digest(sent));
    expect(monotonicNs() - startNs).toBeGreaterThanOrEqual(100e6 + 20e6);
    expect(relay.ledger().up.delivered.bytes).toBe(sent.length);
  });

  test('two streams share the bottleneck of their direction', async () => {
    const ends: Promise<Buffer>[] = [];
    const tcpPort = await tcpServer((stream) => ends.push(bytesOf(stream)));
    const relay = await relayTo({ tcpPort }, { rate: '8mbit' });
    const clients = await Promise.all([tcpClient(relay.tcpPort!), tcpClient(relay.tcpPort!)]);
    const startNs = monotonicNs();
    for (const client of clients) client.end(Buffer.alloc(50_000));
    await expect.poll(() => ends.length).toBe(2);
    await Promise.all(ends);
    expect(monotonicNs() - startNs).toBeGreaterThanOrEqual(100e6);
  });

  test('half-close: the server hears the end, and still answers', async () => {
    const tcpPort = await tcpServer(async (stream) => {
      const question = await bytesOf(stream);
      stream.end(`heard ${question}`);
    });
    const relay = await relayTo({ tcpPort }, { delay: '5ms' });
    const client = await tcpClient(relay.tcpPort!);
    client.end('all of it');
    expect(String(await bytesOf(client))).toBe('heard all of it');
  });

  test('a reset arrives as a reset, after the data before it', async () => {
    let accept!: (stream: Socket) => void;
    const accepted = new Promise<Socket>((resolve) => {
      accept = resolve;
    });
    const tcpPort = await tcpServer(accept);
    const relay = await relayTo({ tcpPort }, { delay: '10ms' });
    const client = await tcpClient(relay.tcpPort!);
    client.write('last words');
    const stream = await accepted;
    const failed = new Promise<NodeJS.ErrnoException>((resolve) => stream.once('error', resolve));
    expect(String((await once(stream, 'data'))[0])).toBe('last words');
    client.resetAndDestroy();
    expect((await failed).code).toBe('ECONNRESET');
  });

  test('a server that refuses resets the client', async () => {
    const closedPort = await tcpServer(() => {});
    const { tcpPort } = await relayTo({ tcpPort: closedPort === 1 ? 2 : 1 }, {});
    const client = await tcpClient(tcpPort!);
    const [error] = (await once(client, 'error').catch((reason) => [reason])) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNRESET');
  });

  test('a receiver that does not read pauses the sender', async () => {
    const streams: Socket[] = [];
    const tcpPort = await tcpServer((stream) => streams.push(stream.pause()));
    const relay = await relayTo({ tcpPort }, { delay: '1ms' });
    const client = await tcpClient(relay.tcpPort!);
    const total = 64 * 2 ** 20;
    client.end(Buffer.alloc(total));
    await expect.poll(() => streams.length).toBe(1);
    let before = -1;
    await expect
      .poll(
        () => {
          const now = relay.ledger().up.offered.bytes;
          const isStill = now > 0 && now === before;
          before = now;
          return isStill;
        },
        { interval: 100, timeout: 8000 },
      )
      .toBe(true);
    expect(relay.ledger().up.offered.bytes).toBeLessThan(total);
    const rest = bytesOf(streams[0]!);
    expect((await rest).length).toBe(total);
  });

  test('over IPv6', async () => {
    const tcpPort = await tcpServer((stream) => stream.pipe(stream), '::1');
    const relay = await relayTo({ tcpPort }, { delay: '1ms' }, { host: '::1' });
    const client = await tcpClient(relay.tcpPort!, '::1');
    client.end('six');
    expect(String(await bytesOf(client))).toBe('six');
  });
});

describe('a relay', () => {
  test('for both transports listens on a port for each', async () => {
    const udp = await udpSocket();
    const tcpPort = await tcpServer(() => {});
    const relay = await relayTo({ tcpPort, udpPort: udp.address().port }, { delay: '1ms' });
    expect(relay.tcpPort).toBeGreaterThan(0);
    expect(relay.udpPort).toBeGreaterThan(0);
    const other = await relayTo({ tcpPort }, {});
    expect(other.udpPort).toBeUndefined();
  });

  test.each([
    ['close()', false],
    ['an abort', true],
  ])('%s leaves nothing open, even of a half-open stream', async (_name, byAbort) => {
    const controller = new AbortController();
    const streams: Socket[] = [];
    const tcpPort = await tcpServer((stream) => streams.push(stream.resume()));
    const udp = await udpSocket();
    const udpPort = udp.address().port;
    const relay = await relayTo({ tcpPort, udpPort }, { delay: '1ms' }, { signal: controller.signal });
    const client = await tcpClient(relay.tcpPort!);
    client.on('error', () => {});
    client.end('half');
    const datagram = await udpSocket();
    datagram.send('hello', relay.udpPort!, '127.0.0.1');
    await once(udp, 'message');
    await expect.poll(() => streams[0]?.readableEnded).toBe(true);
    const before = openHandles();
    if (byAbort) controller.abort();
    else await relay.close();
    await expect.poll(() => before - openHandles()).toBeGreaterThanOrEqual(6);
    const again = tcpClient(relay.tcpPort!);
    await expect(again).rejects.toThrow('ECONNREFUSED');
  });

  test('becomes another link while it carries, but none that a stream can’t cross', async () => {
    const port = await tcpServer((stream) => stream.pipe(stream));
    const relay = await relayTo({ tcpPort: port }, {});
    const client = await tcpClient(relay.tcpPort!);
    const echo = async () => {
      const sentNs = monotonicNs();
      client.write('x');
      await once(client, 'data');
      return (monotonicNs() - sentNs) / 1e6;
    };
    await echo();
    relay.change(parseLinkProfile({ delay: '30ms' }));
    expect(await echo()).toBeGreaterThanOrEqual(60);
    expect(() => relay.change(parseLinkProfile({ loss: '5%' }))).toThrow('loss 5%');
    expect(await echo()).toBeGreaterThanOrEqual(60);
    expect(relay.news()).toMatchObject({ lost: [], ledger: { up: { delivered: { packets: 3 } } } });
  });

  test('refuses to start for what it cannot carry, or for nothing', async () => {
    await expect(relayTo({ tcpPort: 9 }, { loss: '5%' })).rejects.toThrow('across loss 5%. Leave out tcpPort.');
    await expect(relayTo({}, {})).rejects.toThrow("give the server's tcpPort, udpPort or both");
    await expect(relayTo({ udpPort: 9 }, {}, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  });

  test('that fails half-way releases what it had opened', async () => {
    await expect.poll(openHandles).toBe(0);
    const profile = parseLinkProfile({});
    const settings = { listenHost: '203.0.113.1', profile, chance: { mode: 'time', seed: 1 } as const };
    await expect(startRelay({ ...settings, server: { host: '127.0.0.1', udpPort: 9 } })).rejects.toThrow();
    await expect(startRelay({ ...settings, server: { host: '127.0.0.1', tcpPort: 9 } })).rejects.toThrow();
    await expect.poll(openHandles).toBe(0);
  });
});

function openHandles(): number {
  return process.getActiveResourcesInfo().filter((name) => /TCP|UDP/.test(name)).length;
}
