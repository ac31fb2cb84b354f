// When messages came, a line for each cell: the share of all sent that came in each step of delay, on one axis for all.
import type { ChalkInstance } from 'chalk';
import stringWidth from 'string-width';
import type { Cell, Curve } from '../src/bench/result.ts';
import { countOf, figureOf } from './figure-of.ts';
import type { Told } from './language/told.ts';
import { oneLine, padded, wrap } from './plain-text.ts';
import { WIDTH } from './screen.ts';
import { sparkline } from './sparkline.ts';

/** More of them are no picture any more: a sweep's tables have their own. */
const MOST_CELLS = 24;
const FEWEST_STEPS = 16;
/** Of "✕ <0.001 %" with a space before it. */
const LOST_WIDTH = 11;

export function arrivals({ cells, say }: Told, paint: ChalkInstance): string {
  const known = cells.filter((cell) => cell.curves?.['deadlines'] !== undefined && countOf(cell, 'delivered') > 0);
  if (known.length === 0 || known.length > MOST_CELLS) return '';
  const range = rangeOf(known);
  if (range === undefined) return '';
  const names = known.map((cell) => oneLine(say.cell(cell)));
  const nameWidth = Math.max(...names.map((name) => stringWidth(name)));
  const steps = WIDTH - nameWidth - LOST_WIDTH - 2;
  if (steps < FEWEST_STEPS) return '';
  const lines = known.map((cell, at) => {
    const shares = sharesOf(cell, range, steps);
    const loss = figureOf(cell, 'loss') ?? 0;
    const lost = loss > 0 ? ` ✕ ${say.percent(loss)}` : '';
    return `${padded(names[at]!, nameWidth)}  ${padded(sparkline(shares, Math.max(...shares), ' '), steps)}${lost}`.trimEnd();
  });
  const [from, to] = [say.milliseconds(range.fromMs), say.milliseconds(range.toMs)];
  const head = wrap(say.terminal.arrivals(from, to), WIDTH).map((line) => paint.bold(line));
  return [...head, ...lines].join('\n');
}

interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

/** From the first message of all to the last one that came. */
function rangeOf(cells: readonly Cell[]): Range | undefined {
  const curves = cells.map((cell) => cell.curves!['deadlines']!);
  const from = Math.min(...curves.map(({ y }) => y.findIndex((share) => share > 0)));
  const to = Math.max(...curves.map(({ y }) => y.indexOf(y.at(-1)!)));
  const { x } = curves[0]!;
  return to > from ? { fromMs: x[Math.max(0, from - 1)]!, toMs: x[to]! } : undefined;
}

/** Less is what is left of the reckoning. */
const LEAST_SHARE = 1e-9;

/** Of all sent, what came in each of so many steps of equal ratio. */
function sharesOf(cell: Cell, { fromMs, toMs }: Range, steps: number): number[] {
  const curve = cell.curves!['deadlines']!;
  const edge = (step: number) => fromMs * (toMs / fromMs) ** (step / steps);
  const shares = Array.from({ length: steps }, (_, step) => within(curve, edge(step + 1)) - within(curve, edge(step)));
  return shares.map((share) => (share < LEAST_SHARE ? 0 : share));
}

/** The share that came within so many ms; between two points of the curve, as if evenly. */
function within({ x, y }: Curve, ms: number): number {
  const next = x.findIndex((limit) => limit > ms);
  if (next === -1) return y.at(-1)!;
  if (next === 0) return 0;
  const [before, behind] = [x[next - 1]!, x[next]!];
  return y[next - 1]! + (Math.log(ms / before) / Math.log(behind / before)) * (y[next]! - y[next - 1]!);
}
