import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { signedEstimate } from '../../../src/bench/statistics/bootstrap.ts';
import { pooled } from '../../../src/bench/statistics/estimate.ts';
import { type PairSamples, pairsOf, type SideOfPairs } from '../../../src/bench/statistics/pairs.ts';
import { naiveQuantile } from './samples.ts';

const LOST = Number.POSITIVE_INFINITY;

/** Delays in ms. */
function pairs(a: readonly number[], b: readonly number[]): PairSamples {
  const ns = (all: readonly number[]) => Float64Array.from(all, (ms) => ms * 1e6);
  return pairsOf(ns(a), ns(b));
}

function readings({ earlier, aheadMs, alone, aloneDelayMs }: SideOfPairs) {
  return [earlier, aheadMs, alone, aloneDelayMs].map((sample) => pooled([sample]));
}

function differences({ differenceMs }: PairSamples) {
  return differenceMs.map(({ sample }) => pooled([sample]));
}

describe('by hand', () => {
  // A before B, B before A twice, a tie, A alone, B alone twice, and one that neither delivered.
  const eight = pairs([10, 30, 25, 20, 40, LOST, LOST, LOST], [13, 25, 24, 20, LOST, 50, 70, LOST]);

  test('shares are of the seven that came at least once, and of all eight', () => {
    expect(eight.a.earlier).toEqual({ kind: 'ratio', part: 2, whole: 7 });
    expect(eight.b.earlier).toEqual({ kind: 'ratio', part: 4, whole: 7 });
    expect(eight.tied).toEqual({ kind: 'ratio', part: 1, whole: 7 });
    expect(eight.a.alone).toEqual({ kind: 'ratio', part: 1, whole: 8 });
    expect(eight.b.alone).toEqual({ kind: 'ratio', part: 2, whole: 8 });
  });

  test('medians: A is ahead by 3 ms and by never; B by 1 ms, 5 ms and twice by never', () => {
    expect(readings(eight.a).slice(1)).toEqual([3, 1 / 8, 40]);
    expect(readings(eight.b).slice(1)).toEqual([5, 2 / 8, 50]);
  });

  test('differences: −∞ −3 0 1 5 ∞ ∞', () => {
    expect(eight.differenceMs.map(({ p }) => p)).toEqual([0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]);
    const minus = Number.NEGATIVE_INFINITY;
    expect(differences(eight)).toEqual([minus, minus, -3, 1, LOST, LOST, LOST]);
  });

  test('nothing came, and nothing was sent', () => {
    const none = pairs([LOST, LOST], [LOST, LOST]);
    expect(readings(none.a)).toEqual([undefined, undefined, 0, undefined]);
    expect(new Set(differences(none))).toEqual(new Set([undefined]));
    expect(readings(pairs([], []).b)).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('several repetitions go together as any other figure does', () => {
    const quarter = new Array(6).fill(eight).map(({ differenceMs }: PairSamples) => differenceMs[0]!.sample);
    expect(signedEstimate(quarter, { seed: 1 })).toEqual({ value: '-infinite', low: '-infinite', high: '-infinite' });
  });

  test('sides that have not the same messages are a mistake', () => {
    expect(() => pairs([1], [1, 2])).toThrow('the same messages; these have 1 and 2');
  });
});

const delay = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 20 }) },
  { weight: 1, arbitrary: fc.constant(LOST) },
);
const twoSides = fc.array(fc.tuple(delay, delay), { maxLength: 60 });

test('is what the definition says, pair by pair', () => {
  fc.assert(
    fc.property(twoSides, (both) => {
      const { a, tied, differenceMs } = pairs(
        both.map(([one]) => one),
        both.map(([, other]) => other),
      );
      const came = both.filter(([one, other]) => one < LOST || other < LOST);
      const ahead = came.filter(([one, other]) => one < other).map(([one, other]) => other - one);
      const alone = both.filter(([one, other]) => one < LOST && other === LOST).map(([one]) => one);
      const share = (part: number, whole: number) => (whole === 0 ? undefined : part / whole);
      expect(readings(a)).toEqual([
        share(ahead.length, came.length),
        naiveQuantile(ahead, 50),
        share(alone.length, both.length),
        naiveQuantile(alone, 50),
      ]);
      expect(pooled([tied])).toEqual(share(came.filter(([one, other]) => one === other).length, came.length));
      for (const { p, sample } of differenceMs) {
        expect(pooled([sample])).toBe(
          naiveQuantile(
            came.map(([one, other]) => one - other),
            p * 100,
          ),
        );
      }
    }),
  );
});

test('sides exchanged are sides exchanged', () => {
  fc.assert(
    fc.property(twoSides, (both) => {
      const [one, other] = [both.map(([a]) => a), both.map(([, b]) => b)];
      const [straight, exchanged] = [pairs(one, other), pairs(other, one)];
      expect([exchanged.a, exchanged.b, exchanged.tied]).toEqual([straight.b, straight.a, straight.tied]);
    }),
  );
});
