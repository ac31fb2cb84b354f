// A cell's figures by their metric's id.
import type { Cell, Place, Reading, RunResult } from '../src/bench/result.ts';
import { own } from './own.ts';

/** Undefined where it is not available, null where it is not reached. */
export function figureOf(cell: Pick<Cell, 'figures'>, metric: string): Reading | undefined {
  return own(cell.figures ?? {}, metric)?.value;
}

/** A count: 0 where nothing was measured. */
export function countOf(cell: Pick<Cell, 'figures'>, metric: string): number {
  return figureOf(cell, metric) ?? 0;
}

/** Whether any of the cells has something to show there: what is 0 in all of them needs no column. */
export function isWorthShowing(cells: readonly Pick<Cell, 'figures'>[], metric: string): boolean {
  return cells.some((cell) => {
    const value = figureOf(cell, metric);
    return value !== undefined && value !== 0;
  });
}

/** Where a cell is, for a table: its link, and its place in the sweep. */
export function placeOf({ link, point }: Place, hasLinks: boolean): string {
  if (point === '') return link;
  return hasLinks ? `${link}, ${point}` : point;
}

/** What there is of each cell, in the cells' order, by their place; a cell of which there is nothing is left out. */
export function byPlace<Of>(cells: readonly Cell[], of: (cell: Cell) => Of | undefined): Map<string, Of[]> {
  const places = new Map<string, Of[]>();
  for (const cell of cells) {
    const own = of(cell);
    if (own !== undefined) places.set(placeOf(cell, true), [...(places.get(placeOf(cell, true)) ?? []), own]);
  }
  return places;
}

/** Over all cells. */
export function sentInAll(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + countOf(cell, 'sent'), 0);
}

/** As asked for, or more where a precision was wanted. */
export function repetitionsOf({ scenario, cells }: Pick<RunResult, 'scenario' | 'cells'>): number {
  return Math.max(scenario.repetitions, ...cells.map((cell) => cell.repetitions.length));
}
