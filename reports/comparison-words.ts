// Two contestants over one link, in sentences: what an interval supports, and what pairs of messages show.
import type { ComparedFigure, Comparison, MetricText, SignedFigure } from '../src/bench/result.ts';
import { byHowMuch } from './by-how-much.ts';
import type { Speech } from './language/speech.ts';
import type { Told } from './language/told.ts';
import { own } from './own.ts';
import { sentence } from './plain-text.ts';
import { noIntervalWords } from './reason-words.ts';

/** The figures that carry a comparison, in the order of what matters. */
export const HEADLINES: readonly string[] = [
  'loss',
  'delay-p50',
  'delay-p99',
  'in-time-100ms',
  'round-trip-p50',
  'goodput',
  'blocked',
  'wire-bytes-per-byte',
];

export function comparisonWords(comparison: Comparison, { metrics, say }: Pick<Told, 'metrics' | 'say'>): string[] {
  const figures = HEADLINES.flatMap((id) => {
    const figure = own(comparison.figures, id);
    const metric = own(metrics, id);
    return figure === undefined || metric === undefined ? [] : [{ figure, metric }];
  });
  const alike = figures.filter(({ figure }) => figure.conclusion === 'no-difference').map(({ metric }) => metric.title);
  return [
    ...pairWords(comparison, say),
    ...figures.flatMap(({ figure, metric }) => differs(figure, metric, comparison, say)),
    ...(alike.length === 0 ? [] : [say.comparisons.noDifference(alike.join('; '))]),
    ...openWords(
      figures.map(({ figure, metric }) => ({ ...figure, title: metric.title })),
      say,
    ),
  ];
}

/** "loss: more over udp than over tcp, by 8.86 percentage points (5.71 to 12.7)." */
function differs(
  figure: ComparedFigure,
  { title, unit }: MetricText,
  { other, baseline }: Comparison,
  say: Speech,
): string[] {
  const { conclusion, difference: by } = figure;
  if (by === undefined || (conclusion !== 'less' && conclusion !== 'more')) return [];
  const start = say.comparisons[conclusion](title, other, baseline);
  if (typeof by.value !== 'number') {
    const [absent, present] = conclusion === 'more' ? [other, baseline] : [baseline, other];
    return [say.comparisons.notReached(start, absent, present)];
  }
  return [say.comparisons.by(start, say.difference(byHowMuch(by, conclusion), unit))];
}

/** What can't be told, a sentence for each reason. That neither side reached a figure is said by its table. */
function openWords(figures: readonly (ComparedFigure & { readonly title: string })[], say: Speech): string[] {
  const titles = new Map<string, string[]>();
  for (const { conclusion, why, title } of figures) {
    if (conclusion !== 'not-supported' || why?.kind === 'neither-reached') continue;
    const reason = noIntervalWords(why, say);
    titles.set(reason, [...(titles.get(reason) ?? []), title]);
  }
  return [...titles].map(([reason, own]) => sentence(say.comparisons.notEnough(own.join('; '), reason)));
}

function pairWords({ pairs, baseline, other }: Comparison, say: Speech): string[] {
  if (pairs === undefined) return [];
  const { figures } = pairs;
  const earlier = (name: string, side: string) =>
    isSome(figures[`${name}-earlier`])
      ? [
          say.comparisons.earlier(
            side,
            shareWords(figures[`${name}-earlier`], say),
            ahead(figures[`${name}-ahead-p50`], say),
          ),
        ]
      : [];
  const alone = (name: string, side: string) =>
    isSome(figures[`only-${name}`])
      ? [
          say.comparisons.alone(
            side,
            shareWords(figures[`only-${name}`], say),
            after(figures[`only-${name}-delay-p50`], say),
          ),
        ]
      : [];
  const sentences = [
    ...earlier('other', other),
    ...earlier('baseline', baseline),
    ...alone('baseline', baseline),
    ...alone('other', other),
  ];
  return sentences.map((text) => say.comparisons.messageForMessage(text));
}

function isSome(figure: SignedFigure | undefined): boolean {
  return typeof figure?.value === 'number' && figure.value > 0;
}

function shareWords(figure: SignedFigure | undefined, say: Speech): string {
  const { value, low, high } = figure ?? { value: 0 };
  // A share has no sign and is never infinite.
  if (typeof value !== 'number') return say.percent(undefined);
  return typeof low === 'number' && typeof high === 'number'
    ? say.withInterval({ value, low, high }, 'share')
    : say.percent(value);
}

function ahead(figure: SignedFigure | undefined, say: Speech): string {
  return typeof figure?.value === 'number'
    ? say.comparisons.aheadBy(say.milliseconds(figure.value))
    : say.comparisons.otherNeverCame;
}

function after(figure: SignedFigure | undefined, say: Speech): string {
  return typeof figure?.value === 'number' ? say.comparisons.after(say.milliseconds(figure.value)) : '';
}
