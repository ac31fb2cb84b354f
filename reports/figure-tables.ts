// Figures as tables, for whatever draws them: those that most readers want first, and every one for each place.
import type { Cell, MetricText, RunResult } from '../src/bench/result.ts';
import { byPlace, isWorthShowing, placeOf } from './figure-of.ts';
import { reading, withInterval } from './numbers.ts';

export interface FigureTable {
  readonly title: string;
  readonly note?: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** How many columns at the left are words. */
  readonly words: number;
}

interface Section {
  readonly title: string;
  readonly note?: string;
  readonly metrics: readonly string[];
  /** Only of cells where this is there and not 0. */
  readonly worth?: string;
}

const SECTIONS: readonly Section[] = [
  { title: 'What arrived', metrics: ['sent', 'delivered', 'loss', 'replicated', 'reordered', 'damaged', 'refused'] },
  {
    title: 'When',
    metrics: ['delay-min', 'delay-p50', 'delay-p90', 'delay-p99', 'delay-max', 'goodput'],
  },
  {
    title: 'By which deadline',
    note: 'Of all messages sent, the share that was there in time. The whole curve of each cell is in run.json (curves).',
    metrics: ['in-time-20ms', 'in-time-50ms', 'in-time-100ms', 'in-time-200ms', 'in-time-500ms'],
  },
  { title: 'Round trips', metrics: ['round-trip-p50', 'round-trip-p99'], worth: 'round-trip-p50' },
  {
    title: 'Head-of-line blocking',
    note: 'A message is blocked while its bytes are all at the receiving host, and bytes before it are not.',
    metrics: ['blocked', 'blocked-mean', 'blocked-p99', 'blocked-longest', 'release-largest'],
    worth: 'blocked',
  },
  {
    title: 'In what order',
    metrics: ['reordered', 'reordering-extent-p95', 'reordering-extent-longest', 'n-reordering-3'],
    worth: 'reordered',
  },
  {
    title: 'How it was lost',
    metrics: ['loss', 'loss-period-mean', 'loss-period-longest', 'burst-share'],
    worth: 'loss',
  },
];

/** Figures whose interval stands with them everywhere, because they are what one repeats; beside all shares. */
const WITH_INTERVAL = ['delay-p50', 'delay-p99', 'round-trip-p50', 'round-trip-p99', 'blocked-mean'];

/** Without those in which there is nothing to show. */
export function figureTables(result: RunResult): FigureTable[] {
  return SECTIONS.flatMap((section) => sectionTable(section, result) ?? []);
}

function sectionTable(
  { title, note, metrics, worth }: Section,
  { cells, metrics: texts }: RunResult,
): FigureTable | undefined {
  const own = cells.filter((cell) => cell.figures !== undefined && (!worth || isWorthShowing([cell], worth)));
  const known = metrics.filter((id) => own.some(({ figures }) => figures?.[id] !== undefined));
  if (known.length === 0) return undefined;
  const head = ['link', 'over', ...known.map((id) => headingOf(id, texts[id]))];
  const rows = own.map((cell) => [
    placeOf(cell, true),
    cell.transport,
    ...known.map((id) => figure(cell, id, texts[id]?.unit ?? '')),
  ]);
  return { title, ...(note !== undefined && { note }), head, rows, words: 2 };
}

function headingOf(id: string, text: MetricText | undefined): string {
  const { title, unit } = text ?? { title: id, unit: '' };
  return ['share', 'ratio', 'bit/s', 'messages', 'copies', ''].includes(unit) ? title : `${title}, ${unit}`;
}

function figure(cell: Cell, id: string, unit: string): string {
  const value = cell.figures?.[id];
  return unit === 'share' || WITH_INTERVAL.includes(id) ? withInterval(value, unit) : reading(value?.value, unit);
}

/** Every figure of every cell, with its interval: a table for each place, with a line for what any contestant has there. */
export function everyFigure(result: RunResult): FigureTable[] {
  const places = byPlace(result.cells, (cell) => (cell.figures === undefined ? undefined : cell));
  return [...places].map(([title, cells]) => placeTable(title, cells, result));
}

function placeTable(title: string, cells: readonly Cell[], { metrics }: RunResult): FigureTable {
  const rows = Object.entries(metrics)
    .filter(([id]) => cells.some(({ figures }) => figures?.[id] !== undefined))
    .map(([id, text]) => [headingOf(id, text), ...cells.map(({ figures }) => withInterval(figures?.[id], text.unit))]);
  return { title, head: ['figure', ...cells.map(({ transport }) => transport)], rows, words: 1 };
}

/** What differs between the contestants besides the transport; undefined where nothing is known. */
export function fairnessTable({ fairness, scenario }: RunResult): Omit<FigureTable, 'title' | 'note'> | undefined {
  if (fairness.length === 0) return undefined;
  const names = scenario.contestants.map(({ name }) => name);
  const rows = fairness.map(({ what, values }) => [what, ...names.map((name) => values[name] ?? '')]);
  return { head: ['', ...names], rows, words: 1 + names.length };
}
