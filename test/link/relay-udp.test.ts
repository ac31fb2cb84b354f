import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { monotonicNs } from '../../src/monotonic.ts';
import { closed, datagrams, relayTo, udpSocket } from './relay-under-test.ts';

describe('datagrams through the relay', () => {
  test('a drop list loses exactly its packets, and the ledger says so', async () => {
    const [server, client] = await Promise.all([udpSocket(), udpSocket()]);
    const relay = await relayTo(
      { udpPort: server.address().port },
      { up: { loss: { kind: 'list', packets: [3, 7] } } },
    );
    const received: number[] = [];
    for (let number = 1; number <= 10; number++) client.send(Buffer.of(number), relay.udpPort, '127.0.0.1');
    for await (const { bytes } of datagrams(server)) if (received.push(bytes[0]!) === 8) break;
    expect(received).toEqual([1, 2, 4, 5, 6, 8, 9, 10]);
    const { up } = relay.ledger();
    expect(up.offered).toEqual({ packets: 10, bytes: 10 });
    expect(up.delivered).toEqual({ packets: 8, bytes: 8 });
    expect(up.dropped.list).toEqual({ packets: 2, bytes: 2 });
    expect(relay.lateness().count).toBe(8);
  });

  test('each direction takes at least its delay', async () => {
    const [server, client] = await Promise.all([udpSocket(), udpSocket()]);
    const profile = { up: { delay: '30ms' }, down: { delay: '20ms' } };
    const relay = await relayTo({ udpPort: server.address().port }, profile);
    const sentNs = monotonicNs();
    client.send('ping', relay.udpPort, '127.0.0.1');
    const [, from] = await once(server, 'message');
    const answeredNs = monotonicNs();
    expect(answeredNs - sentNs).toBeGreaterThanOrEqual(30e6);
    server.send('pong', from.port, from.address);
    const [answer, back] = await once(client, 'message');
    expect(monotonicNs() - answeredNs).toBeGreaterThanOrEqual(20e6);
    expect(String(answer)).toBe('pong');
    expect(back.port).toBe(relay.udpPort);
  });

  test('duplicates arrive twice and corruption flips one bit', async () => {
    const [server, client] = await Promise.all([udpSocket(), udpSocket()]);
    const relay = await relayTo({ udpPort: server.address().port }, { duplicate: '100%', corrupt: '100%' });
    client.send(Buffer.alloc(8), relay.udpPort, '127.0.0.1');
    const copies: Buffer[] = [];
    for await (const { bytes } of datagrams(server)) if (copies.push(bytes) === 2) break;
    const ones = [...copies[0]!].flatMap((byte) => [...byte.toString(2)]).filter((bit) => bit === '1');
    expect(ones).toHaveLength(1);
    expect(copies[1]).toEqual(copies[0]);
    expect(relay.ledger().up).toMatchObject({ duplicated: { packets: 1 }, corrupted: { packets: 1, bytes: 8 } });
  });

  test('the server sees its clients apart, and each gets its own answer', async () => {
    const [server, ...clients] = await Promise.all([udpSocket(), udpSocket(), udpSocket(), udpSocket()]);
    const relay = await relayTo({ udpPort: server.address().port }, { delay: '1ms' });
    server.on('message', (bytes, from) => server.send(bytes, from.port, from.address));
    const answers = clients.map((client) => once(client, 'message'));
    for (const [i, client] of clients.entries()) client.send(`client ${i}`, relay.udpPort, '127.0.0.1');
    expect((await Promise.all(answers)).map(([bytes]) => String(bytes))).toEqual(['client 0', 'client 1', 'client 2']);
  });

  test('over IPv6', async () => {
    const [server, client] = await Promise.all([udpSocket('::1'), udpSocket('::1')]);
    const relay = await relayTo({ udpPort: server.address().port }, {}, { host: '::1' });
    client.send('six', relay.udpPort, '::1');
    const [bytes, from] = await once(server, 'message');
    expect(String(bytes)).toBe('six');
    server.send('and back', from.port, from.address);
    expect(String((await once(client, 'message'))[0])).toBe('and back');
  });

  test('a port that refuses does not end it, and a server that comes later is reached', async () => {
    const [late, client] = await Promise.all([udpSocket(), udpSocket()]);
    const { port } = late.address();
    await closed(late);
    const relay = await relayTo({ udpPort: port }, {});
    for (let i = 0; i < 5; i++) client.send('nobody', relay.udpPort, '127.0.0.1');
    await expect.poll(() => relay.lateness().count).toBe(5); // all five are sent on, and refused
    const server = await udpSocket('127.0.0.1', port);
    client.send('somebody', relay.udpPort, '127.0.0.1');
    expect(String((await once(server, 'message'))[0])).toBe('somebody');
  });

  test('a new beginning starts channel and ledger anew', async () => {
    const [server, client] = await Promise.all([udpSocket(), udpSocket()]);
    const relay = await relayTo({ udpPort: server.address().port }, { loss: { kind: 'list', packets: [1] } });
    client.send('lost', relay.udpPort, '127.0.0.1');
    client.send('first', relay.udpPort, '127.0.0.1');
    expect(String((await once(server, 'message'))[0])).toBe('first');
    relay.begin(monotonicNs());
    expect(relay.ledger().up.offered.packets).toBe(0);
    client.send('lost again', relay.udpPort, '127.0.0.1');
    client.send('second', relay.udpPort, '127.0.0.1');
    expect(String((await once(server, 'message'))[0])).toBe('second');
    expect(relay.ledger().up.dropped.list.packets).toBe(1);
  });

  test('outages count from the beginning given, not from the start', async () => {
    const [server, client] = await Promise.all([udpSocket(), udpSocket()]);
    const profile = { loss: { kind: 'schedule', outages: [{ at: '0s', for: '1000s' }] } };
    const relay = await relayTo({ udpPort: server.address().port }, profile);
    relay.begin(monotonicNs() + 3600e9);
    client.send('before the origin', relay.udpPort, '127.0.0.1');
    expect(String((await once(server, 'message'))[0])).toBe('before the origin');
    relay.begin(monotonicNs());
    client.send('in the outage', relay.udpPort, '127.0.0.1');
    await expect.poll(() => relay.ledger().up.dropped.outage.packets).toBe(1);
  });
});
