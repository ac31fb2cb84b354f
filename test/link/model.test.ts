import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { counted, emptyLedger } from '../../src/link/ledger.ts';
import { binomialBound, dueMs, every, fatesOf, lostNumbers, modelOf, type Offer } from './fates.ts';

const EVERYTHING = {
  rate: '20mbit',
  queue: '30p',
  delay: '20ms',
  jitter: { time: '3ms', distribution: 'normal' },
  loss: { kind: 'gilbert-elliott', p: '2%', r: '20%' },
  reorder: { probability: '5%', gap: 3 },
  duplicate: '4%',
  corrupt: '3%',
};

const TRIALS = 100_000;

const traffic = fc
  .array(fc.record({ gapUs: fc.nat(3000), sizeBytes: fc.integer({ min: 1, max: 1500 }) }), {
    minLength: 1,
    maxLength: 300,
  })
  .map((packets): Offer[] => {
    let atMs = 0;
    return packets.map(({ gapUs, sizeBytes }) => {
      atMs += gapUs / 1000;
      return { atMs, sizeBytes };
    });
  });

const settings = fc.record({ mode: fc.constantFrom('packet' as const, 'time' as const), seed: fc.nat() });

describe('any traffic, per packet and per time', () => {
  test('the same calls have the same fates', () => {
    fc.assert(
      fc.property(traffic, settings, (offers, setting) => {
        expect(fatesOf(EVERYTHING, offers, setting)).toEqual(fatesOf(EVERYTHING, offers, setting));
      }),
    );
  });

  test('what is offered is delivered or dropped, in packets and in bytes', () => {
    fc.assert(
      fc.property(traffic, settings, (offers, setting) => {
        const { up } = emptyLedger();
        const model = counted(modelOf(EVERYTHING, setting), up);
        for (const { atMs, sizeBytes } of offers) model.offer({ sizeBytes, offeredNs: atMs * 1e6 });
        for (const unit of ['packets', 'bytes'] as const) {
          const dropped = Object.values(up.dropped).reduce((sum, tally) => sum + tally[unit], 0);
          expect(up.delivered[unit] + dropped).toBe(up.offered[unit]);
        }
        expect(up.offered.packets).toBe(offers.length);
      }),
    );
  });

  test('nothing arrives before it was sent', () => {
    fc.assert(
      fc.property(traffic, settings, (offers, setting) => {
        for (const [i, fate] of fatesOf(EVERYTHING, offers, setting).entries()) {
          expect(fate.sentNs).toBeGreaterThanOrEqual(offers[i]!.atMs * 1e6);
          expect(fate.dueNs).toBeGreaterThanOrEqual(fate.sentNs);
        }
      }),
    );
  });

  test.each(['uniform', 'normal', 'pareto'])('unless asked, %s jitter keeps the order', (distribution) => {
    const profile = { delay: '20ms', jitter: { time: '20ms', distribution }, loss: '5%' };
    fc.assert(
      fc.property(traffic, settings, (offers, setting) => {
        const fates = fatesOf(profile, offers, setting);
        expect(dueMs(fates)).toEqual(dueMs(fates).toSorted((a, b) => a - b));
        expect(fates.some(({ reordered }) => reordered)).toBe(false);
      }),
    );
  });
});

test('per packet, the fate of the n-th packet is that of n, whatever its size and instant', () => {
  const profile = { delay: '20ms', loss: '10%', duplicate: '10%', corrupt: '10%', reorder: '10%' };
  const fateOf = (offers: Offer[]) =>
    fatesOf(profile, offers, { seed: 4 }).map(({ dropped, copies, corruptBit, dueNs, sentNs }) => ({
      dropped,
      copies,
      isCorrupt: corruptBit >= 0,
      delayMs: Math.round((dueNs - sentNs) / 1e6),
    }));
  const regular = fateOf(every(10, 300));
  fc.assert(
    fc.property(traffic, (offers) => {
      expect(fateOf(offers)).toEqual(regular.slice(0, offers.length));
    }),
  );
});

describe('per time, two unlike streams cross one channel', () => {
  const profile = {
    delay: '20ms',
    jitter: '5ms',
    loss: { kind: 'gilbert-elliott', p: '5%', r: '20%', lossInBad: '80%' },
    duplicate: '5%',
    corrupt: '5%',
  };
  const dense = fatesOf(profile, every(0.25, 8000, 40), { mode: 'time' });
  const sparse = fatesOf(profile, every(3, 600, 1200), { mode: 'time' });
  const twins = sparse.map((fate, i) => [fate, dense[i * 12]!] as const);

  test('the same instants lose, duplicate and corrupt', () => {
    expect(lostNumbers(sparse).length).toBeGreaterThan(50);
    for (const [one, other] of twins) {
      expect(other.sentNs).toBe(one.sentNs);
      expect(other.dropped).toBe(one.dropped);
      expect(other.copies).toBe(one.copies);
      expect(other.corruptBit >= 0).toBe(one.corruptBit >= 0);
    }
  });

  test('the same instants have the same jitter', () => {
    for (const [one, other] of twins) expect(other.dueNs).toBeCloseTo(one.dueNs, 3);
    expect(new Set(dueMs(sparse).map((due, i) => Math.round(due - i * 3))).size).toBeGreaterThan(5);
  });

  test('a slot shares one fate', () => {
    for (const [i, fate] of dense.entries()) expect(fate.dropped).toBe(dense[i - (i % 4)]!.dropped);
  });
});

describe('jitter', () => {
  test.each(['packet', 'time'] as const)('per %s keeps the mean delay and its bounds', (mode) => {
    const delays = fatesOf({ delay: '20ms', jitter: '5ms' }, every(50, 20_000), { mode }).map(
      ({ dueNs, sentNs }) => (dueNs - sentNs) / 1e6,
    );
    expect(delays.reduce((sum, delay) => sum + delay, 0) / delays.length).toBeCloseTo(20, 0);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(15);
    expect(Math.min(...delays)).toBeLessThan(15.1);
    expect(Math.max(...delays)).toBeLessThanOrEqual(25);
    expect(Math.max(...delays)).toBeGreaterThan(24.9);
  });

  test.each(['packet', 'time'] as const)('per %s reorders where asked', (mode) => {
    const jitter = { time: '5ms', reorder: true };
    const fates = fatesOf({ delay: '20ms', jitter }, every(1, 1000), { mode });
    expect(fates.filter(({ reordered }) => reordered).length).toBeGreaterThan(300);
  });
});

describe('reorder', () => {
  test('as netem: with a gap of 5 and 100 %, every fifth packet skips the delay', () => {
    const fates = fatesOf({ delay: '20ms', reorder: { probability: '100%', gap: 5 } }, every(1, 20));
    const skipped = fates.filter(({ dueNs, sentNs }) => dueNs === sentNs).map(({ number }) => number);
    expect(skipped).toEqual([5, 10, 15, 20]);
    expect(fates.filter(({ reordered }) => reordered).map(({ number }) => number)).toEqual(skipped);
  });

  test.each([
    [1, 0.25],
    [5, 1 / (4 + 1 / 0.25)],
  ])('with a gap of %d and 25 %, %d of the packets skip', (gap, share) => {
    const fates = fatesOf({ delay: '20ms', reorder: { probability: '25%', gap } }, every(1, TRIALS));
    const skipped = fates.filter(({ dueNs, sentNs }) => dueNs === sentNs).length;
    expect(Math.abs(skipped - TRIALS * share)).toBeLessThan(binomialBound(TRIALS, share));
  });

  test('a packet that overtakes none is not reordered, though it skipped', () => {
    const fates = fatesOf({ delay: '20ms', reorder: '100%' }, every(1, 10));
    expect(fates.some(({ reordered }) => reordered)).toBe(false);
  });

  test('per time, which slots skip does not depend on who asked', () => {
    const profile = { delay: '20ms', reorder: { probability: '30%', gap: 4 } };
    const skips = (intervalMs: number) =>
      fatesOf(profile, every(intervalMs, 600 / intervalMs), { mode: 'time' })
        .filter(({ sentNs }) => sentNs % 6e6 === 0)
        .map(({ dueNs, sentNs }) => dueNs === sentNs);
    expect(skips(3)).toEqual(skips(2));
    expect(skips(3)).toContain(true);
  });
});

test.each([
  ['duplicate', 'duplicated'],
  ['corrupt', 'corrupted'],
] as const)('%s happens as often as asked', (name, tally) => {
  const { up } = emptyLedger();
  const model = counted(modelOf({ [name]: '3%' }, { seed: 6 }), up);
  for (let i = 0; i < TRIALS; i++) model.offer({ sizeBytes: 100, offeredNs: i });
  expect(Math.abs(up[tally].packets - TRIALS * 0.03)).toBeLessThan(binomialBound(TRIALS, 0.03));
  expect(up[tally].bytes).toBe(up[tally].packets * 100);
});

test('the corrupt bit lies anywhere in the packet and nowhere else', () => {
  const bits = fatesOf({ corrupt: '10%' }, every(1, 5000, 2)).map(({ corruptBit }) => corruptBit);
  expect(new Set(bits)).toEqual(new Set([-1, ...Array.from({ length: 16 }, (_, bit) => bit)]));
  expect(fatesOf({ corrupt: '100%' }, every(1, 1, 0))[0]!.corruptBit).toBe(-1);
});

test('the two directions are independent channels', () => {
  const up = fatesOf({ loss: '50%' }, every(1, TRIALS), { direction: 'up' });
  const down = fatesOf({ loss: '50%' }, every(1, TRIALS), { direction: 'down' });
  const alike = up.filter(({ dropped }, i) => dropped === down[i]!.dropped).length;
  expect(Math.abs(alike - TRIALS / 2)).toBeLessThan(binomialBound(TRIALS, 0.5));
});

test('a fate is one object, overwritten by the next offer', () => {
  const model = modelOf({ loss: { kind: 'list', packets: [1] } });
  const first = model.offer({ sizeBytes: 100, offeredNs: 0 });
  expect(first.dropped).toBe('list');
  expect(model.offer({ sizeBytes: 200, offeredNs: 1 })).toBe(first);
  expect(first).toMatchObject({ number: 2, sizeBytes: 200, dropped: undefined });
});
