// What changed from one run to the next, as rows and sentences that any report can set.
import type { CellChange, ChangedFigure, Incomparable, MetricText } from '../../src/bench/result.ts';
import { HEADLINES } from '../comparison-words.ts';
import type { Speech } from '../language/speech.ts';
import { own } from '../own.ts';
import { sentence } from '../plain-text.ts';
import { noIntervalWords } from '../reason-words.ts';
import type { ToldChanges } from './told-changes.ts';

export interface ChangeRow {
  readonly cell: CellChange;
  readonly metric: string;
  readonly text: MetricText;
  readonly figure: ChangedFigure;
}

/** The figures that carry a comparison, or all of them. */
export function rowsOf({ cells, metrics }: ToldChanges, which: 'headlines' | 'all'): ChangeRow[] {
  const ids = which === 'all' ? Object.keys(metrics) : HEADLINES;
  return cells.flatMap((cell) =>
    ids.flatMap((metric) => {
      const [figure, text] = [own(cell.figures, metric), own(metrics, metric)];
      return figure === undefined || text === undefined ? [] : [{ cell, metric, text, figure }];
    }),
  );
}

export function isChange({ figure }: ChangeRow): boolean {
  return figure.conclusion === 'less' || figure.conclusion === 'more';
}

/** "+31.9 ms (20.1 to 44.0), +36 %: worse" */
export function changeWords(row: ChangeRow, say: Speech): string {
  const verdict = judgement(row, say);
  return `${differenceWords(row, say)}${relativeWords(row, say)}${verdict === '' ? '' : `: ${verdict}`}`;
}

/** "+31.9 ms (20.1 to 44.0)" */
export function differenceWords({ figure: { difference }, text }: ChangeRow, say: Speech): string {
  if (difference === undefined) return '–';
  const isPlus = typeof difference.value === 'number' && difference.value > 0;
  return `${isPlus ? '+' : ''}${say.difference(difference, text.unit)}`;
}

/** Of shares none: a share of a share would be mistaken for one of points. */
function relativeWords({ figure: { relative }, text }: ChangeRow, say: Speech): string {
  if (typeof relative !== 'number' || relative === 0 || text.unit === 'share') return '';
  return `, ${relative > 0 ? '+' : '−'}${say.percent(Math.abs(relative))}`;
}

/** Better or worse, where the interval tells of a change and the figure has a good side. */
export function judgement({ figure: { conclusion }, text: { better } }: ChangeRow, { changes }: Speech): string {
  if (better === undefined || (conclusion !== 'less' && conclusion !== 'more')) return '';
  return better === conclusion ? changes.better : changes.worse;
}

/** What did not change, and what can't be told. */
export function restWords(rows: readonly ChangeRow[], say: Speech): string[] {
  const alike = rows.filter(({ figure }) => figure.conclusion === 'no-difference');
  const open = new Map<string, Set<string>>();
  for (const { figure, text } of rows) {
    if (figure.conclusion !== 'not-supported' || figure.why?.kind === 'neither-reached') continue;
    const why = noIntervalWords(figure.why, say);
    open.set(why, (open.get(why) ?? new Set()).add(text.title));
  }
  const titles = [...new Set(alike.map(({ text }) => text.title))].join('; ');
  return [
    ...(alike.length === 0 ? [] : [say.changes.unchanged(say.plural(alike.length, 'figure'), titles)]),
    ...[...open].map(([why, own]) => sentence(say.changes.notEnough([...own].join('; '), why))),
  ];
}

/** Cells with the same reason share a line. */
export function incomparableWords({ incomparable, say }: ToldChanges): string[] {
  const reasons = new Map<string, string[]>();
  for (const cell of incomparable) {
    const why = whyNot(cell, say);
    reasons.set(why, [...(reasons.get(why) ?? []), say.cell(cell)]);
  }
  return [...reasons].map(([why, cells]) => `${cells.join(', ')}: ${sentence(why)}`);
}

export function whyNot(cell: Incomparable, { changes }: Speech): string {
  if ('side' in cell) return changes.why[cell.kind](changes.sides[cell.side]);
  return changes.why[cell.kind](cell.before, cell.after);
}

export function settingName(what: string, { changes }: Speech): string {
  const [, contestant] = /^contestant (.*)$/.exec(what) ?? [];
  return contestant === undefined ? (own(changes.settings, what) ?? what) : changes.contestant(contestant);
}
