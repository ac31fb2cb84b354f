// Two contestants side by side on a terminal, a line for each link and point; report.md has the intervals.
import type { ChalkInstance } from 'chalk';
import type { ComparedFigure, Comparison } from '../src/bench/result.ts';
import { placeOf } from './figure-of.ts';
import type { Speech } from './language/speech.ts';
import type { Told } from './language/told.ts';
import { type Column, sentence, tableLines, wrap } from './plain-text.ts';
import { noIntervalWords } from './reason-words.ts';
import { WIDTH } from './screen.ts';

/** By their headings; a difference of shares is one of percentage points. */
const COMPARED = ['loss', 'delay-p50', 'delay-p99'] as const;

/** One table for each contestant that others are set against. */
export function comparisons({ comparisons: all, metrics, scenario, say }: Told, paint: ChalkInstance): string {
  const compared = COMPARED.filter((id) => all.some(({ figures }) => figures[id] !== undefined));
  if (compared.length === 0) return '';
  const byBaseline = new Map<string, Comparison[]>();
  for (const each of all) byBaseline.set(each.baseline, [...(byBaseline.get(each.baseline) ?? []), each]);
  const hasLinks = scenario.links.length > 1 || scenario.points.length === 1;
  const columns = compared.map((id): Column => ({ name: say.comparisons.columns[id], align: 'right', narrow: 10 }));
  const tables = [...byBaseline].map(([baseline, own]) => {
    const [head, ...lines] = tableLines(
      [...placeColumns(baseline, say), ...columns],
      own.map((comparison) => [
        placeOf(comparison, hasLinks),
        comparison.other,
        pairShare(comparison, 'other-earlier', say),
        pairShare(comparison, 'only-baseline', say),
        ...compared.map((id) => differenceWords(comparison.figures[id], metrics[id]?.unit ?? '', say)),
      ]),
      WIDTH,
    );
    return [...head!.map((line) => paint.bold(line)), ...lines.flat()].join('\n');
  });
  const legend = legendWords(
    all.flatMap(({ figures }) => compared.map((id) => figures[id])),
    say,
  );
  return [...tables, ...legend.flatMap((line) => wrap(line, WIDTH)).map((line) => paint.dim(line))].join('\n');
}

function placeColumns(baseline: string, { comparisons: texts, figures }: Speech): Column[] {
  return [
    { name: texts.againstColumn(baseline), align: 'left', narrow: 11 },
    { name: figures.over, align: 'left', narrow: 9 },
    { name: texts.columns.earlier, align: 'right' },
    { name: texts.aloneColumn(baseline), align: 'right', narrow: 9 },
  ];
}

function pairShare({ pairs }: Comparison, name: string, say: Speech): string {
  const value = pairs?.figures[name]?.value;
  return typeof value === 'number' ? say.percent(value) : '–';
}

function differenceWords(figure: ComparedFigure | undefined, unit: string, say: Speech): string {
  if (figure === undefined || isUnreached(figure)) return '–';
  switch (figure.conclusion) {
    case 'no-difference':
      return '=';
    case 'not-supported':
      return '?';
    case 'less':
    case 'more':
      return figure.difference === undefined ? '?' : say.shortDifference(figure.difference.value, unit);
  }
}

/** Neither side came so far: there is nothing to compare, however long one measures. */
function isUnreached({ conclusion, why }: ComparedFigure): boolean {
  return conclusion === 'not-supported' && why?.kind === 'neither-reached';
}

/** Only of the signs that were used. */
function legendWords(figures: readonly (ComparedFigure | undefined)[], say: Speech): string[] {
  const { comparisons: texts } = say;
  const known = figures.filter((figure) => figure !== undefined);
  const open = known.find((figure) => figure.conclusion === 'not-supported' && !isUnreached(figure));
  const isOneSided = ({ difference }: ComparedFigure) =>
    difference?.value === null || difference?.value === '-infinite';
  const signs = [
    ...(known.some(({ conclusion }) => conclusion === 'no-difference') ? [texts.equals] : []),
    ...(known.some(isOneSided) ? [texts.infinite] : []),
    ...(open === undefined ? [] : [texts.open(noIntervalWords(open.why, say))]),
  ];
  return [sentence([texts.legend, ...signs].join('; '))];
}
