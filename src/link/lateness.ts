// How much later than due things were done: the emulator's own error, reported beside what it emulated.

export interface Lateness {
  count: number;
  maxNs: number;
  /** Bucket k counts what was less than 2^k µs late, and not less than 2^(k-1) µs; the last one counts the rest. */
  buckets: number[];
}

const BUCKETS = 24;
const LONGEST_US = 2 ** 31;

export function noLateness(): Lateness {
  return { count: 0, maxNs: 0, buckets: new Array<number>(BUCKETS).fill(0) };
}

export function recordLateness(lateness: Lateness, lateNs: number): void {
  // As many buckets as the whole microseconds have bits.
  const bucket = 32 - Math.clz32(Math.min(Math.max(lateNs / 1e3, 0), LONGEST_US));
  lateness.buckets[Math.min(bucket, BUCKETS - 1)]! += 1;
  lateness.count += 1;
  if (lateNs > lateness.maxNs) lateness.maxNs = lateNs;
}

/** An upper bound of the quantile, at most twice its value or 1 µs; undefined if nothing was recorded. */
export function latenessQuantileNs({ count, maxNs, buckets }: Lateness, quantile: number): number | undefined {
  let seen = 0;
  for (const [bucket, late] of buckets.entries()) {
    seen += late;
    // The last bucket has no bound but the largest.
    if (late > 0 && seen >= quantile * count)
      return bucket === BUCKETS - 1 ? maxNs : Math.min(maxNs, 2 ** bucket * 1e3);
  }
  return undefined;
}
