// What changed from one run to the next, for a terminal of 80 columns.
import type { ChalkInstance } from 'chalk';
import { placeOf } from '../figure-of.ts';
import { type Column, tableLines, wrap } from '../plain-text.ts';
import { WIDTH } from '../screen.ts';
import {
  type ChangeRow,
  differenceWords,
  incomparableWords,
  isChange,
  judgement,
  restWords,
  rowsOf,
  settingName,
} from './change-words.ts';
import type { ToldChanges } from './told-changes.ts';

export function terminalChanges(changes: ToldChanges, paint: ChalkInstance): string {
  return [heading(changes, paint), changed(changes, paint), incomparable(changes, paint), differences(changes, paint)]
    .filter((part) => part !== '')
    .join('\n\n');
}

function heading({ before, after, say }: ToldChanges, paint: ChalkInstance): string {
  const width = Math.max(say.changes.sides.before.length, say.changes.sides.after.length);
  const side = (name: string, { folder, title, startedAt }: ToldChanges['before']) =>
    wrap(`${folder}: ${title}, ${startedAt}`, WIDTH - width - 2).map(
      (line, at) => `${paint.dim((at === 0 ? name : '').padEnd(width))}  ${line}`,
    );
  return [
    paint.bold(say.changes.title),
    ...side(say.changes.sides.before, before),
    ...side(say.changes.sides.after, after),
  ].join('\n');
}

function changed(changes: ToldChanges, paint: ChalkInstance): string {
  const { cells, say } = changes;
  if (cells.length === 0) return wrap(say.changes.nothingToCompare, WIDTH).join('\n');
  const rows = rowsOf(changes, 'headlines');
  const some = rows.filter(isChange);
  const rest = [...restWords(rows, say), say.changes.changedHow].flatMap((line) => wrap(line, WIDTH));
  return [
    ...(some.length === 0 ? [say.changes.nothingChanged] : table(some, changes, paint)),
    ...rest.map((line) => paint.dim(line)),
  ].join('\n');
}

function table(rows: readonly ChangeRow[], { say }: ToldChanges, paint: ChalkInstance): string[] {
  const { figures, changes } = say;
  const columns: Column[] = [
    { name: figures.link, align: 'left', narrow: 8 },
    { name: figures.over, align: 'left', narrow: 5 },
    { name: figures.figure, align: 'left', narrow: 12 },
    { name: changes.sides.before, align: 'right', narrow: 8 },
    { name: changes.sides.after, align: 'right', narrow: 8 },
    { name: changes.change, align: 'left', narrow: 18 },
    { name: '', align: 'left' },
  ];
  const [head, ...lines] = tableLines(
    columns,
    rows.map((row) => [
      placeOf(row.cell, true),
      row.cell.transport,
      row.text.title,
      say.withUnit(row.figure.before.value, row.text.unit),
      say.withUnit(row.figure.after.value, row.text.unit),
      differenceWords(row, say),
      judgement(row, say),
    ]),
    WIDTH,
  );
  return [
    ...head!.map((line) => paint.bold(line)),
    ...lines.flatMap((own, at) => own.map((line) => colourOf(rows[at]!, paint)(line))),
  ];
}

function colourOf({ figure, text }: ChangeRow, paint: ChalkInstance): ChalkInstance {
  if (text.better === undefined) return paint;
  return text.better === figure.conclusion ? paint.green : paint.red;
}

function incomparable(changes: ToldChanges, paint: ChalkInstance): string {
  const lines = incomparableWords(changes);
  if (lines.length === 0) return '';
  return [paint.bold(changes.say.changes.incomparable), ...lines.flatMap((line) => wrap(line, WIDTH))].join('\n');
}

function differences({ differences: all, say }: ToldChanges, paint: ChalkInstance): string {
  if (all.length === 0) return '';
  const { changes } = say;
  const columns: Column[] = [
    { name: changes.setting, align: 'left', narrow: 14 },
    { name: changes.sides.before, align: 'left', narrow: 16 },
    { name: changes.sides.after, align: 'left', narrow: 16 },
  ];
  const rows = all.map(({ what, before, after }) => [settingName(what, say), before || '–', after || '–']);
  const [head, ...lines] = tableLines(columns, rows, WIDTH);
  return [paint.bold(changes.differences), ...head!.map((line) => paint.dim(line)), ...lines.flat()].join('\n');
}
