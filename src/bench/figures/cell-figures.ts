// The figures of one cell from what its repetitions have to say of them.
import { METRICS, type MetricId } from '../metrics/catalogue.ts';
import type { Observation } from '../record/observation.ts';
import type { Figure, Figures, Reading } from '../result.ts';
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
  return value === undefined ? undefined : { value, noInterval: { kind: 'under-way' } };
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
