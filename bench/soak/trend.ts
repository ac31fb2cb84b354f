// Whether something grows: a straight line through a series, by least squares, and how well its slope is known.
import { linearRegression, mean, sum } from 'simple-statistics';

export interface Point {
  readonly atSeconds: number;
  readonly value: number;
}

export interface Trend {
  /** In units of the values. */
  readonly mean: number;
  readonly slopePerHour: number;
  /** Wider than that of independent points where what is left over resembles what was left over before it. */
  readonly standardErrorPerHour: number;
}

/** Two points make a line, and the third says how well. */
const FEWEST_POINTS = 3;

/** Undefined where there are too few points to tell. */
export function trendOf(points: readonly Point[]): Trend | undefined {
  if (points.length < FEWEST_POINTS) return undefined;
  const hours = points.map(({ atSeconds }) => atSeconds / 3600);
  const values = points.map(({ value }) => value);
  const { m: slope, b: start } = linearRegression(hours.map((hour, at) => [hour, values[at]!]));
  const residuals = values.map((value, at) => value - (start + slope * hours[at]!));
  const meanHour = mean(hours);
  const spread = sum(hours.map((hour) => (hour - meanHour) ** 2));
  const variance = sum(residuals.map((residual) => residual ** 2)) / (points.length - 2);
  return {
    mean: mean(values),
    slopePerHour: slope,
    standardErrorPerHour: Math.sqrt(variance / spread) * widening(residuals),
  };
}

/**
 * Points that resemble their neighbours tell less than as many independent ones: (1 + r) / (1 - r) times fewer, where r is the
 * correlation of each with the next (an autoregressive process of the first order).
 */
function widening(residuals: readonly number[]): number {
  const products = residuals.slice(1).map((residual, at) => residual * residuals[at]!);
  const squares = sum(residuals.map((residual) => residual ** 2));
  const correlation = squares === 0 ? 0 : Math.min(HIGHEST_CORRELATION, Math.max(0, sum(products) / squares));
  return Math.sqrt((1 + correlation) / (1 - correlation));
}

const HIGHEST_CORRELATION = 0.99;

export type Verdict = 'steady' | 'grows' | 'not known';

/** Whether the slope is under a limit, in percent of the mean per hour; not known where two standard errors leave both open. */
export function judge({ mean: level, slopePerHour, standardErrorPerHour }: Trend, limitPercent: number): Verdict {
  const percent = (100 * slopePerHour) / level;
  const error = (100 * standardErrorPerHour) / level;
  if (percent + 2 * error < limitPercent) return 'steady';
  return percent - 2 * error > limitPercent ? 'grows' : 'not known';
}
