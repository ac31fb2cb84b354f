// What tells chance from error: the distance between samples and a law, an interval for a share.
import { errorFunction } from 'simple-statistics';
import type { Distribution } from '../../src/link/distribution.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The 99.5 % point of the normal distribution: both tails together are 1 %. */
const Z_99 = 2.5758293035489;

/**
 * Wilson's score interval at 99 %.
 * @param burstFactor how often larger than that of independent steps the variance is (Gilbert-Elliott: (2 - p - r) / (p + r))
 */
export function shareInterval(hits: number, count: number, burstFactor = 1): Interval {
  const share = hits / count;
  const n = count / burstFactor;
  const z2 = Z_99 ** 2;
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z_99 / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n ** 2));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/**
 * The largest distance between the samples' steps and a law (Kolmogorov-Smirnov).
 * @param below where to look: a law that ends in a jump can't be compared at it, since the least error moves samples across
 */
export function ksDistance(
  samples: readonly number[],
  law: (x: number) => number,
  below = Number.POSITIVE_INFINITY,
): number {
  const sorted = Float64Array.from(samples).sort();
  let distance = 0;
  for (const [i, x] of sorted.entries()) {
    if (x >= below) return Math.max(distance, Math.abs(law(below) - i / sorted.length));
    const expected = law(x);
    distance = Math.max(distance, expected - i / sorted.length, (i + 1) / sorted.length - expected);
  }
  return distance;
}

/** What the distance exceeds in 1 % of the cases although the samples follow the law; from some hundred samples on. */
export function ksCritical(count: number): number {
  return Math.sqrt(-Math.log(0.01 / 2) / 2) / Math.sqrt(count);
}

/**
 * The law of jitter, in units of the jitter: the share of deviations that are at most `x`. Written from the distributions
 * themselves and not from the model's quantile functions, so that an error in those shows.
 */
export function jitterLaw(distribution: Distribution, x: number): number {
  if (x >= (distribution === 'uniform' ? 1 : LIMIT)) return 1;
  switch (distribution) {
    case 'uniform':
      return Math.max(0, (x + 1) / 2);
    case 'normal':
      return x < -LIMIT ? 0 : (1 + errorFunction(x / Math.SQRT2)) / 2;
    case 'pareto':
      return 1 - Math.max(1, PARETO_MEAN + PARETO_DEVIATION * x) ** -3;
  }
}

/** Nothing deviates by more than four times the jitter: 1.9 % of a Pareto law are cut to just that. */
const LIMIT = 4;
/** Where a comparison ends: before that jump. */
export const JITTER_BELOW = 3.9;

// Shape 3, scale 1, cut at 3.727 (docs/link.md): its mean is 3/2 - 1/(2 · 3.727²), its mean square 3 - 2/3.727.
const PARETO_CUT = 3.727;
const PARETO_MEAN = 1.5 - 1 / (2 * PARETO_CUT ** 2);
const PARETO_DEVIATION = Math.sqrt(3 - 2 / PARETO_CUT - PARETO_MEAN ** 2);

/** Nearest rank. @param sorted ascending */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
