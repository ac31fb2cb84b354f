// How precise an estimate is, and how many more repetitions would make it as precise as is wanted.
import { leastRepetitions } from './bootstrap.ts';
import type { Estimate, SignedReading } from './estimate.ts';

/** Half the width of the interval over the value; undefined where there is no interval, or one that has no relative width. */
export function relativeHalfWidth({ value, low, high }: Estimate<SignedReading>): number | undefined {
  if (low === undefined || high === undefined) return undefined;
  // Of a value that every draw agrees on, such as no loss at all or a percentile never reached, more would say no more.
  if (low === high) return 0;
  if (typeof value !== 'number' || typeof low !== 'number' || typeof high !== 'number' || value === 0) return undefined;
  return (high - low) / 2 / Math.abs(value);
}

/** @param wanted the largest relative half width that will do: 0.05 for ± 5 % */
export function isPrecise(estimate: Estimate<SignedReading>, wanted: number): boolean {
  const width = relativeHalfWidth(estimate);
  return width !== undefined && width <= wanted;
}

/**
 * A guess: a width falls with the square root of the number of repetitions. Where there is no interval yet, as many as make
 * one; where its width is not known, `most`.
 * @param repetitions made until now
 * @param most that may be answered
 */
export function furtherRepetitions(
  estimate: Estimate<SignedReading>,
  repetitions: number,
  wanted: number,
  most: number,
): number {
  if (isPrecise(estimate, wanted)) return 0;
  const missing = leastRepetitions() - repetitions;
  if (missing > 0) return Math.min(missing, most);
  const width = relativeHalfWidth(estimate);
  if (width === undefined) return most;
  return Math.min(most, Math.max(1, Math.ceil(repetitions * ((width / wanted) ** 2 - 1))));
}
