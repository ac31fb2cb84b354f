// A drawing for every place in which there is something to see of a curve: a line for each contestant that has it.
import type { Cell, Curve } from '../../../src/bench/result.ts';
import { byPlace, figureOf } from '../../figure-of.ts';
import type { Told } from '../../language/told.ts';
import { type Drawing, figure } from '../charts/drawing.ts';
import { legend } from '../charts/series.ts';
import type { Html } from '../html.ts';

export interface Line {
  readonly cell: Cell;
  readonly index: number;
  readonly curve: Curve;
}

export interface Drawable {
  readonly curve: string;
  /** The figure without which there is nothing to see. */
  readonly worth: string;
  readonly draw: (place: string, lines: readonly Line[], result: Told) => Drawing;
}

export function drawn(result: Told, { curve: name, worth, draw }: Drawable): Html[] {
  const { cells, scenario } = result;
  const names = scenario.contestants.map((contestant) => contestant.name);
  const places = byPlace(cells, (cell) => {
    const curve = cell.curves?.[name];
    const isWorth = (figureOf(cell, worth) ?? 0) !== 0;
    return curve !== undefined && isWorth ? { cell, index: names.indexOf(cell.transport), curve } : undefined;
  });
  return [...places].map(([place, lines]) => figure(draw(place, lines, result), legendOf(lines, names)));
}

/** Of those that are there. */
function legendOf(lines: readonly { readonly index: number }[], names: readonly string[]): Html {
  const own = new Set(lines.map(({ index }) => index));
  return own.size === names.length || own.size > 1 ? legend(names) : legend(names.slice(0, Math.max(...own) + 1));
}

/** "udp: loss 9.73 %, loss period mean 1.20 messages." */
export function figuresTold(cell: Cell, ids: readonly string[], { metrics, say }: Told): string {
  const figures = ids.flatMap((id) => {
    const [value, metric] = [figureOf(cell, id), metrics[id]];
    return value === undefined || metric === undefined ? [] : [`${metric.title} ${say.withUnit(value, metric.unit)}`];
  });
  return `${cell.transport}: ${figures.join(', ')}.`;
}
