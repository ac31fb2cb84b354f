// The difference of two figures that were measured independently, from the figures and their intervals alone: MOVER, the
// method of variance estimates recovery (G. Y. Zou, A. Donner, "Construction of confidence limits about effect measures",
// Statistics in Medicine 27, 2008). Of two proportions with Wilson's intervals it is Newcombe's method 10.
//
//     L = (b − a) − √((b − l_b)² + (u_a − a)²)        U = (b − a) + √((u_b − b)² + (a − l_a)²)
import type { ComparedFigure, Figure, NoInterval, Reading, SignedFigure } from '../result.ts';
import { signedReading } from './bootstrap.ts';

export interface IndependentDifference {
  /** B − A; absent where neither is reached. */
  readonly difference?: SignedFigure;
  readonly conclusion: ComparedFigure['conclusion'];
  readonly why?: NoInterval;
}

export function independentDifference(a: Figure, b: Figure): IndependentDifference {
  const [valueA, valueB] = [finite(a.value), finite(b.value)];
  const value = valueB - valueA;
  if (Number.isNaN(value)) return { conclusion: 'not-supported', why: { kind: 'neither-reached' } };
  const why = a.noInterval ?? b.noInterval;
  const [ofA, ofB] = [knownOf(a), knownOf(b)];
  if (ofA === undefined || ofB === undefined) {
    return {
      difference: { value: signedReading(value), ...(why && { noInterval: why }) },
      conclusion: 'not-supported',
      ...(why && { why }),
    };
  }
  const [low, high] = bounds(ofA, ofB);
  return {
    difference: { value: signedReading(value), low: signedReading(low), high: signedReading(high) },
    conclusion: low > 0 ? 'more' : high < 0 ? 'less' : 'no-difference',
  };
}

function knownOf({ value, low, high }: Figure): Known | undefined {
  if (low === undefined || high === undefined) return undefined;
  return { value: finite(value), low: finite(low), high: finite(high) };
}

interface Known {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Where a side is not reached there is no distance to recover: then from the nearest ends of both to the farthest. */
function bounds(a: Known, b: Known): readonly [number, number] {
  const value = b.value - a.value;
  if (!Number.isFinite(value)) return [least(b.low - a.high), most(b.high - a.low)];
  const below = Math.hypot(reach(b.value - b.low), reach(a.high - a.value));
  const above = Math.hypot(reach(b.high - b.value), reach(a.value - a.low));
  return [value - below, value + above];
}

/** A figure outside of its own interval has no reach on that side. */
function reach(distance: number): number {
  return Math.max(0, distance);
}

/** Between two infinite ends lies anything. */
function least(value: number): number {
  return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
}

function most(value: number): number {
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
}

function finite(reading: Reading): number {
  return reading ?? Number.POSITIVE_INFINITY;
}
