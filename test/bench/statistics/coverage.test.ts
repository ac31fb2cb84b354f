// Whether the intervals keep their word, over made-up experiments whose truth is known: skewed, heavy-tailed, and both sides
// of a repetition hit by the same channel. Seeded, so a bound that holds once holds always.
import { describe, expect, test } from 'vitest';
import { experiment, FIGURES, type FigureName, NETWORKS, rolls } from '../../../bench/intervals/experiments.ts';
import { METHODS, sortedDraws } from '../../../bench/intervals/methods.ts';
import { type Comparison, compare } from '../../../src/bench/statistics/compare.ts';
import { pooled, type SignedEstimate, statisticOf } from '../../../src/bench/statistics/estimate.ts';
import type { Sample } from '../../../src/bench/statistics/sample.ts';

const NETWORK = { ...NETWORKS.shaken, sent: 100 };
const EXPERIMENTS = 250;
const DRAWS = 999;
const FACTOR = 1.3;
const TRUTH_REPETITIONS = 5000;

const CASES = [6, 10, 20].flatMap((repetitions) =>
  (['mean', 'median', 'p99'] as const).map((figure) => ({ figure, repetitions })),
);

interface Case {
  readonly figure: FigureName;
  readonly repetitions: number;
}

/** The share of experiments of which something is so. */
function shareOf(
  { figure, repetitions }: Case,
  factor: number,
  isSo: (a: Sample[], b: Sample[], seed: number) => boolean,
): number {
  const roll = rolls(repetitions);
  let hits = 0;
  for (let seed = 0; seed < EXPERIMENTS; seed++) {
    const [a, b] = experiment(NETWORK, repetitions, factor, roll);
    if (isSo(FIGURES[figure](a), FIGURES[figure](b), seed)) hits++;
  }
  return hits / EXPERIMENTS;
}

function compared(a: Sample[], b: Sample[], seed: number): Comparison {
  return compare(a, b, { seed, draws: DRAWS, paired: true })!;
}

describe('a null comparison', () => {
  test.each(CASES)('finds a difference about once in twenty: $figure, $repetitions repetitions', (of) => {
    const alarms = shareOf(of, 1, (a, b, seed) => compared(a, b, seed).conclusion !== 'no-difference');
    expect(alarms).toBeGreaterThan(0.02);
    expect(alarms).toBeLessThan(0.09);
  });

  test('would far more often by the plain percentile interval of six repetitions', () => {
    const alarms = shareOf({ figure: 'mean', repetitions: 6 }, 1, (a, b, seed) => {
      const [ofA, ofB] = [statisticOf(a), statisticOf(b)];
      const difference = (weights: ArrayLike<number>) => ofB(weights) - ofA(weights);
      const { low, high } = METHODS['plain']!(difference, 6, sortedDraws(difference, 6, seed), seed);
      return low > 0 || high < 0;
    });
    expect(alarms).toBeGreaterThan(0.11);
  });
});

describe('a difference that is there', () => {
  const sides = experiment(NETWORK, TRUTH_REPETITIONS, FACTOR, rolls(0));

  function truthOf(figure: FigureName): { difference: number; ratio: number } {
    const [a, b] = sides.map((side) => pooled(FIGURES[figure](side))!);
    return { difference: b! - a!, ratio: b! / a! };
  }

  // Few repetitions say little of a tail that the worst channels make: so a little under 95 % (docs/statistics.md).
  test.each(CASES.filter(({ repetitions }) => repetitions !== 20))(
    'lies within its interval, and so does the ratio: $figure, $repetitions repetitions',
    (of) => {
      const truth = truthOf(of.figure);
      let ratios = 0;
      const differences = shareOf(of, FACTOR, (a, b, seed) => {
        const { difference, ratio } = compared(a, b, seed);
        if (contains(ratio!, truth.ratio)) ratios++;
        return contains(difference!, truth.difference);
      });
      for (const covered of [differences, ratios / EXPERIMENTS]) {
        expect(covered).toBeGreaterThan(0.86);
        expect(covered).toBeLessThan(0.99);
      }
    },
  );
});

function contains({ low, high }: SignedEstimate, truth: number): boolean {
  const isAbove = low === '-infinite' || (typeof low === 'number' && low <= truth);
  return isAbove && (high === null || (typeof high === 'number' && truth <= high));
}
