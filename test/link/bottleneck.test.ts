import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueMs, every, fatesOf, lostNumbers, modelOf, type Offer } from './fates.ts';

const sizes = fc.array(fc.integer({ min: 1, max: 1500 }), { minLength: 1, maxLength: 200 });

describe('rate', () => {
  test('packets offered at once leave size × 8 / rate apart', () => {
    expect(dueMs(fatesOf({ rate: '8mbit' }, every(0, 4, 1000)))).toEqual([1, 2, 3, 4]);
  });

  test('a line that was idle starts at once and saves no credit', () => {
    expect(dueMs(fatesOf({ rate: '8mbit' }, every(10, 3, 1000)))).toEqual([1, 11, 21]);
  });

  test('without a queue setting nothing is dropped, whatever the load', () => {
    expect(lostNumbers(fatesOf({ rate: '1kbit' }, every(0, 10_000)))).toEqual([]);
  });
});

describe('queue', () => {
  test('drops the tail: those in wait stay, and there is room again once one has left', () => {
    const offers = [...every(0, 5, 1000), { atMs: 1.5, sizeBytes: 1000 }];
    const fates = fatesOf({ rate: '8mbit', queue: '3p' }, offers);
    expect(fates.map(({ dropped }) => dropped)).toEqual([...Array(3), 'queue', 'queue', undefined]);
    expect(dueMs(fates)).toEqual([1, 2, 3, 4]);
  });

  test('in bytes: a small packet may still fit where a large one did not', () => {
    const offers = [1000, 800, 200].map((sizeBytes) => ({ atMs: 0, sizeBytes }));
    expect(lostNumbers(fatesOf({ rate: '8mbit', queue: '1500B' }, offers))).toEqual([2]);
  });

  test('a full queue stands for limit × 8 / rate and never longer', () => {
    const fates = fatesOf({ rate: '1mbit', queue: '16kB' }, every(1, 2000, 1000));
    const waitsMs = dueMs(fates).map((due, i) => due - fates.filter(({ dropped }) => !dropped)[i]!.number + 1);
    expect(Math.max(...waitsMs)).toBeLessThanOrEqual(128);
    expect(waitsMs.at(-1)).toBeGreaterThan(128 - 8);
  });

  test('its backlog is what was accepted and has not left, at every instant', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: 3000 }), (sizeBytes, laterUs) => {
        const model = modelOf({ rate: '10mbit', queue: '20p' });
        const leaving = sizeBytes.map((size, i) => ({ ...model.offer({ sizeBytes: size, offeredNs: i * 200e3 }) }));
        const nowNs = sizeBytes.length * 200e3 + laterUs * 1e3;
        const still = leaving.filter(({ dropped, sentNs }) => dropped === undefined && sentNs > nowNs);
        expect(model.backlogPacketsAt(nowNs)).toBe(still.length);
        expect(model.backlogBytesAt(nowNs)).toBe(still.reduce((sum, fate) => sum + fate.sizeBytes, 0));
      }),
    );
  });

  test.each(['10p', '15kB'])('never holds more than %s', (queue) => {
    fc.assert(
      fc.property(sizes, (sizeBytes) => {
        const model = modelOf({ rate: '5mbit', queue });
        for (const [i, size] of sizeBytes.entries()) {
          model.offer({ sizeBytes: size, offeredNs: i * 100e3 });
          expect(model.backlogPacketsAt(i * 100e3)).toBeLessThanOrEqual(queue === '10p' ? 10 : 200);
          expect(model.backlogBytesAt(i * 100e3)).toBeLessThanOrEqual(15_000);
        }
      }),
    );
  });

  test('grows beyond its first room without losing count', () => {
    const model = modelOf({ rate: '8mbit' });
    for (let i = 0; i < 40; i++) model.offer({ sizeBytes: 1000, offeredNs: 0 }); // the ring's head moves before it grows
    expect(model.backlogPacketsAt(30e6)).toBe(10);
    for (let i = 0; i < 1000; i++) model.offer({ sizeBytes: 1000, offeredNs: 30e6 });
    expect(model.backlogPacketsAt(30e6)).toBe(1010);
    expect(model.backlogPacketsAt(530e6)).toBe(510);
    expect(model.backlogBytesAt(2000e6)).toBe(0);
  });

  test('what the channel loses has still taken its time on the line', () => {
    const offers: Offer[] = every(0, 3, 1000);
    expect(dueMs(fatesOf({ rate: '8mbit', loss: { kind: 'list', packets: [2] } }, offers))).toEqual([1, 3]);
  });
});
