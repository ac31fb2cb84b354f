// What one repetition says of one figure, in a form that repetitions can be put together in, and drawn again with weights:
// a repetition counts as often as it was drawn, and no message is ever drawn by itself, since messages of one repetition are
// not independent.

/**
 * - `ratio`: a share or a mean, Σ part / Σ whole over repetitions
 * - `quantile`: the smallest x with (values ≤ x) / count ≥ p; what never came is in `count` and not in `sorted`
 * - `largest`, `smallest`: the extreme of all; the bootstrap knows no interval of an extreme
 * - `total`: the sum of all; grows with the number of repetitions, so it has no interval either
 */
export type Sample =
  | { readonly kind: 'ratio'; readonly part: number; readonly whole: number }
  | { readonly kind: 'quantile'; readonly sorted: Float64Array; readonly count: number; readonly p: number }
  | { readonly kind: 'largest' | 'smallest' | 'total'; readonly value: number };
