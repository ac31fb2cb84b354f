// How precise an estimate is.
import type { SignedReading } from '../result.ts';
import type { Estimate } from './estimate.ts';

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
