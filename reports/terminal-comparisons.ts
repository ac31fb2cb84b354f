// Two contestants side by side on a terminal, a line for each link and point; report.md has the intervals.
import type { ChalkInstance } from 'chalk';
import type { ComparedFigure, Comparison, RunResult } from '../src/bench/result.ts';
import { placeOf } from './figure-of.ts';
import { percent, shortDifference } from './numbers.ts';
import { type Column, sentence, tableLines, wrap } from './plain-text.ts';
import { WIDTH } from './screen.ts';

/** By their headings; a difference of shares is one of percentage points. */
const COMPARED = { loss: 'lost, points', 'delay-p50': 'p50 ms', 'delay-p99': 'p99 ms' };

/** One table for each contestant that others are set against. */
export function comparisons({ comparisons: all, metrics, scenario }: RunResult, paint: ChalkInstance): string {
  const compared = Object.entries(COMPARED).filter(([id]) => all.some(({ figures }) => figures[id] !== undefined));
  if (compared.length === 0) return '';
  const byBaseline = new Map<string, Comparison[]>();
  for (const each of all) byBaseline.set(each.baseline, [...(byBaseline.get(each.baseline) ?? []), each]);
  const hasLinks = scenario.links.length > 1 || scenario.points.length === 1;
  const columns = compared.map(([, name]): Column => ({ name, align: 'right', narrow: 10 }));
  const tables = [...byBaseline].map(([baseline, own]) => {
    const [head, ...lines] = tableLines(
      [...placeColumns(baseline), ...columns],
      own.map((comparison) => [
        placeOf(comparison, hasLinks),
        comparison.other,
        pairShare(comparison, 'other-earlier'),
        pairShare(comparison, 'only-baseline'),
        ...compared.map(([id]) => differenceWords(comparison.figures[id], metrics[id]?.unit ?? '')),
      ]),
      WIDTH,
    );
    return [...head!.map((line) => paint.bold(line)), ...lines.flat()].join('\n');
  });
  const legend = legendWords(all.flatMap(({ figures }) => compared.map(([id]) => figures[id])));
  return [...tables, ...legend.flatMap((line) => wrap(line, WIDTH)).map((line) => paint.dim(line))].join('\n');
}

function placeColumns(baseline: string): Column[] {
  return [
    { name: `against ${baseline}`, align: 'left', narrow: 11 },
    { name: 'over', align: 'left', narrow: 9 },
    { name: 'earlier', align: 'right' },
    { name: `${baseline} alone`, align: 'right', narrow: 9 },
  ];
}

function pairShare({ pairs }: Comparison, name: string): string {
  const value = pairs?.figures[name]?.value;
  return typeof value === 'number' ? percent(value) : '–';
}

function differenceWords(figure: ComparedFigure | undefined, unit: string): string {
  if (figure === undefined || isUnreached(figure)) return '–';
  switch (figure.conclusion) {
    case 'no-difference':
      return '=';
    case 'not-supported':
      return '?';
    case 'less':
    case 'more':
      return figure.difference === undefined ? '?' : shortDifference(figure.difference.value, unit);
  }
}

/** Neither side came so far: there is nothing to compare, however long one measures. */
function isUnreached({ conclusion, why }: ComparedFigure): boolean {
  return conclusion === 'not-supported' && why !== undefined && why.startsWith('neither');
}

/** Only of the signs that were used. */
function legendWords(figures: readonly (ComparedFigure | undefined)[]): string[] {
  const known = figures.filter((figure) => figure !== undefined);
  const open = known.find((figure) => figure.conclusion === 'not-supported' && !isUnreached(figure));
  const isOneSided = ({ difference }: ComparedFigure) =>
    difference?.value === null || difference?.value === '-infinite';
  const signs = [
    ...(known.some(({ conclusion }) => conclusion === 'no-difference')
      ? ['=: no difference (its 95 % interval contains 0)']
      : []),
    ...(known.some(isOneSided) ? ['∞: one of them did not reach it'] : []),
    ...(open === undefined ? [] : [`?: not enough to say (${open.why ?? 'no interval'})`]),
  ];
  return [sentence(['Message by message, then by how much the figures differ', ...signs].join('; '))];
}
