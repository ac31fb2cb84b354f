import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lossIntervals } from '../../src/link/loss-intervals.ts';
import { parseDirectionProfile } from '../../src/link/parse-profile.ts';
import { binomialBound, every, fatesOf, lostNumbers, modelOf } from './fates.ts';

const TRIALS = 100_000;

describe('random loss', () => {
  test.each(['packet', 'time'] as const)('per %s, as much is lost as was asked', (mode) => {
    for (const [seed, probability] of [
      [1, 0.001],
      [2, 0.02],
      [3, 0.2],
      [4, 0.7],
    ] as const) {
      const lost = lostNumbers(fatesOf({ loss: `${probability * 100}%` }, every(1, TRIALS), { mode, seed })).length;
      expect(Math.abs(lost - TRIALS * probability)).toBeLessThan(binomialBound(TRIALS, probability));
    }
  });

  test.each([
    ['0%', 0],
    ['100%', 1000],
  ])('%s loses %d of 1000', (loss, lost) => {
    expect(lostNumbers(fatesOf({ loss }, every(1, 1000)))).toHaveLength(lost);
  });
});

describe('Gilbert-Elliott', () => {
  test.each([
    [0.01, 0.1],
    [0.2, 0.5],
    [0.9, 0.7], // more often flips than stays
  ])('p %d, r %d: bursts last 1/r in the mean, and p/(p+r) is lost', (p, r) => {
    const loss = { kind: 'gilbert-elliott', p: `${p * 100}%`, r: `${r * 100}%` };
    const fates = fatesOf({ loss }, every(1, 4 * TRIALS), { seed: 9 });
    const lost = lostNumbers(fates);
    const bursts = lost.filter((number, i) => lost[i - 1] !== number - 1).length;
    expect(Math.abs((lost.length / bursts) * r - 1)).toBeLessThan(5 / Math.sqrt(bursts));
    expect(Math.abs((lost.length / fates.length) * ((p + r) / p) - 1)).toBeLessThan(10 / Math.sqrt(bursts));
  });

  test.each([
    ['5%', '20%'],
    ['90%', '70%'],
  ])('p %s, r %s: its state at a slot does not depend on which others were asked', (p, r) => {
    const loss = { kind: 'gilbert-elliott', p, r, lossInBad: '60%', lossInGood: '1%' };
    const all = fatesOf({ loss }, every(1, 3000), { mode: 'time' });
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(2999), { minLength: 1 }), (slots) => {
        const asked = slots.toSorted((a, b) => a - b).map((atMs) => ({ atMs, sizeBytes: 1 }));
        const fates = fatesOf({ loss }, asked, { mode: 'time' });
        expect(fates.map(({ dropped }) => dropped)).toEqual(asked.map(({ atMs }) => all[atMs]!.dropped));
      }),
    );
  });

  test('loses by its state: always in the bad one, never in the good one, or as set', () => {
    const loss = { kind: 'gilbert-elliott', p: '5%', r: '5%', lossInBad: '40%', lossInGood: '10%' };
    const lost = lostNumbers(fatesOf({ loss }, every(1, 4 * TRIALS))).length;
    expect(lost / (4 * TRIALS)).toBeCloseTo(0.25, 1);
    expect(lost / (4 * TRIALS)).not.toBeCloseTo(0.4, 1);
  });
});

test.each(['packet', 'time'] as const)('a drop list loses exactly its packets, per %s too', (mode) => {
  const fates = fatesOf({ loss: { kind: 'list', packets: [3, 7] } }, every(0.1, 20), { mode });
  expect(lostNumbers(fates)).toEqual([3, 7]);
  expect(fates[2]!.dropped).toBe('list');
});

describe('outages', () => {
  const outages = [
    { at: '10ms', for: '5ms' },
    { at: '30ms', for: '1ms' },
  ];

  test.each(['packet', 'time'] as const)('take what is sent while they last, per %s too', (mode) => {
    const fates = fatesOf({ loss: { kind: 'schedule', outages } }, every(1, 100), { mode });
    expect(lostNumbers(fates)).toEqual([11, 12, 13, 14, 15, 31]);
    expect(fates[10]!.dropped).toBe('outage');
  });

  test('come again every so often', () => {
    const loss = { kind: 'schedule', outages: [{ at: '1ms', for: '1ms' }], every: '10ms' };
    expect(lostNumbers(fatesOf({ loss }, every(1, 35)))).toEqual([2, 12, 22, 32]);
  });

  test('take what crosses the channel then, not what was offered then and waits in the queue', () => {
    const loss = { kind: 'schedule', outages: [{ at: '2.5ms', for: '1ms' }] };
    expect(lostNumbers(fatesOf({ rate: '8mbit', loss }, every(0, 5, 1000)))).toEqual([3]);
  });
});

describe('loss intervals', () => {
  const chance = { mode: 'time', seed: 3 } as const;

  test('are where packets are in fact lost', () => {
    const profile = { loss: { kind: 'gilbert-elliott', p: '5%', r: '20%' } };
    const intervals = lossIntervals(parseDirectionProfile(profile), 'up', chance, 1000)!;
    const model = modelOf({ ...profile, delay: '20ms' }, chance);
    const lostMs = every(1, 1000).filter(
      ({ atMs }) => model.offer({ sizeBytes: 1, offeredNs: atMs * 1e6 }).dropped !== undefined,
    );
    const covered = every(1, 1000).filter(({ atMs }) => intervals.some((at) => atMs >= at.fromMs && atMs < at.toMs));
    expect(lostMs.length).toBeGreaterThan(100);
    expect(covered).toEqual(lostMs);
  });

  test('of outages say so, and join their slots', () => {
    const profile = parseDirectionProfile({ loss: { kind: 'schedule', outages: [{ at: '10ms', for: '5ms' }] } });
    expect(lossIntervals(profile, 'up', chance, 100)).toEqual([{ fromMs: 10, toMs: 15, cause: 'outage' }]);
  });

  test.each([
    [{ loss: '2%' }, 'packet'],
    [{ loss: { kind: 'list', packets: [1] } }, 'time'],
  ] as const)('%j per %s has no state in time', (profile, mode) => {
    expect(lossIntervals(parseDirectionProfile(profile), 'up', { mode, seed: 1 }, 100)).toBeUndefined();
  });
});
