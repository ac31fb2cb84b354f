// The figures of one cell from what its repetitions have to say of them.
import { METRICS, type MetricId } from '../metrics/catalogue.ts';
import { DEADLINES_MS, deadlineCurve } from '../metrics/deadline.ts';
import { reorderBufferDensity, reorderDensity } from '../metrics/reorder-density.ts';
import type { Observation } from '../record/observation.ts';
import type { Curve, Figure, Figures, Reading } from '../result.ts';
import { estimate } from '../statistics/bootstrap.ts';
import { isTelling, pooled } from '../statistics/estimate.ts';
import type { Sample } from '../statistics/sample.ts';
import { proportion } from '../statistics/wilson.ts';

export const METRIC_IDS = Object.keys(METRICS) as MetricId[];

/** What one repetition says of every figure. */
export type Samples = Readonly<Record<MetricId, Sample | undefined>>;

export function samplesOf(observation: Observation): Samples {
  return Object.fromEntries(METRIC_IDS.map((id) => [id, METRICS[id].sample(observation)])) as Samples;
}

/** Of one repetition: no intervals. */
export function readingsOf(samples: Samples): Record<string, Reading> {
  const readings: Record<string, Reading> = {};
  for (const id of METRIC_IDS) {
    const value = readingOf([samples[id]]);
    if (value !== undefined) readings[id] = value;
  }
  return readings;
}

/** @param seed of the bootstrap; without it there are no intervals yet, because the run is still under way */
export function figuresOf(
  repetitions: readonly Samples[],
  seed: number | undefined,
  ids: readonly MetricId[] = METRIC_IDS,
): Figures {
  const figures: Record<string, Figure> = {};
  for (const id of ids) {
    const samples = repetitions.map((samples) => samples[id]);
    const figure = seed === undefined ? unfinished(samples) : figureOf(id, samples, seed);
    if (figure !== undefined) figures[id] = figure;
  }
  return figures;
}

function unfinished(samples: readonly (Sample | undefined)[]): Figure | undefined {
  const value = readingOf(samples);
  return value === undefined ? undefined : { value, noInterval: 'the run has not come to its end' };
}

function figureOf(id: MetricId, samples: readonly (Sample | undefined)[], seed: number): Figure | undefined {
  const metric: { readonly interval?: string } = METRICS[id];
  return metric.interval === 'wilson' ? proportionOf(samples) : estimate(samples, { seed });
}

function proportionOf(samples: readonly (Sample | undefined)[]): Figure | undefined {
  let [hits, count] = [0, 0];
  for (const sample of samples) {
    if (sample?.kind !== 'ratio') continue;
    hits += sample.part;
    count += sample.whole;
  }
  if (count === 0) return undefined;
  const { ratio, low, high } = proportion(hits, count);
  return { value: ratio, low, high };
}

function readingOf(samples: readonly (Sample | undefined)[]): Reading | undefined {
  const value = pooled(samples.filter(isTelling));
  if (value === undefined) return undefined;
  return value === Number.POSITIVE_INFINITY ? null : value;
}

const DENSITY_LIMIT = 32;

/** What pictures are drawn from; the mean over repetitions, each counted alike. */
export function curvesOf(observations: readonly CurvePoints[]): Record<string, Curve> {
  return {
    deadlines: {
      title: 'share of all sent that came within x ms',
      ...meanOf(observations, ({ deadlines }) => deadlines, [...DEADLINES_MS]),
    },
    'reorder-density': {
      title: 'share displaced by x places (RFC 5236, RD)',
      ...meanOf(observations, (each) => each.displaced, range(-DENSITY_LIMIT, DENSITY_LIMIT)),
    },
    'reorder-buffer-density': {
      title: 'share of arrivals after which x messages are buffered (RFC 5236, RBD)',
      ...meanOf(observations, ({ buffered }) => buffered, range(0, DENSITY_LIMIT)),
    },
  };
}

/** Of one repetition: small, however many messages it had. */
export interface CurvePoints {
  readonly deadlines: Float64Array;
  readonly displaced: Float64Array;
  readonly buffered: Float64Array;
}

export function curvePointsOf(observation: Observation): CurvePoints {
  return {
    deadlines: deadlineCurve(observation),
    displaced: reorderDensity(observation.flows, DENSITY_LIMIT),
    buffered: reorderBufferDensity(observation.flows, DENSITY_LIMIT),
  };
}

function meanOf(
  observations: readonly CurvePoints[],
  pick: (points: CurvePoints) => Float64Array,
  x: readonly number[],
): Pick<Curve, 'x' | 'y'> {
  const columns = observations.map(pick);
  return { x, y: x.map((_, at) => columns.reduce((sum, column) => sum + column[at]!, 0) / columns.length) };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
