// Two contestants over one link, in sentences: what an interval supports, and what pairs of messages show.
import type { Comparison, MetricText, SignedReading } from '../src/bench/result.ts';
import { milliseconds, percent, reading, withInterval } from './numbers.ts';

/** The figures that carry a comparison, in the order of what matters. */
const HEADLINES = ['loss', 'delay-p50', 'delay-p99', 'in-time-100ms', 'blocked', 'wire-bytes-per-byte'];

export function comparisonWords(comparison: Comparison, metrics: Readonly<Record<string, MetricText>>): string[] {
  return [...pairWords(comparison), ...HEADLINES.flatMap((id) => figureWords(comparison, id, metrics))];
}

function figureWords(
  { figures, baseline, other }: Comparison,
  id: string,
  metrics: Readonly<Record<string, MetricText>>,
): string[] {
  const figure = figures[id];
  const metric = metrics[id];
  if (figure === undefined || metric === undefined) return [];
  const { difference, conclusion, why } = figure;
  switch (conclusion) {
    case 'no-difference':
      return [`${metric.title}: no difference between ${other} and ${baseline}.`];
    case 'not-supported':
      return why?.startsWith('neither') ? [] : [`${metric.title}: not enough to say (${why ?? 'no interval'}).`];
    case 'less':
    case 'more': {
      const unit = metric.unit === 'share' || metric.unit === 'bit/s' ? '' : ` ${metric.unit}`;
      const by = isInfinite(difference?.value) ? '' : ` by ${withInterval(difference, metric.unit)}${unit}`;
      return [`${metric.title}: ${conclusion} over ${other} than over ${baseline}${by}.`];
    }
  }
}

function isInfinite(value: SignedReading | undefined): boolean {
  return value === null || value === '-infinite';
}

function pairWords({ pairs, baseline, other }: Comparison): string[] {
  if (pairs === undefined) return [];
  const of = (name: string) => pairs.figures[name];
  const share = (name: string) => {
    const value = of(name)?.value;
    return typeof value === 'number' ? value : 0;
  };
  const earlier = (name: string, side: string) =>
    share(`${name}-earlier`) === 0
      ? []
      : [
          `${side} was earlier in ${withInterval(of(`${name}-earlier`), 'share')} of the message pairs, by ${ahead(of(`${name}-ahead-p50`)?.value)}`,
        ];
  const alone = (name: string, side: string) =>
    share(`only-${name}`) === 0
      ? []
      : [`${side} alone delivered ${percent(share(`only-${name}`))}, at ${delay(of(`only-${name}-delay-p50`)?.value)}`];
  const sentences = [
    ...earlier('other', other),
    ...earlier('baseline', baseline),
    ...alone('baseline', baseline),
    ...alone('other', other),
  ];
  return sentences.map((text) => `Message for message: ${text}.`);
}

function ahead(value: SignedReading | undefined): string {
  return value === null || value === undefined
    ? 'all the way: the other never came'
    : `${reading(value, 'ms')} ms in the median`;
}

function delay(value: SignedReading | undefined): string {
  return typeof value === 'number' ? `${milliseconds(value)} ms in the median` : 'no delay that can be told';
}
