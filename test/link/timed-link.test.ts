import { expect, onTestFinished, test } from 'vitest';
import { parseLinkProfile } from '../../src/link/parse-profile.ts';
import { startTimedLink, type TimedLink } from '../../src/link/timed-link.ts';
import { monotonicNs } from '../../src/monotonic.ts';

function linkOf(profile: unknown): TimedLink {
  const link = startTimedLink(parseLinkProfile(profile), { mode: 'packet', seed: 1 });
  onTestFinished(() => link.close());
  return link;
}

test('what could not be handed over is no longer delivered, but lost by the machine', async () => {
  const link = linkOf({ duplicate: '100%' });
  const handed: Uint8Array[] = [];
  await new Promise<void>((done) => {
    link.cross('up', Buffer.alloc(10), (bytes, undelivered) => {
      handed.push(bytes);
      undelivered();
      if (handed.length === 2) done();
    });
  });
  const { up } = link.ledger();
  expect(up).toMatchObject({ offered: { packets: 1 }, delivered: { packets: 0, bytes: 0 } });
  expect(up.dropped.carrier).toEqual({ packets: 1, bytes: 10 });
});

test('what the machine has no room for is offered and lost', () => {
  const link = linkOf({});
  link.refuse('down', 100);
  expect(link.ledger().down).toMatchObject({ offered: { packets: 1, bytes: 100 }, delivered: { packets: 0 } });
  expect(link.ledger().down.dropped.carrier).toEqual({ packets: 1, bytes: 100 });
});

test('it knows how much is on its way', async () => {
  const link = linkOf({ delay: '1ms', loss: { kind: 'list', packets: [2] } });
  const arrived = new Promise<void>((done) => link.cross('up', Buffer.alloc(10), () => done()));
  link.cross('up', Buffer.alloc(10), () => {});
  expect(link.inFlightBytes).toBe(10);
  await arrived;
  expect(link.inFlightBytes).toBe(0);
});

test('the bytes offered stay whole when a copy is corrupted', async () => {
  const link = linkOf({ corrupt: '100%' });
  const offered = Buffer.alloc(4);
  const arriving = await new Promise<Uint8Array>((done) => link.cross('up', offered, done));
  expect(offered).toEqual(Buffer.alloc(4));
  expect(arriving.reduce((sum, byte) => sum + byte, 0)).toBeGreaterThan(0);
});

test('order holds across a new beginning, though the new link has no backlog', async () => {
  const link = linkOf({ rate: '1mbit' });
  const arrived: string[] = [];
  link.cross('up', Buffer.alloc(10_000), () => arrived.push('old'));
  link.begin(monotonicNs());
  await new Promise<void>((done) => {
    link.cross('up', Buffer.alloc(1), () => {
      arrived.push('new');
      done();
    });
  });
  expect(arrived).toEqual(['old', 'new']);
});

test('it becomes another link while it carries: time, ledger and what is on its way go on', async () => {
  const link = linkOf({ delay: '20ms' });
  const arrived: string[] = [];
  const cross = (name: string) =>
    new Promise<void>((done) => {
      link.cross('up', Buffer.alloc(10), () => {
        arrived.push(name);
        done();
      });
    });
  const old = cross('old');
  link.change(parseLinkProfile({ loss: '100%' }));
  link.cross('up', Uint8Array.of(7, 8, 9), () => arrived.push('never'));
  link.change(parseLinkProfile({}));
  await Promise.all([old, cross('new')]);
  // What is on its way is not overtaken: a stream stays in order.
  expect(arrived).toEqual(['old', 'new']);
  const { up } = link.ledger();
  expect(up).toMatchObject({ offered: { packets: 3 }, delivered: { packets: 2 }, dropped: { loss: { packets: 1 } } });
  expect(link.lost()).toEqual([{ direction: 'up', cause: 'loss', head: Uint8Array.of(7, 8, 9) }]);
  expect(link.lost()).toEqual([]);
});
