// Two sides of one figure: by how much they differ, in units and as a ratio, and what may be concluded from it.
import type { NoInterval } from '../result.ts';
import {
  type BootstrapSettings,
  drawn,
  expandedInterval,
  type Interval,
  onceEach,
  reading,
  signedReading,
  whyNoInterval,
} from './bootstrap.ts';
import { type Estimate, isTelling, type SignedEstimate, statisticOf } from './estimate.ts';
import type { Sample } from './sample.ts';

export interface CompareSettings extends BootstrapSettings {
  /** Whether repetition r of A and of B crossed the same channel; otherwise each side is drawn by itself. */
  readonly paired: boolean;
}

/** `less`, `more`: B than A. */
export type Conclusion = 'less' | 'more' | 'no-difference' | 'not-supported';

export interface Comparison {
  /** B − A; undefined where neither side is reached. Infinite where one is not. */
  readonly difference?: SignedEstimate;
  /** B / A; undefined where that means nothing: both 0, both not reached, or one negative. */
  readonly ratio?: Estimate;
  /** Strictly from the interval of the difference: `no-difference` wherever it contains 0. */
  readonly conclusion: Conclusion;
  /** Why a conclusion is not supported. */
  readonly why?: NoInterval;
  /** That both sides have something to say in; of unpaired sides, the fewer. */
  readonly repetitions: number;
}

type Samples = readonly (Sample | undefined)[];

/** @returns undefined where one side has nothing to say of the figure at all */
export function compare(a: Samples, b: Samples, settings: CompareSettings): Comparison | undefined {
  const [ofA, ofB] = settings.paired ? bothTelling(a, b) : [a.filter(isTelling), b.filter(isTelling)];
  if (ofA.length === 0 || ofB.length === 0) return undefined;
  const repetitions = Math.min(ofA.length, ofB.length);
  const statistics = [statisticOf(ofA), statisticOf(ofB)];
  const [valueA, valueB] = [statistics[0]!(onceEach(ofA.length)), statistics[1]!(onceEach(ofB.length))];
  const values = { difference: valueB - valueA, ratio: ratio(valueA, valueB) };

  const why = whyNoInterval(ofA, repetitions, settings);
  if (why !== undefined) return without(values, why, repetitions);
  const sizes = settings.paired ? [repetitions] : [ofA.length, ofB.length];
  const [drawsA, drawsB] = drawn(statistics, sizes, settings);
  const intervals = {
    difference: expandedInterval(
      drawsA!.map((own, i) => drawsB![i]! - own),
      repetitions,
      settings,
    ),
    ratio: expandedInterval(
      drawsA!.map((own, i) => ratio(own, drawsB![i]!)),
      repetitions,
      settings,
    ),
  };
  return concluded(values, intervals, repetitions);
}

interface Both<T> {
  readonly difference: T;
  readonly ratio: T;
}

function without({ difference, ratio: of }: Both<number>, why: NoInterval, repetitions: number): Comparison {
  return {
    ...(!Number.isNaN(difference) && { difference: { value: signedReading(difference), noInterval: why } }),
    ...(!Number.isNaN(of) && { ratio: { value: reading(of), noInterval: why } }),
    conclusion: 'not-supported',
    why,
    repetitions,
  };
}

function concluded(values: Both<number>, intervals: Both<Interval>, repetitions: number): Comparison {
  const { low, high } = intervals.difference;
  const difference = { value: signedReading(values.difference), low: signedReading(low), high: signedReading(high) };
  // A ratio that may be anything is 0 at least.
  const ofRatio = { low: Math.max(0, intervals.ratio.low), high: intervals.ratio.high };
  const isKnown = !Number.isNaN(values.difference);
  return {
    ...(isKnown && { difference }),
    ...(!Number.isNaN(values.ratio) && {
      ratio: { value: reading(values.ratio), low: reading(ofRatio.low), high: reading(ofRatio.high) },
    }),
    ...(isKnown ? { conclusion: conclusionOf(low, high) } : { conclusion: 'not-supported', why: NEITHER }),
    repetitions,
  };
}

/** Two infinite values have no difference. */
const NEITHER: NoInterval = { kind: 'neither-reached' };

function conclusionOf(low: number, high: number): Conclusion {
  if (high < 0) return 'less';
  return low > 0 ? 'more' : 'no-difference';
}

/** NaN where it means nothing. */
function ratio(a: number, b: number): number {
  return a < 0 || b < 0 ? Number.NaN : b / a;
}

/** Of the repetitions that both sides have something to say in. */
function bothTelling(a: Samples, b: Samples): [Sample[], Sample[]] {
  if (a.length !== b.length) {
    throw new RangeError(`paired sides have the same repetitions; these have ${a.length} and ${b.length}`);
  }
  const ofA: Sample[] = [];
  const ofB: Sample[] = [];
  a.forEach((sample, r) => {
    const other = b[r];
    if (!isTelling(sample) || !isTelling(other)) return;
    ofA.push(sample);
    ofB.push(other);
  });
  return [ofA, ofB];
}
