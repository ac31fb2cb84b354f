// The machine's monotonic clock as nanoseconds in a number: the same time line in every process of one machine,
// so that an instant taken in one process can be subtracted from an instant taken in another.
import { performance } from 'node:perf_hooks';

/** Nanoseconds since an arbitrary origin shared by all processes of this machine. Exact to 1 ns for 104 days of uptime. */
export function monotonicNs(): number {
  return originNs + performance.now() * 1e6;
}

/** Enough for an interruption to spoil some and not all. */
const COMPARISONS = 100;

// hrtime and performance.now read the same clock; performance.now alone costs no BigInt.
const originNs = sharedOriginNs();

/**
 * Where this process's performance.now began. No two clocks can be read at once, and one reading between two others only
 * bounds it; what all of them allow is some ten nanoseconds wide.
 */
function sharedOriginNs(): number {
  let earliest = Number.NEGATIVE_INFINITY;
  let latest = Number.POSITIVE_INFINITY;
  for (let count = 0; count < COMPARISONS; count++) {
    const before = Number(process.hrtime.bigint());
    const elapsedNs = performance.now() * 1e6;
    const after = Number(process.hrtime.bigint());
    earliest = Math.max(earliest, before - elapsedNs);
    latest = Math.min(latest, after - elapsedNs);
  }
  return (earliest + latest) / 2;
}
