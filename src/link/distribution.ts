// The shapes of jitter as quantile functions: a uniform number in, a deviation in units of the jitter out.
// Mean 0 and, as in netem's tables, nothing beyond 4. The unit is the standard deviation; for `uniform`, the bound.

export const DISTRIBUTIONS = ['uniform', 'normal', 'pareto'] as const;

export type Distribution = (typeof DISTRIBUTIONS)[number];

export const DEVIATIONS: Readonly<Record<Distribution, (u: number) => number>> = {
  uniform: (u) => 2 * u - 1,
  normal: (u) => (u < 0.5 ? -upperNormal(u) : upperNormal(1 - u)),
  pareto: (u) => Math.min(LIMIT, ((1 - u) ** (-1 / 3) - PARETO_MEAN) / PARETO_DEVIATION),
};

const LIMIT = 4;

// Of a Pareto variable of shape 3 and scale 1, cut where it lies 4 of its own deviations above its own mean (3.727).
const PARETO_MEAN = 1.46401;
const PARETO_DEVIATION = 0.56574;

// Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.23: the error is below 4.5e-4.
function upperNormal(tail: number): number {
  const t = Math.sqrt(-2 * Math.log(tail));
  const numerator = 2.515517 + t * (0.802853 + t * 0.010328);
  const denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  return tail > 0 ? Math.min(LIMIT, t - numerator / denominator) : LIMIT;
}
