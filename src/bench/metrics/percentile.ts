// Percentiles over all that was sent (RFC 7679, section 5.1, with RFC 2330, section 11.3): what never came is
// infinitely late and counts.

/**
 * The smallest delay x such that at least the share `p` of all `count` messages has a delay of x or less: nearest rank, no
 * interpolation.
 * @param sortedDelays of the messages that came, ascending, any unit
 * @returns in the same unit; null where it is not reached because more than 1 − p of all were lost
 */
export function percentileOfSent(sortedDelays: Float64Array, count: number, p: number): number | null {
  // The product of a decimal fraction and a whole number may lie a hair above the whole number that is meant.
  const rank = Math.max(1, Math.ceil(p * count - 1e-9));
  return sortedDelays[rank - 1] ?? null;
}
