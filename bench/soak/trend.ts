// Whether something grows: a straight line through a series, by least squares, and how well its slope is known.
import { mean, sum } from 'simple-statistics';

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

/**
 * Undefined where there are too few points to tell, or where `beside` does nothing but grow with time.
 *
 * @param beside what the values may go up and down with, at each point: the slope is that at the same `beside` (a regression on both, by
 *   the theorem of Frisch, Waugh and Lovell)
 */
export function trendOf(points: readonly Point[], beside?: readonly number[]): Trend | undefined {
  // A level and a slope fit as many points, and one more says how well.
  const freedom = points.length - (beside === undefined ? 2 : 3);
  if (freedom < 1) return undefined;
  const values = points.map(({ value }) => value);
  const other = beside ?? values.map(() => 0);
  const hours = leftOf(
    points.map(({ atSeconds }) => atSeconds / 3600),
    other,
  );
  const left = leftOf(values, other);
  const spread = sumOfSquares(hours);
  if (spread < LEAST_SPREAD) return undefined;
  const slope = sumOfProducts(hours, left) / spread;
  const residuals = left.map((value, at) => value - slope * hours[at]!);
  return {
    mean: mean(values),
    slopePerHour: slope,
    standardErrorPerHour: Math.sqrt(sumOfSquares(residuals) / freedom / spread) * widening(residuals),
  };
}

/** In square hours: less is what rounding leaves of none. */
const LEAST_SPREAD = 1e-9;

/** What a straight line over the other series leaves of one, by least squares; the mean goes with it. */
function leftOf(series: readonly number[], other: readonly number[]): number[] {
  const [values, steps] = [series, other].map(centred) as [number[], number[]];
  const spread = sumOfSquares(steps);
  const slope = spread === 0 ? 0 : sumOfProducts(values, steps) / spread;
  return values.map((value, at) => value - slope * steps[at]!);
}

function centred(series: readonly number[]): number[] {
  const level = mean([...series]);
  return series.map((value) => value - level);
}

function sumOfProducts(one: readonly number[], other: readonly number[]): number {
  return sum(one.map((value, at) => value * other[at]!));
}

function sumOfSquares(series: readonly number[]): number {
  return sumOfProducts(series, series);
}

/**
 * Points that resemble their neighbours tell less than as many independent ones: (1 + r) / (1 - r) times fewer, where r is the
 * correlation of each with the next (an autoregressive process of the first order).
 */
function widening(residuals: readonly number[]): number {
  const squares = sumOfSquares(residuals);
  const products = sumOfProducts(residuals.slice(1), residuals);
  const correlation = squares === 0 ? 0 : Math.min(HIGHEST_CORRELATION, Math.max(0, products / squares));
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
