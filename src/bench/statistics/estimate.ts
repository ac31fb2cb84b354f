// Repetitions put together: one figure from the samples of all, each counted as often as its weight says.
import type { NoInterval, Reading, SignedReading } from '../result.ts';
import { boundary } from './boundary.ts';
import type { Sample } from './sample.ts';

/** A figure and its interval: both bounds or neither, and where neither, why. A bound may be infinite. */
export interface Estimate<R = Reading> {
  readonly value: R;
  readonly low?: R;
  readonly high?: R;
  readonly noInterval?: NoInterval;
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

/** Values that are walked through one by one. */
const BLOCK = 64;

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
 * The weighted nearest rank, over values that are put in one order once: those that can be it. A draw then looks, by
 * bisection, for the block that the rank falls into, and walks through that block alone.
 */
function quantileOf(samples: readonly Of<'quantile'>[]): Statistic {
  const spans = spansOf(samples);
  const { values, owners } = merged(spans, 0, spans.length);
  const before = countsBefore(owners, spans);

  function weightBefore(block: number, weights: ArrayLike<number>): number {
    let sum = 0;
    for (let r = 0; r < samples.length; r++) sum += weights[r]! * before[block * samples.length + r]!;
    return sum;
  }

  return (weights) => {
    const rank = rankOf(samples, weights);
    if (Number.isNaN(rank)) return rank;
    let block = 0;
    for (let above = before.length / samples.length; above - block > 1; ) {
      const middle = (block + above) >>> 1;
      if (weightBefore(middle, weights) < rank) block = middle;
      else above = middle;
    }
    let reached = weightBefore(block, weights);
    for (let i = block * BLOCK; i < owners.length; i++) {
      reached += weights[owners[i]!]!;
      if (reached >= rank) return values[i]!;
    }
    return Number.POSITIVE_INFINITY;
  };
}

function rankOf(samples: readonly Of<'quantile'>[], weights: ArrayLike<number>): number {
  let count = 0;
  for (let r = 0; r < samples.length; r++) count += weights[r]! * samples[r]!.count;
  // A product of a fraction and a whole number may lie a hair above the whole number that is meant.
  return count === 0 ? Number.NaN : Math.max(1, Math.ceil((samples[0]?.p ?? Number.NaN) * count - 1e-9));
}

interface Span {
  /** Of the sample's values, those that come before these. */
  readonly before: number;
  readonly values: Float64Array;
}

/**
 * However the samples are weighted, their common quantile lies between the least and the largest of their own: of a million
 * values of each, a few thousand. One rank more on either side, for what a product of decimals may be off.
 */
function spansOf(samples: readonly Of<'quantile'>[]): Span[] {
  let [least, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [r, { sorted }] of samples.entries()) {
    const rank = rankOf([samples[r]!], [1]);
    least = Math.min(least, sorted[rank - 2] ?? Number.NEGATIVE_INFINITY);
    largest = Math.max(largest, sorted[rank] ?? Number.POSITIVE_INFINITY);
  }
  return samples.map(({ sorted }) => {
    const from = boundary(sorted, (value) => value < least);
    const to = boundary(sorted, (value) => value <= largest);
    return { before: from, values: sorted.subarray(from, to) };
  });
}

interface Merged {
  readonly values: Float64Array;
  /** Which sample each value is of. */
  readonly owners: Uint32Array;
}

function merged(spans: readonly Span[], from: number, to: number): Merged {
  if (to - from === 1) {
    const { values } = spans[from]!;
    return { values, owners: new Uint32Array(values.length).fill(from) };
  }
  const middle = (from + to) >>> 1;
  return mergedTwo(merged(spans, from, middle), merged(spans, middle, to));
}

function mergedTwo(one: Merged, other: Merged): Merged {
  const values = new Float64Array(one.values.length + other.values.length);
  const owners = new Uint32Array(values.length);
  let [i, j] = [0, 0];
  for (let at = 0; at < values.length; at++) {
    // Past its end `one` has undefined, which is not less than anything.
    const isOne = j === other.values.length || one.values[i]! <= other.values[j]!;
    values[at] = isOne ? one.values[i]! : other.values[j]!;
    owners[at] = isOne ? one.owners[i++]! : other.owners[j++]!;
  }
  return { values, owners };
}

/** For every block of values, and once more at the end, how many values of each sample come before it. */
function countsBefore(owners: Uint32Array, spans: readonly Span[]): Uint32Array {
  const samples = spans.length;
  const counts = Uint32Array.from(spans, ({ before }) => before);
  const before = new Uint32Array((Math.floor(owners.length / BLOCK) + 1) * samples);
  owners.forEach((owner, i) => {
    if (i % BLOCK === 0) before.set(counts, (i / BLOCK) * samples);
    counts[owner]! += 1;
  });
  if (owners.length % BLOCK === 0) before.set(counts, (owners.length / BLOCK) * samples);
  return before;
}
