// Intervals from repetitions drawn again with replacement. A repetition is what is drawn, never a message: the messages of
// one repetition share its channel and are not independent. docs/statistics.md says why it is done this way.
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { NoInterval, Reading, SignedReading } from '../result.ts';
import { type Estimate, isTelling, type SignedEstimate, type Statistic, statisticOf } from './estimate.ts';
import type { Sample } from './sample.ts';
import { normalBelow, studentQuantile } from './student.ts';

export interface BootstrapSettings {
  /** Any whole number. */
  readonly seed: number;
  /** 0.95 unless given. */
  readonly confidence?: number;
  readonly draws?: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const CONFIDENCE = 0.95;
const DRAWS = 5000;

/** The figure of all repetitions with its interval; undefined where no repetition has anything to say of it. */
export function estimate(samples: readonly (Sample | undefined)[], settings: BootstrapSettings): Estimate | undefined {
  return estimated(samples, settings, reading);
}

/** The same for figures that may be minus infinite, as a difference of delays. */
export function signedEstimate(
  samples: readonly (Sample | undefined)[],
  settings: BootstrapSettings,
): SignedEstimate | undefined {
  return estimated(samples, settings, signedReading);
}

function estimated<R>(
  samples: readonly (Sample | undefined)[],
  settings: BootstrapSettings,
  plain: (value: number) => R,
): Estimate<R> | undefined {
  const telling = samples.filter(isTelling);
  const statistic = statisticOf(telling);
  const value = statistic(onceEach(telling.length));
  if (Number.isNaN(value)) return undefined;
  const noInterval = whyNoInterval(telling, telling.length, settings);
  if (noInterval !== undefined) return { value: plain(value), noInterval };
  const [values] = drawn([statistic], [telling.length], settings);
  const { low, high } = expandedInterval(values!, telling.length, settings);
  return { value: plain(value), low: plain(low), high: plain(high) };
}

/** Why there is no interval; undefined where there is one. */
export function whyNoInterval(
  [first]: readonly Sample[],
  repetitions: number,
  { confidence = CONFIDENCE }: BootstrapSettings,
): NoInterval | undefined {
  // A total grows with the number of repetitions, and the bootstrap knows no interval of an extreme.
  if (first?.kind === 'total') return { kind: 'total' };
  if (first?.kind === 'largest' || first?.kind === 'smallest') return { kind: 'extreme' };
  const least = leastRepetitions(confidence);
  return repetitions >= least ? undefined : { kind: 'too-few-repetitions', repetitions, least, confidence };
}

/**
 * Even the whole range of R independent repetitions misses the median of what they are drawn from with probability
 * 2^(1−R), and no interval of the bootstrap is wider.
 */
export function leastRepetitions(confidence = CONFIDENCE): number {
  return 1 + Math.ceil(-Math.log2(1 - confidence) - 1e-9);
}

/**
 * Figures of the same draws: `values[s][d]` is statistic s in draw d. Sides share the weights where they are paired (one
 * number of repetitions given), and are drawn each by itself otherwise.
 */
export function drawn(
  statistics: readonly Statistic[],
  repetitions: readonly number[],
  { seed, draws = DRAWS }: BootstrapSettings,
): Float64Array[] {
  const chance = xoroshiro128plus((seed ^ Math.floor(seed / 2 ** 32)) | 0);
  const values = statistics.map(() => new Float64Array(draws));
  const weights = repetitions.map((count) => new Uint32Array(count));
  for (let draw = 0; draw < draws; draw++) {
    for (const own of weights) {
      own.fill(0);
      for (let i = 0; i < own.length; i++) own[uniformInt(chance, 0, own.length - 1)]! += 1;
    }
    statistics.forEach((statistic, s) => {
      values[s]![draw] = statistic(weights[s] ?? weights[0]!);
    });
  }
  return values;
}

/**
 * The expanded percentile interval (T. Hesterberg, "What Teachers Should Know About the Bootstrap", The American
 * Statistician 69(4), 2015): with n repetitions the plain one is too narrow by √((n−1)/n) and by what Student's t is wider
 * than the normal distribution, so it is taken further out. A value that is not known (NaN) may be anything, and counts on
 * both ends.
 * @param values of the draws; sorted in place
 */
export function expandedInterval(
  values: Float64Array,
  repetitions: number,
  { confidence = CONFIDENCE }: Pick<BootstrapSettings, 'confidence'>,
): Interval {
  const t = studentQuantile((1 + confidence) / 2, repetitions - 1);
  const tail = normalBelow(-t * Math.sqrt(repetitions / (repetitions - 1)));
  values.sort(); // NaN last
  const unknown = values.length - firstNaN(values);
  const known = values.length - unknown;
  const outside = Math.max(0, Math.floor(tail * (values.length + 1)) - 1);
  const inner = outside - unknown;
  if (inner < 0 || known <= inner) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  return { low: values[inner]!, high: values[known - 1 - inner]! };
}

function firstNaN(sorted: Float64Array): number {
  let end = sorted.length;
  while (end > 0 && Number.isNaN(sorted[end - 1])) end--;
  return end;
}

export function onceEach(count: number): Uint32Array {
  return new Uint32Array(count).fill(1);
}

export function reading(value: number): Reading {
  return value === Number.POSITIVE_INFINITY ? null : value;
}

export function signedReading(value: number): SignedReading {
  return value === Number.NEGATIVE_INFINITY ? '-infinite' : reading(value);
}
