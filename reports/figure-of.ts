// A cell's figures by their metric's id.
import type { Cell, Reading } from '../src/bench/result.ts';

/** Undefined where it is not available, null where it is not reached. */
export function figureOf(cell: Pick<Cell, 'figures'>, metric: string): Reading | undefined {
  return cell.figures?.[metric]?.value;
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

/** Where a cell is: its link, and its place in the sweep. */
export function placeOf({ link, point }: Pick<Cell, 'link' | 'point'>, hasLinks: boolean): string {
  if (point === '') return link;
  return hasLinks ? `${link}, ${point}` : point;
}
