// Duplication (RFC 5560): copies beyond the first.

/** @param arrivals the message of each whole copy, in any order */
export function extraCopies(arrivals: Uint32Array): number {
  return arrivals.length - new Set(arrivals).size;
}
