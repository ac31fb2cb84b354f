import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClientEvent } from '../../src/core/client.ts';
import { Router } from '../../src/core/router.ts';
import { UNRELIABLE } from '../support/fake-channel.ts';
import { MemoryNetwork } from '../support/memory-network.ts';

function told(events: readonly ClientEvent[]) {
  return events.flatMap((event) => {
    if (event.kind !== 'message') return [];
    const { from, toAll, letter } = event;
    return [{ from, toAll, sequence: letter.sequence, subject: letter.subject, body: letter.body }];
  });
}

const only = (events: readonly ClientEvent[], kind: ClientEvent['kind']) =>
  events.filter((event) => event.kind === kind);

test('the course project’s chat: three clients, a message each, one of them without a subject', () => {
  const network = new MemoryNetwork(new Router());
  const users = [network.connect(), network.connect({}, UNRELIABLE), network.connect()];
  network.settle();
  expect(users.map(({ client }) => client.name)).toEqual(['Usuario0', 'Usuario1', 'Usuario2']);
  users[0]!.client.send({ to: 'Usuario1', subject: 'Aula', body: 'Até amanhã' });
  users[1]!.client.send({ to: 'Usuario2', body: 'Oi' });
  users[2]!.client.send({ to: '*', subject: '', body: 'Olá, todos' });
  network.settle();
  const toAll = { from: 'Usuario2', toAll: true, sequence: 1, subject: 'Sem Assunto', body: 'Olá, todos' };
  expect(users.map(({ events }) => told(events))).toEqual([
    [toAll],
    [{ from: 'Usuario0', toAll: false, sequence: 1, subject: 'Aula', body: 'Até amanhã' }, toAll],
    [{ from: 'Usuario1', toAll: false, sequence: 1, subject: 'Sem Assunto', body: 'Oi' }],
  ]);
});

test('a receipt comes back from each who got the message, and from nobody else', () => {
  const network = new MemoryNetwork(new Router());
  const [ana, bia, caio] = ['Ana', 'Bia', 'Caio'].map((name) => network.connect({ name }));
  network.settle();
  network.nowNs = 5;
  ana!.client.send({ to: 'Bia', body: '', wantsReceipt: true });
  ana!.client.send({ to: 'Bia', body: '' });
  ana!.client.send({ to: '*', body: '', wantsReceipt: true });
  network.settle();
  const confirmed = (from: string, sequence: number) => ({ kind: 'confirmed', from, sequence, arrivedAtNs: 5 });
  expect(only(ana!.events, 'confirmed')).toEqual([confirmed('Bia', 1), confirmed('Bia', 3), confirmed('Caio', 3)]);
  expect([...only(bia!.events, 'confirmed'), ...only(caio!.events, 'confirmed')]).toEqual([]);
});

test('a name that is taken ends the second client’s attempt and leaves the first alone', () => {
  const network = new MemoryNetwork(new Router());
  const first = network.connect({ name: 'Ana' });
  const second = network.connect({ name: 'Ana' });
  network.settle();
  expect(first.events).toEqual([{ kind: 'welcome', name: 'Ana' }]);
  expect(second.events).toEqual([
    { kind: 'refused', sequence: 0, code: 'name-taken', about: 'Ana' },
    { kind: 'closed', cause: { kind: 'left' } },
  ]);
});

test('a server that shuts down says so to every client, then ends its channel', () => {
  const router = new Router();
  const network = new MemoryNetwork(router);
  const users = [network.connect({ wantsPresence: true }), network.connect({}, UNRELIABLE)];
  network.settle();
  router.shutDown('');
  network.settle();
  for (const { events } of users) {
    expect(events.slice(-2)).toEqual([
      { kind: 'bye', code: 'shutdown', about: '' },
      { kind: 'closed', cause: { kind: 'left' } },
    ]);
  }
});

test('who leaves is seen to leave, and the roster knows', () => {
  const network = new MemoryNetwork(new Router());
  const ana = network.connect({ name: 'Ana', wantsPresence: true });
  const bia = network.connect({ name: 'Bia' }, UNRELIABLE);
  network.settle();
  ana.client.who();
  network.settle();
  bia.client.close();
  network.settle();
  ana.client.who();
  network.settle();
  const ana0 = { name: 'Ana', transport: 'tcp' };
  expect(ana.events.slice(1)).toEqual([
    { kind: 'joined', name: 'Bia', transport: 'udp' },
    { kind: 'roster', request: 1, people: [ana0, { name: 'Bia', transport: 'udp' }] },
    { kind: 'left', name: 'Bia', departure: 'left' },
    { kind: 'roster', request: 2, people: [ana0] },
  ]);
});

test('a ping measures the way there and back', () => {
  const network = new MemoryNetwork(new Router());
  const { client, events } = network.connect();
  network.settle();
  client.ping(network.nowNs);
  network.nowNs += 30e6;
  network.settle();
  expect(events.at(-1)).toEqual({ kind: 'pong', roundTripMs: 30 });
});

describe('whatever the network does to the frames', () => {
  const fate = fc.record({
    lost: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    copies: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 8, maxLength: 8 }),
    isReversed: fc.boolean(),
  });

  test('every message that is told was sent, with its number, sender and text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string(), { minLength: 1, maxLength: 20 }),
        fate,
        (bodies, { lost, copies, isReversed }) => {
          const network = new MemoryNetwork(new Router());
          const ana = network.connect({ name: 'Ana' }, UNRELIABLE);
          const bia = network.connect({ name: 'Bia' }, UNRELIABLE);
          network.settle();
          for (const body of bodies) ana.client.send({ to: 'Bia', body, wantsReceipt: true });
          network.settle((frames) => {
            const arrive = frames.flatMap((frame, i) => (lost[i % 8] ? [] : Array(copies[i % 8]).fill(frame)));
            return isReversed ? arrive.reverse() : arrive;
          });
          for (const { from, sequence, body } of told(bia.events)) {
            expect([from, body]).toEqual(['Ana', bodies[sequence - 1]]);
          }
          const receipts = only(ana.events, 'confirmed').map((event) => 'sequence' in event && event.sequence);
          const numbers = new Set(told(bia.events).map(({ sequence }) => sequence));
          expect(receipts.every((sequence) => numbers.has(Number(sequence)))).toBe(true);
        },
      ),
    );
  });

  test('where it does nothing, all arrive once and in order, and each is confirmed', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 20 }), (bodies) => {
        const network = new MemoryNetwork(new Router());
        const ana = network.connect({ name: 'Ana' });
        const bia = network.connect({ name: 'Bia' });
        network.settle();
        for (const body of bodies) ana.client.send({ to: 'Bia', body, wantsReceipt: true });
        network.settle();
        expect(told(bia.events).map(({ body }) => body)).toEqual(bodies);
        const receipts = only(ana.events, 'confirmed').map((event) => 'sequence' in event && event.sequence);
        expect(receipts).toEqual(bodies.map((_, i) => i + 1));
      }),
    );
  });
});
