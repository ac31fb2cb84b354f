// Message k over A and message k over B of one repetition: same body, recipient, planned instant and channel, so they are
// compared one by one. A message that one side lost is infinitely later there; where both lost it, there is nothing to compare.
import { boundary } from './boundary.ts';
import type { Sample } from './sample.ts';

/** What one repetition says of its pairs; of several repetitions, each figure goes through `estimate` or `signedEstimate`. */
export interface PairSamples {
  readonly a: SideOfPairs;
  readonly b: SideOfPairs;
  /** Share of the pairs of which at least one came, where both took exactly as long. */
  readonly tied: Sample;
  /** d_A − d_B over the pairs of which at least one came: minus infinite where only A did. For `signedEstimate`. */
  readonly differenceMs: readonly QuantileOfPairs[];
}

/** Of one side, set against the other. */
export interface SideOfPairs {
  /** Share of the pairs of which at least one came, where this side was earlier. */
  readonly earlier: Sample;
  /** Median of by how much, where it was; infinite where the other never came. */
  readonly aheadMs: Sample;
  /** Share of all pairs where this side alone delivered. */
  readonly alone: Sample;
  /** Median delay of those, on this side. */
  readonly aloneDelayMs: Sample;
}

export interface QuantileOfPairs {
  readonly p: number;
  readonly sample: Sample;
}

const QUANTILES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
const NS_PER_MS = 1e6;

/** @param aNs delay of message k at index k, infinite where it was lost; `bNs` the same over the other side */
export function pairsOf(aNs: Float64Array, bNs: Float64Array): PairSamples {
  if (aNs.length !== bNs.length) {
    throw new RangeError(`sides of one repetition have the same messages; these have ${aNs.length} and ${bNs.length}`);
  }
  const differences = differencesMs(aNs, bNs);
  const aFirst = boundary(differences.sorted, (difference) => difference < 0);
  const bFirst = boundary(differences.sorted, (difference) => difference <= 0);
  return {
    a: sideOf(aNs, bNs, differences.count, {
      count: aFirst,
      sorted: finiteOf(
        differences.sorted
          .subarray(0, aFirst)
          .map((difference) => -difference)
          .reverse(),
      ),
    }),
    b: sideOf(bNs, aNs, differences.count, {
      count: differences.count - bFirst,
      sorted: differences.sorted.subarray(bFirst),
    }),
    tied: { kind: 'ratio', part: bFirst - aFirst, whole: differences.count },
    differenceMs: QUANTILES.map((p) => ({ p, sample: { kind: 'quantile', ...differences, p } })),
  };
}

/** What came, sorted, and how many with what did not: plus infinite is in the count alone. */
interface Spread {
  readonly sorted: Float64Array;
  readonly count: number;
}

function differencesMs(aNs: Float64Array, bNs: Float64Array): Spread {
  const differences = new Float64Array(aNs.length);
  let count = 0;
  for (let k = 0; k < aNs.length; k++) {
    const difference = aNs[k]! - bNs[k]!;
    if (!Number.isNaN(difference)) differences[count++] = difference / NS_PER_MS; // NaN: neither came
  }
  return { sorted: finiteOf(differences.subarray(0, count).sort()), count };
}

function sideOf(own: Float64Array, other: Float64Array, whole: number, ahead: Spread): SideOfPairs {
  const alone = aloneMs(own, other);
  return {
    earlier: { kind: 'ratio', part: ahead.count, whole },
    aheadMs: { kind: 'quantile', ...ahead, p: 0.5 },
    alone: { kind: 'ratio', part: alone.length, whole: own.length },
    aloneDelayMs: { kind: 'quantile', sorted: alone, count: alone.length, p: 0.5 },
  };
}

function aloneMs(own: Float64Array, other: Float64Array): Float64Array {
  const delays: number[] = [];
  for (let k = 0; k < own.length; k++) {
    if (own[k]! < Number.POSITIVE_INFINITY && other[k] === Number.POSITIVE_INFINITY) delays.push(own[k]! / NS_PER_MS);
  }
  return Float64Array.from(delays).sort();
}

/** Without plus infinity at its end. */
function finiteOf(sorted: Float64Array): Float64Array {
  return sorted.subarray(
    0,
    boundary(sorted, (value) => value < Number.POSITIVE_INFINITY),
  );
}
