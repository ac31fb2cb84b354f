// Chance that comes out the same on every run (mulberry32, by Tommy Ettinger, public domain).

/** Numbers from 0 up to, and never reaching, 1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function seededBytes(seed: number, sizeBytes: number): Uint8Array {
  const roll = seeded(seed);
  return Uint8Array.from({ length: sizeBytes }, () => Math.floor(roll() * 256));
}
