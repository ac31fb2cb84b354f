// Two contestants over one link, in sentences: what an interval supports, and what pairs of messages show.
import type { ComparedFigure, Comparison, MetricText, SignedFigure, SignedReading } from '../src/bench/result.ts';
import { difference, milliseconds, percent, withInterval } from './numbers.ts';
import { sentence } from './plain-text.ts';

type Metrics = Readonly<Record<string, MetricText>>;

/** The figures that carry a comparison, in the order of what matters. */
const HEADLINES = [
  'loss',
  'delay-p50',
  'delay-p99',
  'in-time-100ms',
  'round-trip-p50',
  'goodput',
  'blocked',
  'wire-bytes-per-byte',
];

export function comparisonWords(comparison: Comparison, metrics: Metrics): string[] {
  const figures = HEADLINES.flatMap((id) => {
    const figure = comparison.figures[id];
    const metric = metrics[id];
    return figure === undefined || metric === undefined ? [] : [{ figure, metric }];
  });
  const alike = figures.filter(({ figure }) => figure.conclusion === 'no-difference').map(({ metric }) => metric.title);
  return [
    ...pairWords(comparison),
    ...figures.flatMap(({ figure, metric }) => differs(figure, metric, comparison)),
    ...(alike.length === 0 ? [] : [`No difference: ${alike.join('; ')}.`]),
    ...openWords(figures.map(({ figure, metric }) => ({ ...figure, title: metric.title }))),
  ];
}

/** "loss: more over udp, by 8.86 percentage points (5.71 to 12.7)." */
function differs(figure: ComparedFigure, { title, unit }: MetricText, { other, baseline }: Comparison): string[] {
  const { conclusion, difference: by } = figure;
  if (by === undefined || (conclusion !== 'less' && conclusion !== 'more')) return [];
  const start = `${title}: ${conclusion} over ${other} than over ${baseline}`;
  if (typeof by.value !== 'number') {
    const [absent, present] = conclusion === 'more' ? [other, baseline] : [baseline, other];
    return [`${start}: ${absent} did not reach it, ${present} did.`];
  }
  return [`${start}, by ${difference(conclusion === 'less' ? turned(by) : by, unit)}.`];
}

/** By how much less: without a minus in front of every number. */
function turned({ value, low, high }: SignedFigure): SignedFigure {
  return {
    value: opposite(value),
    ...(low === undefined || high === undefined ? {} : { low: opposite(high), high: opposite(low) }),
  };
}

function opposite(value: SignedReading): SignedReading {
  if (value === null) return '-infinite';
  return value === '-infinite' ? null : -value;
}

/** What can't be told, a sentence for each reason. That neither side reached a figure is said by its table. */
function openWords(figures: readonly (ComparedFigure & { readonly title: string })[]): string[] {
  const titles = new Map<string, string[]>();
  for (const { conclusion, why = 'no interval', title } of figures) {
    if (conclusion !== 'not-supported' || why.startsWith('neither')) continue;
    titles.set(why, [...(titles.get(why) ?? []), title]);
  }
  return [...titles].map(([why, own]) => sentence(`Not enough to say: ${own.join('; ')} (${why})`));
}

function pairWords({ pairs, baseline, other }: Comparison): string[] {
  if (pairs === undefined) return [];
  const { figures } = pairs;
  const earlier = (name: string, side: string) =>
    isSome(figures[`${name}-earlier`])
      ? [
          `${side} came earlier for ${shareWords(figures[`${name}-earlier`])} of the messages, ${ahead(figures[`${name}-ahead-p50`])}`,
        ]
      : [];
  const alone = (name: string, side: string) =>
    isSome(figures[`only-${name}`])
      ? [`${side} alone delivered ${shareWords(figures[`only-${name}`])}${after(figures[`only-${name}-delay-p50`])}`]
      : [];
  const sentences = [
    ...earlier('other', other),
    ...earlier('baseline', baseline),
    ...alone('baseline', baseline),
    ...alone('other', other),
  ];
  return sentences.map((text) => `Message for message: ${text}.`);
}

function isSome(figure: SignedFigure | undefined): boolean {
  return typeof figure?.value === 'number' && figure.value > 0;
}

function shareWords(figure: SignedFigure | undefined): string {
  const { value, low, high } = figure ?? { value: 0 };
  // A share has no sign and is never infinite.
  if (typeof value !== 'number') return percent(undefined);
  return typeof low === 'number' && typeof high === 'number'
    ? withInterval({ value, low, high }, 'share')
    : percent(value);
}

function ahead(figure: SignedFigure | undefined): string {
  return typeof figure?.value === 'number'
    ? `by ${milliseconds(figure.value)} ms in the median`
    : 'mostly because the other never came';
}

function after(figure: SignedFigure | undefined): string {
  return typeof figure?.value === 'number' ? `, after ${milliseconds(figure.value)} ms in the median` : '';
}
