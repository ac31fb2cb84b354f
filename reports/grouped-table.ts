// A table whose columns come in groups, each under a title of its own: one figure, and what it is for each contestant.
import stringWidth from 'string-width';
import { padded } from './plain-text.ts';

export interface Group {
  readonly title: string;
  readonly columns: readonly { readonly name: string; readonly cells: readonly string[] }[];
}

const BETWEEN_COLUMNS = 2;
const BETWEEN_GROUPS = 3;

export interface GroupedTable {
  readonly head: readonly string[];
  readonly lines: readonly string[];
}

/**
 * As many groups side by side as there is room for, and then the next table.
 * @param rows what the rows are called, under `corner`
 * @returns undefined where not even one group has room
 */
export function groupedTables(
  corner: string,
  rows: readonly string[],
  groups: readonly Group[],
  width: number,
): GroupedTable[] | undefined {
  const first = widest([corner, ...rows]);
  const tables: Group[][] = [];
  let room = 0;
  for (const group of groups) {
    const needed = BETWEEN_GROUPS + widthOf(group);
    if (first + needed > width) return undefined;
    if (needed > room) {
      tables.push([]);
      room = width - first;
    }
    tables.at(-1)!.push(group);
    room -= needed;
  }
  return tables.map((own) => tableOf(padded(corner, first), rows, own, first));
}

function tableOf(corner: string, rows: readonly string[], groups: readonly Group[], first: number): GroupedTable {
  const line = (start: string, texts: readonly string[]) =>
    [start, ...texts].join(' '.repeat(BETWEEN_GROUPS)).trimEnd();
  return {
    head: [
      line(
        ' '.repeat(first),
        groups.map((group) => padded(group.title, widthOf(group), 'right')),
      ),
      line(
        corner,
        groups.map((group) => partOf(group, ({ name }) => name)),
      ),
    ],
    lines: rows.map((name, at) =>
      line(
        padded(name, first),
        groups.map((group) => partOf(group, ({ cells }) => cells[at] ?? '')),
      ),
    ),
  };
}

/** A group's own part of a line. */
function partOf(group: Group, textOf: (column: Group['columns'][number]) => string): string {
  const texts = group.columns.map((column) => padded(textOf(column), widest([column.name, ...column.cells]), 'right'));
  return padded(texts.join(' '.repeat(BETWEEN_COLUMNS)), widthOf(group), 'right');
}

function widthOf({ title, columns }: Group): number {
  const own = columns.reduce((sum, { name, cells }) => sum + widest([name, ...cells]), 0);
  return Math.max(stringWidth(title), own + BETWEEN_COLUMNS * (columns.length - 1));
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => stringWidth(text)));
}
