// Figures as tables of Markdown: those that most readers want first, and every one at the end, with what it means.
import type { Cell, RunResult } from '../src/bench/result.ts';
import { placeOf } from './figure-of.ts';
import { table } from './markdown-table.ts';
import { reading, withInterval } from './numbers.ts';

interface Section {
  readonly title: string;
  readonly note?: string;
  readonly metrics: readonly string[];
  /** Shown only where one of these is there and not 0. */
  readonly worth?: readonly string[];
}

const SECTIONS: readonly Section[] = [
  { title: 'What arrived', metrics: ['sent', 'delivered', 'loss', 'duplication', 'reordered', 'damaged', 'refused'] },
  {
    title: 'When',
    metrics: [
      'delay-min',
      'delay-p50',
      'delay-p90',
      'delay-p99',
      'delay-max',
      'goodput',
      'set-up-p50',
      'timer-error-p99',
    ],
  },
  {
    title: 'In what order',
    metrics: ['reordered', 'reordering-extent-p95', 'reordering-extent-longest', 'n-reordering-3'],
    worth: ['reordered'],
  },
  {
    title: 'How it was lost',
    metrics: ['loss', 'loss-period-mean', 'loss-period-longest', 'burst-share'],
    worth: ['loss'],
  },
  {
    title: 'Head-of-line blocking',
    note: 'A message is blocked while its bytes are all at the receiving host, and bytes before it are not.',
    metrics: ['blocked', 'blocked-mean', 'blocked-p99', 'blocked-longest', 'release-largest'],
    worth: ['blocked'],
  },
  { title: 'Round trips', metrics: ['round-trip-p50', 'round-trip-p99'], worth: ['round-trip-p50'] },
];

export function figureTables(result: RunResult): string[] {
  return SECTIONS.map((section) => sectionTable(section, result));
}

function sectionTable({ title, note, metrics, worth }: Section, { cells, metrics: texts }: RunResult): string {
  const known = metrics.filter((id) => texts[id] !== undefined);
  const isWorth =
    worth === undefined || worth.some((id) => cells.some(({ figures }) => (figures?.[id]?.value ?? 0) !== 0));
  if (known.length === 0 || !isWorth) return '';
  const head = ['link', 'transport', ...known.map((id) => heading(texts[id]!))];
  const rows = cells.map((cell) => [
    placeOf(cell, true),
    cell.transport,
    ...known.map((id) => figure(cell, id, texts[id]!.unit)),
  ]);
  return [`## ${title}`, ...(note === undefined ? [] : [note]), table(head, rows)].join('\n\n');
}

function heading({ title, unit }: { title: string; unit: string }): string {
  return ['share', 'bit/s', 'messages', 'copies'].includes(unit) ? title : `${title}, ${unit}`;
}

function figure(cell: Cell, id: string, unit: string): string {
  const value = cell.figures?.[id];
  return unit === 'share' ? withInterval(value, unit) : reading(value?.value, unit);
}

/** Every figure of every cell, with its interval; then what each of them is. */
export function everyFigure({ cells, metrics }: RunResult): string {
  const measured = cells.filter(({ figures }) => figures !== undefined);
  if (measured.length === 0) return '';
  const head = ['figure', 'unit', ...measured.map((cell) => `${placeOf(cell, true)}, ${cell.transport}`)];
  const rows = Object.entries(metrics).map(([id, { title, unit }]) => [
    title,
    unit,
    ...measured.map(({ figures }) => withInterval(figures?.[id], unit)),
  ]);
  const definitions = Object.values(metrics).map(
    ({ title, formula, source, reading: how }) => `- **${title}**: ${formula} (${source}). ${how}`,
  );
  return ['## Every figure', table(head, rows), '## What they are', definitions.join('\n')].join('\n\n');
}
