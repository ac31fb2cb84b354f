// How long bodies are.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededChance, uniform } from '../../../src/bench/load/chance.ts';
import { drawSizeBytes } from '../../../src/bench/load/sizes.ts';
import type { Sizes } from '../../../src/bench/scenario/workload.ts';

function drawn(sizes: Sizes, count: number, seed = 1): number[] {
  const chance = seededChance(seed, 1);
  return Array.from({ length: count }, () => drawSizeBytes(sizes, () => uniform(chance)));
}

const lowest = () => 0;
const highest = () => 1 - 2 ** -53;

test('a fixed size draws nothing', () => {
  const never = () => {
    throw new Error('It drew.');
  };
  expect(drawSizeBytes({ kind: 'fixed', bytes: 77 }, never)).toBe(77);
});

describe('a range', () => {
  test('has both its ends and nothing beyond them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 24, max: 60_000 }), fc.nat({ max: 1000 }), (fromBytes, more) => {
        const sizes: Sizes = { kind: 'uniform', fromBytes, toBytes: fromBytes + more };
        expect(drawSizeBytes(sizes, lowest)).toBe(fromBytes);
        expect(drawSizeBytes(sizes, highest)).toBe(fromBytes + more);
      }),
    );
  });

  test('has each of its sizes alike often', () => {
    const sizes = drawn({ kind: 'uniform', fromBytes: 24, toBytes: 33 }, 50_000);
    for (let size = 24; size <= 33; size++) {
      // Four standard deviations of 5000 in 50,000.
      expect(Math.abs(sizes.filter((each) => each === size).length - 5000)).toBeLessThan(4 * Math.sqrt(4500));
    }
  });
});

describe('sizes as in a chat', () => {
  const sizes = drawn({ kind: 'chat' }, 50_000).sort((a, b) => a - b);

  test('lie within their bounds, whatever is drawn', () => {
    expect(sizes[0]).toBeGreaterThanOrEqual(24);
    expect(sizes.at(-1)).toBeLessThanOrEqual(2000);
    for (const uniform of [lowest, highest]) {
      const size = drawSizeBytes({ kind: 'chat' }, uniform);
      expect(size >= 24 && size <= 2000).toBe(true);
    }
  });

  test('are log-normal with the median 60: a sixth lies beyond 60 · e, before the cut a sixth below 60 / e', () => {
    const share = (isIt: (size: number) => boolean) => sizes.filter(isIt).length / sizes.length;
    expect(Math.abs(sizes[25_000]! - 60)).toBeLessThanOrEqual(1);
    expect(share((size) => size > 60 * Math.E)).toBeCloseTo(0.1587, 2);
    // The smallest possible body is longer than 60 / e: it stands for all that would be shorter.
    expect(share((size) => size === 24)).toBeCloseTo(0.182, 2);
  });
});
