// The figures on a terminal: a line for each cell, or, of a sweep, a line for each point.
import type { ChalkInstance } from 'chalk';
import type { Cell } from '../src/bench/result.ts';
import { figureOf, isWorthShowing, placeOf } from './figure-of.ts';
import type { Speech } from './language/speech.ts';
import type { Told } from './language/told.ts';
import { type Column, fits, type Row, tableLines } from './plain-text.ts';
import { WIDTH } from './screen.ts';
import { sweepTables } from './terminal-sweep.ts';

export function figures(result: Told, paint: ChalkInstance): string {
  const swept = result.scenario.points.length > 1 ? sweepTables(result, paint) : undefined;
  return swept ?? cellTable(result, paint);
}

/** What all cells sent, where all sent the same: it is said once then. */
export function sentByEach(cells: readonly Cell[]): number | undefined {
  const [first, ...others] = cells.flatMap((cell) => figureOf(cell, 'sent') ?? []);
  return others.length > 0 && others.every((sent) => sent === first) ? first : undefined;
}

interface FigureColumn {
  readonly metric: keyof Speech['terminal']['columns'];
  readonly unit: string;
  readonly narrow?: number;
  /** Shown whatever it is; the others only where a cell has something there. */
  readonly isAlways?: true;
}

const FIGURES: readonly FigureColumn[] = [
  { metric: 'sent', unit: 'messages' },
  { metric: 'loss', unit: 'share', isAlways: true },
  { metric: 'replicated', unit: 'share' },
  { metric: 'reordered', unit: 'share' },
  { metric: 'blocked', unit: 'share' },
  { metric: 'delay-p50', unit: 'ms', narrow: 9, isAlways: true },
  { metric: 'delay-p99', unit: 'ms', narrow: 9, isAlways: true },
  { metric: 'round-trip-p50', unit: 'ms', narrow: 9 },
  { metric: 'goodput', unit: 'bit/s' },
];

/** What goes first where a line has no room for all: each of them is in report.md. */
const DISPENSABLE = ['goodput', 'sent', 'replicated', 'blocked', 'round-trip-p50', 'reordered'];

function cellTable({ cells, scenario, say }: Told, paint: ChalkInstance): string {
  const hasLinks = scenario.links.length > 1 || scenario.points.length === 1;
  const isClosedLoop = scenario.points.some(({ workload }) => workload.isClosedLoop);
  const places: readonly Column[] = [
    { name: placeName(hasLinks, scenario.points.length > 1, say), align: 'left', narrow: 10 },
    { name: say.figures.over, align: 'left', narrow: 6 },
  ];
  let shown = FIGURES.filter(({ metric, isAlways }) => {
    if (metric === 'sent') return sentByEach(cells) === undefined;
    if (metric === 'goodput' && !isClosedLoop) return false;
    return isAlways || isWorthShowing(cells, metric);
  });
  const columns = () => [
    ...places,
    ...shown.map(({ metric, narrow }) => columnOf(say.terminal.columns[metric], narrow)),
  ];
  const rows = () => cells.map((cell) => figureRow(cell, placeOf(cell, hasLinks), shown, say));
  for (const metric of DISPENSABLE) {
    if (fits(columns(), rows(), WIDTH)) break;
    shown = shown.filter((figure) => figure.metric !== metric);
  }
  const [head, ...lines] = tableLines(columns(), rows(), WIDTH);
  const painted = lines.map((own, at) => (cells[at]!.figures === undefined ? own.map((line) => paint.dim(line)) : own));
  return [...head!.map((line) => paint.bold(line)), ...painted.flat()].join('\n');
}

function placeName(hasLinks: boolean, hasPoints: boolean, { figures: texts, terminal }: Speech): string {
  if (!hasPoints) return texts.link;
  return hasLinks ? terminal.linkAndPoint : terminal.point;
}

function columnOf(name: string, narrow: number | undefined): Column {
  return { name, align: 'right', ...(narrow !== undefined && { narrow }) };
}

function figureRow(cell: Cell, place: string, shown: readonly FigureColumn[], say: Speech): Row {
  const { transport, notAvailable } = cell;
  if (cell.figures === undefined) {
    return [place, transport, notAvailable === undefined ? say.terminal.nothingMeasured : say.terminal.unavailable];
  }
  return [place, transport, ...shown.map(({ metric, unit }) => say.reading(figureOf(cell, metric), unit))];
}
