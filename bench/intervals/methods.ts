// Ways to an interval from repetitions, side by side: the one that the lab uses, and those that it might.
import { drawn, expandedInterval, type Interval, onceEach } from '../../src/bench/statistics/bootstrap.ts';
import type { Statistic } from '../../src/bench/statistics/estimate.ts';
import { normalBelow, normalQuantile, studentQuantile } from '../../src/bench/statistics/student.ts';

/** @param draws of the statistic, sorted: the same for all methods */
type Method = (statistic: Statistic, repetitions: number, draws: Float64Array, seed: number) => Interval;

const DRAWS = 999;
const Z = normalQuantile(0.975);

export const METHODS: Readonly<Record<string, Method>> = {
  plain: (_statistic, _n, draws) => percentiles(draws, 0.025, 0.975),
  expanded: (_statistic, n, draws) => expandedInterval(draws, n, {}),
  BCa: (statistic, n, draws) => biasCorrected(statistic, n, draws, Z),
  'expanded BCa': (statistic, n, draws) => biasCorrected(statistic, n, draws, expandedZ(n)),
  'jackknife and t': (statistic, n) => {
    const half = studentQuantile(0.975, n - 1) * standardError(statistic, onceEach(n));
    const value = statistic(onceEach(n));
    return { low: value - half, high: value + half };
  },
  // Draws of its own, each of which leaves every repetition out once: n times the work.
  'bootstrap-t': (statistic, n, _draws, seed) => bootstrapT(statistic, n, seed),
};

export function sortedDraws(statistic: Statistic, n: number, seed: number): Float64Array {
  return drawn([statistic], [n], { seed, draws: DRAWS })[0]!.sort();
}

function expandedZ(n: number): number {
  return studentQuantile(0.975, n - 1) * Math.sqrt(n / (n - 1));
}

function percentiles(sorted: Float64Array, low: number, high: number): Interval {
  const at = (p: number) => sorted[Math.max(0, Math.min(sorted.length - 1, Math.round(p * (sorted.length + 1)) - 1))]!;
  return { low: at(low), high: at(high) };
}

/** B. Efron, "Better bootstrap confidence intervals", JASA 82, 1987. */
function biasCorrected(statistic: Statistic, n: number, sorted: Float64Array, z: number): Interval {
  const value = statistic(onceEach(n));
  const below = sorted.filter((draw) => draw < value).length;
  const same = sorted.filter((draw) => draw === value).length;
  const bias = normalQuantile(Math.min(1 - 1e-6, Math.max(1e-6, (below + same / 2) / sorted.length)));
  const left = leftOut(statistic, onceEach(n));
  const mean = left.reduce((sum, own) => sum + own, 0) / n;
  const squares = left.reduce((sum, own) => sum + (mean - own) ** 2, 0);
  const acceleration = squares === 0 ? 0 : left.reduce((sum, own) => sum + (mean - own) ** 3, 0) / (6 * squares ** 1.5);
  const corrected = (at: number) => normalBelow(Math.max(-6, Math.min(6, bias + at / (1 - acceleration * at))));
  return percentiles(sorted, corrected(bias - z), corrected(bias + z));
}

/** B. Efron and R. Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 12. */
function bootstrapT(statistic: Statistic, n: number, seed: number): Interval {
  const value = statistic(onceEach(n));
  const own = standardError(statistic, onceEach(n));
  const studentised: Statistic = (weights) => {
    const error = standardError(statistic, weights);
    return error === 0 ? Number.NaN : (statistic(weights) - value) / error;
  };
  const sorted = sortedDraws(studentised, n, seed);
  const { low, high } = percentiles(
    sorted.filter((t) => !Number.isNaN(t)),
    0.025,
    0.975,
  );
  return { low: value - high * own, high: value - low * own };
}

/** The jackknife's: every drawn repetition left out once. */
function standardError(statistic: Statistic, weights: ArrayLike<number>): number {
  const left = leftOut(statistic, weights);
  const mean = left.reduce((sum, own) => sum + own, 0) / left.length;
  return Math.sqrt(((left.length - 1) / left.length) * left.reduce((sum, own) => sum + (own - mean) ** 2, 0));
}

function leftOut(statistic: Statistic, weights: ArrayLike<number>): number[] {
  const without = Uint32Array.from(weights);
  return Array.from(weights).flatMap((weight, r) => {
    if (weight === 0) return [];
    without[r] = weight - 1;
    const value = statistic(without);
    without[r] = weight;
    return new Array<number>(weight).fill(value);
  });
}
