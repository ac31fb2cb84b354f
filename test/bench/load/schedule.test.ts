// What is sent when: every message of every workload, by property, and the laws of chance by sums.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scheduleFor } from '../../../src/bench/load/schedule.ts';
import { flowCount, messageCount, type Sizes, type Workload } from '../../../src/bench/scenario/workload.ts';
import { anyOpenLoop, anySeed, PLAIN } from './loads.ts';

const SEED = 44765;

function largest(sizes: Sizes): number {
  if (sizes.kind === 'chat') return 2000;
  return sizes.kind === 'fixed' ? sizes.bytes : sizes.toBytes;
}

describe('any schedule', () => {
  test('has as many messages as the workload counts, in the order of their instants, within its bounds', () => {
    fc.assert(
      fc.property(anyOpenLoop, anySeed, (workload, seed) => {
        const { flow, plannedNs, sizeBytes } = scheduleFor(workload, seed);
        expect([flow.length, plannedNs.length, sizeBytes.length]).toEqual(Array(3).fill(messageCount(workload)));
        expect(plannedNs[0]).toBe(0);
        expect(plannedNs.every(Number.isInteger)).toBe(true);
        expect(plannedNs.every((ns, i) => i === 0 || ns >= plannedNs[i - 1]!)).toBe(true);
        expect(flow.every((each) => each < flowCount(workload))).toBe(true);
        expect(sizeBytes.every((size) => size >= 24 && size <= largest(workload.sizes))).toBe(true);
      }),
    );
  });

  test('uses its flows in turn: none has two messages, or bursts, more than another', () => {
    fc.assert(
      fc.property(anyOpenLoop, anySeed, (workload, seed) => {
        const counts = new Uint32Array(flowCount(workload));
        for (const flow of scheduleFor(workload, seed).flow) counts[flow]! += 1;
        const step = workload.arrivals.kind === 'bursts' && workload.pattern !== 'fan-out' ? workload.arrivals.size : 1;
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(step);
      }),
    );
  });

  test('is the same for one seed', () => {
    fc.assert(
      fc.property(anyOpenLoop, anySeed, (workload, seed) => {
        expect(scheduleFor(workload, seed)).toEqual(scheduleFor(workload, seed));
      }),
    );
  });

  test('to everybody has one entry for each receiver at one instant and of one size', () => {
    fc.assert(
      fc.property(anyOpenLoop, anySeed, (any, seed) => {
        const workload: Workload = { ...any, pattern: 'fan-out' };
        const receivers = workload.users - 1;
        const { flow, plannedNs, sizeBytes } = scheduleFor(workload, seed);
        expect(flow.length % receivers).toBe(0);
        for (let message = 0; message < flow.length; message++) {
          const first = message - (message % receivers);
          expect(flow[message]).toBe(message % receivers);
          expect([plannedNs[message], sizeBytes[message]]).toEqual([plannedNs[first], sizeBytes[first]]);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('at even distances', () => {
  test.each([
    [4, 500, 1000],
    [3, 3, 10_000],
  ])('of %i pairs, %f a second', (pairs, ratePerSecond, durationMs) => {
    const { flow, plannedNs } = scheduleFor({ ...PLAIN, users: 2 * pairs, ratePerSecond, durationMs }, SEED);
    for (const [i, ns] of plannedNs.entries()) {
      expect(ns).toBe(Math.round((i * 1e9) / ratePerSecond));
      expect(flow[i]).toBe(i % pairs);
    }
    expect(plannedNs.at(-1)!).toBeLessThan(durationMs * 1e6);
  });

  test('depends on no seed where sizes are fixed', () => {
    expect(scheduleFor(PLAIN, 1)).toEqual(scheduleFor(PLAIN, 2));
  });
});

describe('in bursts', () => {
  test('so many leave at one instant in one flow, then as many in the next, at the same rate in the mean', () => {
    const workload: Workload = { ...PLAIN, users: 6, arrivals: { kind: 'bursts', size: 10 }, ratePerSecond: 100 };
    const { flow, plannedNs } = scheduleFor(workload, SEED);
    expect(flow).toHaveLength(100);
    for (let i = 0; i < 100; i++) {
      expect(plannedNs[i]).toBeCloseTo(Math.floor(i / 10) * 100e6, 3);
      expect(flow[i]).toBe(Math.floor(i / 10) % 3);
    }
  });
});

describe('as an incast', () => {
  test('so many leave at one instant, all senders in turn', () => {
    const workload: Workload = { ...PLAIN, pattern: 'fan-in', users: 6, arrivals: { kind: 'incast', size: 10 } };
    const { flow, plannedNs } = scheduleFor({ ...workload, ratePerSecond: 100 }, SEED);
    for (let i = 0; i < 100; i++) {
      expect(plannedNs[i]).toBeCloseTo(Math.floor(i / 10) * 100e6, 3);
      expect(flow[i]).toBe(i % 5);
    }
  });
});

describe('at random', () => {
  const poisson: Workload = { ...PLAIN, arrivals: { kind: 'poisson' }, ratePerSecond: 1000, durationMs: 100_000 };

  function gapsMs(seed: number, workload = poisson): number[] {
    const { plannedNs } = scheduleFor(workload, seed);
    return Array.from(plannedNs.subarray(1), (ns, i) => (ns - plannedNs[i]!) / 1e6);
  }

  const gaps = gapsMs(SEED);
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;

  // Of n gaps the mean has the standard deviation 1/√n: 0.3 % of 100,000.
  test('gaps have the mean of the rate', () => expect(mean).toBeCloseTo(1, 1.5));

  test.each([0.1, 0.5, 1, 2, 5])('and the exponential law: a share of exp(-x) is longer than x = %f of them', (x) => {
    const longer = gaps.filter((gap) => gap > x).length / gaps.length;
    const deviation = Math.sqrt((Math.exp(-x) * (1 - Math.exp(-x))) / gaps.length);
    expect(Math.abs(longer - Math.exp(-x))).toBeLessThan(4 * deviation);
  });

  test('and no memory: what follows a long gap is as long as what follows a short one', () => {
    const meanBehind = (isIt: (gap: number) => boolean) => {
      const next = gaps.slice(1).filter((_, i) => isIt(gaps[i]!));
      return next.reduce((sum, gap) => sum + gap, 0) / next.length;
    };
    expect(meanBehind((gap) => gap > 1)).toBeCloseTo(
      meanBehind((gap) => gap <= 1),
      1,
    );
  });

  test('other seeds have other instants, whichever of their 53 bits it is', () => {
    const short = { ...poisson, durationMs: 20 };
    const seed = 2 ** 40 + 44765;
    const own = gapsMs(seed, short);
    for (let bit = 0; bit < 53; bit++) {
      const other = Math.floor(seed / 2 ** bit) % 2 === 0 ? seed + 2 ** bit : seed - 2 ** bit;
      expect(gapsMs(other, short)).not.toEqual(own);
    }
  });

  test('instants and sizes are drawn apart: sizes do not change the instants', () => {
    const drawn = scheduleFor({ ...poisson, sizes: { kind: 'chat' } }, SEED);
    expect(drawn.plannedNs).toEqual(scheduleFor(poisson, SEED).plannedNs);
  });
});
