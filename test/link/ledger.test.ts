import { expect, test } from 'vitest';
import { counted, countRefused, countUndelivered, emptyLedger, type Tally } from '../../src/link/ledger.ts';
import { every, modelOf } from './fates.ts';

const NOTHING: Tally = { packets: 0, bytes: 0 };

test('each packet once, copies and damage beside it, by its size', () => {
  const { up, down } = emptyLedger();
  const model = counted(modelOf({ duplicate: '100%', corrupt: '100%', loss: { kind: 'list', packets: [2] } }), up);
  for (const sizeBytes of [100, 1_000, 10]) model.offer({ sizeBytes, offeredNs: 0 });
  expect(up).toMatchObject({
    offered: { packets: 3, bytes: 1_110 },
    delivered: { packets: 2, bytes: 110 },
    duplicated: { packets: 2, bytes: 110 },
    corrupted: { packets: 2, bytes: 110 },
    reordered: NOTHING,
    dropped: { list: { packets: 1, bytes: 1_000 }, queue: NOTHING, loss: NOTHING, outage: NOTHING, carrier: NOTHING },
  });
  expect(down).toEqual(emptyLedger().down);
});

test('offered = delivered + dropped, cause by cause, whatever the link does', () => {
  const { up } = emptyLedger();
  const profile = { rate: '1mbit', queue: '5kB', delay: '50ms', loss: '10%', reorder: '20%', duplicate: '20%' };
  const model = counted(modelOf(profile), up);
  for (const { atMs, sizeBytes } of every(7, 500)) model.offer({ sizeBytes, offeredNs: atMs * 1e6 });
  const dropped = Object.values(up.dropped);
  for (const unit of ['packets', 'bytes'] as const) {
    expect(dropped.reduce((sum, tally) => sum + tally[unit], up.delivered[unit])).toBe(up.offered[unit]);
  }
  for (const tally of [up.dropped.queue, up.dropped.loss, up.duplicated, up.reordered])
    expect(tally.packets).toBeGreaterThan(0);
});

test('what the machine lost is no doing of the channel: before the model it was offered, behind it it was delivered', () => {
  const { up } = emptyLedger();
  counted(modelOf({}), up).offer({ sizeBytes: 100, offeredNs: 0 });
  countUndelivered(up, 100);
  expect(up).toMatchObject({ offered: { packets: 1, bytes: 100 }, delivered: NOTHING });
  countRefused(up, 50);
  expect(up.offered).toEqual({ packets: 2, bytes: 150 });
  expect(up.dropped.carrier).toEqual({ packets: 2, bytes: 150 });
});

test('a model that is counted answers as it did', () => {
  const profile = { rate: '1mbit', queue: '5kB', loss: '10%' };
  const [plain, kept] = [modelOf(profile), counted(modelOf(profile), emptyLedger().up)];
  for (const { atMs, sizeBytes } of every(5, 100)) {
    expect({ ...kept.offer({ sizeBytes, offeredNs: atMs * 1e6 }) }).toEqual({
      ...plain.offer({ sizeBytes, offeredNs: atMs * 1e6 }),
    });
    expect(kept.backlogBytesAt(atMs * 1e6)).toBe(plain.backlogBytesAt(atMs * 1e6));
  }
});
