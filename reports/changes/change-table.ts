// What changed as a table: of the figures that carry a comparison those that changed, or all of them.
import { placeOf } from '../figure-of.ts';
import type { FigureTable } from '../figure-tables.ts';
import { type ChangeRow, changeWords, isChange, rowsOf } from './change-words.ts';
import type { ToldChanges } from './told-changes.ts';

/** Undefined where it would be empty. */
export function changeTable(
  changes: ToldChanges,
  which: 'headlines' | 'all',
): Omit<FigureTable, 'title' | 'note'> | undefined {
  const { say } = changes;
  const all = rowsOf(changes, which);
  const shown = which === 'all' ? all : all.filter(isChange);
  if (shown.length === 0) return undefined;
  const { figures, changes: texts } = say;
  return {
    head: [figures.link, figures.over, figures.figure, texts.sides.before, texts.sides.after, texts.change],
    rows: shown.map((row) => [
      placeOf(row.cell, true),
      row.cell.transport,
      row.text.title,
      say.withUnitAndInterval(row.figure.before, row.text.unit),
      say.withUnitAndInterval(row.figure.after, row.text.unit),
      changeWords(row, say),
    ]),
    words: 3,
    keys: shown.map(keysOf),
  };
}

function keysOf({ figure: { before, after, relative } }: ChangeRow): (number | undefined)[] {
  const key = (value: number | null | undefined) => (value === null ? Number.POSITIVE_INFINITY : value);
  return [undefined, undefined, undefined, key(before.value), key(after.value), key(relative)];
}
