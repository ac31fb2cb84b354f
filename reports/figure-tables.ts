// Figures as tables, for whatever draws them: those that most readers want first, and every one for each place.
import type { Cell, MetricText } from '../src/bench/result.ts';
import { byPlace, isWorthShowing, placeOf } from './figure-of.ts';
import type { Speech } from './language/speech.ts';
import type { TableName } from './language/texts/figure-texts.ts';
import type { Told } from './language/told.ts';
import { own } from './own.ts';

export interface FigureTable {
  readonly title: string;
  readonly note?: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** How many columns at the left are words. */
  readonly words: number;
  /** What rows are sorted by, where it is not the text: the numbers behind it. */
  readonly keys?: readonly (readonly (number | undefined)[])[];
}

interface Section {
  readonly name: TableName;
  readonly metrics: readonly string[];
  /** Only of cells where this is there and not 0. */
  readonly worth?: string;
}

const SECTIONS: readonly Section[] = [
  { name: 'arrived', metrics: ['sent', 'delivered', 'loss', 'replicated', 'reordered', 'damaged', 'refused'] },
  {
    name: 'when',
    metrics: ['delay-min', 'delay-p50', 'delay-p90', 'delay-p99', 'delay-max', 'goodput'],
  },
  {
    name: 'deadline',
    metrics: ['in-time-20ms', 'in-time-50ms', 'in-time-100ms', 'in-time-200ms', 'in-time-500ms'],
  },
  { name: 'round-trips', metrics: ['round-trip-p50', 'round-trip-p99'], worth: 'round-trip-p50' },
  {
    name: 'blocking',
    metrics: ['blocked', 'blocked-mean', 'blocked-p99', 'blocked-longest', 'release-largest'],
    worth: 'blocked',
  },
  {
    name: 'order',
    metrics: ['reordered', 'reordering-extent-p95', 'reordering-extent-longest', 'n-reordering-3'],
    worth: 'reordered',
  },
  {
    name: 'losses',
    metrics: ['loss', 'loss-period-mean', 'loss-period-longest', 'burst-share'],
    worth: 'loss',
  },
];

/** Figures whose interval stands with them everywhere, because they are what one repeats; beside all shares. */
const WITH_INTERVAL = ['delay-p50', 'delay-p99', 'round-trip-p50', 'round-trip-p99', 'blocked-mean'];

/** Without those in which there is nothing to show. */
export function figureTables(result: Told): FigureTable[] {
  return SECTIONS.flatMap((section) => sectionTable(section, result) ?? []);
}

function sectionTable(
  { name, metrics, worth }: Section,
  { cells, metrics: texts, say }: Told,
): FigureTable | undefined {
  const own = cells.filter((cell) => cell.figures !== undefined && (!worth || isWorthShowing([cell], worth)));
  const known = metrics.filter((id) => own.some(({ figures }) => figures?.[id] !== undefined));
  if (known.length === 0) return undefined;
  const head = [say.figures.link, say.figures.over, ...known.map((id) => headingOf(id, texts[id], say))];
  const rows = own.map((cell) => [
    placeOf(cell, true),
    cell.transport,
    ...known.map((id) => figure(cell, id, texts[id]?.unit ?? '', say)),
  ]);
  const keys = own.map((cell) => [undefined, undefined, ...known.map((id) => keyOf(cell, id))]);
  return { ...say.figures.tables[name], head, rows, words: 2, keys };
}

/** What is not reached is more than all that is. */
function keyOf(cell: Cell, id: string): number | undefined {
  const value = cell.figures?.[id]?.value;
  return value === null ? Number.POSITIVE_INFINITY : value;
}

function headingOf(id: string, text: MetricText | undefined, say: Speech): string {
  const { title, unit } = text ?? { title: id, unit: '' };
  return ['share', 'ratio', 'bit/s', 'messages', 'copies', ''].includes(unit) ? title : `${title}, ${say.unit(unit)}`;
}

function figure(cell: Cell, id: string, unit: string, say: Speech): string {
  const value = cell.figures?.[id];
  return unit === 'share' || WITH_INTERVAL.includes(id)
    ? say.withInterval(value, unit)
    : say.reading(value?.value, unit);
}

/** Every figure of every cell, with its interval: a table for each place, with a line for what any contestant has there. */
export function everyFigure(result: Told): FigureTable[] {
  const places = byPlace(result.cells, (cell) => (cell.figures === undefined ? undefined : cell));
  return [...places].map(([title, cells]) => placeTable(title, cells, result));
}

function placeTable(title: string, cells: readonly Cell[], { metrics, say }: Told): FigureTable {
  const known = Object.entries(metrics).filter(([id]) =>
    cells.some(({ figures = {} }) => own(figures, id) !== undefined),
  );
  return {
    title,
    head: [say.figures.figure, ...cells.map(({ transport }) => transport)],
    rows: known.map(([id, text]) => [
      headingOf(id, text, say),
      ...cells.map(({ figures = {} }) => say.withInterval(own(figures, id), text.unit)),
    ]),
    words: 1,
    keys: known.map(([id]) => [undefined, ...cells.map((cell) => keyOf(cell, id))]),
  };
}
