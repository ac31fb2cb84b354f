import { expect, test } from 'vitest';
import { linkCount } from '../../../src/bench/rig/link-count.ts';
import { noLateness, recordLateness } from '../../../src/link/lateness.ts';
import { emptyLedger } from '../../../src/link/ledger.ts';

test('a carrier counts both directions together', () => {
  const ledger = emptyLedger();
  ledger.up.offered.packets = 5;
  ledger.down.offered.packets = 7;
  ledger.up.dropped.loss.packets = 1;
  ledger.down.dropped.loss.packets = 2;
  ledger.down.reordered.packets = 3;
  const { lateness, ...count } = linkCount(ledger, noLateness());
  expect(count).toEqual({
    offeredPackets: 12,
    droppedPackets: { queue: 0, loss: 3, list: 0, outage: 0, carrier: 0 },
    duplicatedPackets: 0,
    corruptedPackets: 0,
    reorderedPackets: 3,
    latenessP99Ms: undefined,
  });
  expect(lateness.count).toBe(0);
});

test('the whole histogram of lateness stands in the count: below 1, 2, 4, 8 … µs, and the rest', () => {
  const lateness = noLateness();
  for (const lateNs of [0, 999, 1000, 1999, 2000, 7999, 8000, 1e12]) recordLateness(lateness, lateNs);
  const { belowPowerOf2Us, count, maxMs } = linkCount(emptyLedger(), lateness).lateness;
  expect(belowPowerOf2Us.slice(0, 5)).toEqual([2, 2, 1, 1, 1]);
  expect(belowPowerOf2Us.at(-1)).toBe(1);
  expect(belowPowerOf2Us.reduce((sum, packets) => sum + packets, 0)).toBe(count);
  expect(maxMs).toBe(1e6);
});

test('a thing done a little before it was due, by the rounding of the clock, was not late', () => {
  const lateness = noLateness();
  recordLateness(lateness, -1500);
  expect(lateness.buckets[0]).toBe(1);
  expect(lateness.maxNs).toBe(0);
});
