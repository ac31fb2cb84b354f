// Repetitions put together: one figure from the samples of all, each counted as often as its weight says.
import type { Sample } from './sample.ts';

/** Plain data: null is infinite, a share of all that was not reached. */
export type Reading = number | null;

/** Of what has a sign: null is plus infinite. */
export type SignedReading = number | null | '-infinite';

/** A figure and its interval: both bounds or neither, and where neither, why. A bound may be infinite. */
export interface Estimate<R = Reading> {
  readonly value: R;
  readonly low?: R;
  readonly high?: R;
  readonly noInterval?: string;
}

export type SignedEstimate = Estimate<SignedReading>;

/** The figure of all repetitions, the r-th counted `weights[r]` times. ±Infinity: not reached. NaN: nothing to say it of. */
export type Statistic = (weights: ArrayLike<number>) => number;

/**
 * @param weights whole numbers, one a sample; all 1 unless given
 * @returns Infinity where it is not reached; undefined where there is nothing to say it of, as of a share of no messages
 */
export function pooled(samples: readonly Sample[], weights?: ArrayLike<number>): number | undefined {
  const value = statisticOf(samples)(weights ?? new Uint32Array(samples.length).fill(1));
  return Number.isNaN(value) ? undefined : value;
}

/** Whether a repetition has anything to say of the figure: a share of no messages, a percentile of none has not. */
export function isTelling(sample: Sample | undefined): sample is Sample {
  if (sample === undefined) return false;
  if (sample.kind === 'ratio') return sample.whole !== 0;
  return sample.kind !== 'quantile' || sample.count > 0;
}

/** Prepared once, asked for thousands of draws. */
export function statisticOf(samples: readonly Sample[]): Statistic {
  const [first] = samples;
  switch (first?.kind) {
    case undefined:
      return () => Number.NaN;
    case 'ratio':
      return ratioOf(allOf(samples, 'ratio'));
    case 'quantile':
      return quantileOf(allOf(samples, 'quantile'));
    case 'largest':
      return extremeOf(allOf(samples, 'largest'), Math.max);
    case 'smallest':
      return extremeOf(allOf(samples, 'smallest'), Math.min);
    case 'total':
      return totalOf(allOf(samples, 'total'));
  }
}

type Of<K extends Sample['kind']> = Extract<Sample, { readonly kind: K }>;

function allOf<K extends Sample['kind']>(samples: readonly Sample[], kind: K): readonly Of<K>[] {
  const alike = samples.filter((sample): sample is Of<K> => sample.kind === kind);
  if (alike.length === samples.length) return alike;
  const other = samples.find((sample) => sample.kind !== kind);
  throw new TypeError(`samples of one figure are of one kind; these are ${kind} and ${other?.kind}`);
}

function ratioOf(samples: readonly Of<'ratio'>[]): Statistic {
  return (weights) => {
    let part = 0;
    let whole = 0;
    for (let r = 0; r < samples.length; r++) {
      const weight = weights[r]!;
      if (weight === 0) continue; // an infinite part would not vanish
      part += weight * samples[r]!.part;
      whole += weight * samples[r]!.whole;
    }
    return whole === 0 ? Number.NaN : part / whole;
  };
}

function extremeOf(
  samples: readonly { readonly value: number }[],
  extreme: (a: number, b: number) => number,
): Statistic {
  return (weights) => {
    let found = Number.NaN;
    samples.forEach(({ value }, r) => {
      if (weights[r]! > 0) found = Number.isNaN(found) ? value : extreme(found, value);
    });
    return found;
  };
}

function totalOf(samples: readonly { readonly value: number }[]): Statistic {
  return (weights) => samples.reduce((sum, { value }, r) => sum + (weights[r] === 0 ? 0 : weights[r]! * value), 0);
}

/**
 * The weighted nearest rank over arrays that are sorted already. Every array has a window that the answer lies in if it is
 * there at all; the middle of the widest is counted in all of them, which halves that one and cuts the others.
 */
function quantileOf(samples: readonly Of<'quantile'>[]): Statistic {
  const arrays = samples.map(({ sorted }) => sorted);
  const from = new Uint32Array(arrays.length);
  const to = new Uint32Array(arrays.length);
  const cut = new Uint32Array(arrays.length);

  function count(weights: ArrayLike<number>, bounds: ArrayLike<number>): number {
    let sum = 0;
    for (let r = 0; r < arrays.length; r++) sum += weights[r]! * bounds[r]!;
    return sum;
  }

  function widest(weights: ArrayLike<number>): number {
    let found = -1;
    let width = 0;
    for (let r = 0; r < arrays.length; r++) {
      if (weights[r] === 0 || to[r]! - from[r]! <= width) continue;
      found = r;
      width = to[r]! - from[r]!;
    }
    return found;
  }

  return (weights) => {
    const rank = rankOf(samples, weights);
    for (let r = 0; r < arrays.length; r++) to[r] = arrays[r]!.length;
    if (!(rank <= count(weights, to))) return Number.isNaN(rank) ? rank : Number.POSITIVE_INFINITY;
    from.fill(0);
    for (;;) {
      const r = widest(weights);
      const pivot = arrays[r]![(from[r]! + to[r]!) >>> 1]!;
      for (let s = 0; s < arrays.length; s++) cut[s] = firstNotBelow(arrays[s]!, pivot, from[s]!, to[s]!);
      if (count(weights, cut) >= rank) {
        to.set(cut);
        continue;
      }
      for (let s = 0; s < arrays.length; s++) cut[s] = firstAbove(arrays[s]!, pivot, cut[s]!, to[s]!);
      if (count(weights, cut) >= rank) return pivot;
      from.set(cut);
    }
  };
}

function rankOf(samples: readonly Of<'quantile'>[], weights: ArrayLike<number>): number {
  let count = 0;
  for (let r = 0; r < samples.length; r++) count += weights[r]! * samples[r]!.count;
  // As in percentileOfSent: a product may lie a hair above the whole number that is meant.
  return count === 0 ? Number.NaN : Math.max(1, Math.ceil((samples[0]?.p ?? Number.NaN) * count - 1e-9));
}

function firstNotBelow(sorted: Float64Array, value: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstAbove(sorted: Float64Array, value: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
