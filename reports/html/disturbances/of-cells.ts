// One drawing for all cells: copies, and how long it took to join.
import * as Plot from '@observablehq/plot';
import type { Cell } from '../../../src/bench/result.ts';
import { figureOf } from '../../figure-of.ts';
import type { Told } from '../../language/told.ts';
import { delayAxis, rowAxis, shareAxis } from '../charts/axes.ts';
import { figure } from '../charts/drawing.ts';
import { seriesClass, seriesColour, seriesSymbol } from '../charts/series.ts';
import { type Html, NOTHING } from '../html.ts';

/** One picture of all cells in which copies came. */
export function duplicates({ cells, scenario, metrics, say }: Told): Html[] {
  const some = cells.filter((cell) => (figureOf(cell, 'replicated') ?? 0) > 0);
  if (some.length === 0) return [];
  const names = scenario.contestants.map(({ name }) => name);
  const rows = some.map((cell) => {
    const { value, low, high } = cell.figures!['replicated']!;
    return { row: say.cell(cell), value, low: low ?? value, high: high ?? value, index: names.indexOf(cell.transport) };
  });
  const text = (cell: Cell) => say.withInterval(cell.figures!['replicated'], 'share');
  return [
    figure(
      {
        title: metrics['replicated']?.title ?? 'replicated',
        isSmall: true,
        isUntitled: true,
        description: some.map((cell) => `${say.cell(cell)}: ${text(cell)}.`).join(' '),
        points: some.map((cell, at) => ({
          x: rows[at]!.value!,
          y: rows[at]!.row,
          text: `${say.cell(cell)}: ${text(cell)}`,
        })),
        plot: {
          height: rows.length * 30 + 60,
          marginLeft: 150,
          x: { ...shareAxis(say), label: null, zero: true },
          y: { domain: rows.map(({ row }) => row), label: null, tickSize: 0 },
          marks: rows.flatMap((row) => [
            Plot.ruleY([row], {
              y: 'row',
              x1: 'low',
              x2: 'high',
              stroke: seriesColour(row.index),
              strokeWidth: 2,
              className: seriesClass(row.index),
            }),
            Plot.dot([row], {
              x: 'value',
              y: 'row',
              fill: seriesColour(row.index),
              symbol: seriesSymbol(row.index),
              r: 4,
              className: seriesClass(row.index),
            }),
          ]),
        },
      },
      NOTHING,
    ),
  ];
}

/** As many as can be told apart; of more, every so-many-th in order of their length. */
const MOST_DOTS = 160;

export function setUps({ cells, scenario, say }: Told): Html[] {
  const names = scenario.contestants.map(({ name }) => name);
  const rows = cells.flatMap((cell) => {
    const all = cell.repetitions.flatMap(({ outcome }) => (outcome.kind === 'measured' ? outcome.setUpsMs : []));
    const sorted = [...all].sort((a, b) => a - b);
    return sorted.length === 0 ? [] : [{ row: say.cell(cell), sorted, index: names.indexOf(cell.transport) }];
  });
  if (rows.length === 0) return [];
  const middle = (sorted: readonly number[]) => sorted[Math.ceil(sorted.length / 2) - 1]!;
  const words = ({ row, sorted }: (typeof rows)[number]) =>
    say.pictures.setUpTold(
      row,
      say.milliseconds(sorted[0]),
      say.milliseconds(middle(sorted)),
      say.milliseconds(sorted.at(-1)),
    );
  const all = rows.flatMap(({ sorted }) => [sorted[0]!, sorted.at(-1)!]);
  return [
    figure(
      {
        title: say.pictures.setUp,
        isUntitled: true,
        description: rows.map(words).join(' '),
        points: rows.map((row) => ({ x: middle(row.sorted), y: row.row, text: words(row) })),
        plot: {
          height: rows.length * 24 + 60,
          ...rowAxis(
            rows.map(({ row }) => row),
            240,
          ),
          x: { ...delayAxis(say, [Math.min(...all) / 1.1, Math.max(...all) * 1.1]), label: say.pictures.setUpAxis },
          marks: rows.flatMap(({ row, sorted, index }) => [
            Plot.tickX(fewOf(sorted), {
              x: (ms: number) => ms,
              y: () => row,
              stroke: seriesColour(index),
              strokeOpacity: 0.35,
              insetTop: 5,
              insetBottom: 5,
              className: seriesClass(index),
            }),
            Plot.tickX([middle(sorted)], {
              x: (ms: number) => ms,
              y: () => row,
              stroke: seriesColour(index),
              strokeWidth: 3,
              className: seriesClass(index),
            }),
          ]),
        },
      },
      NOTHING,
    ),
  ];
}

function fewOf(sorted: readonly number[]): number[] {
  if (sorted.length <= MOST_DOTS) return [...sorted];
  return Array.from(
    { length: MOST_DOTS },
    (_, at) => sorted[Math.round((at * (sorted.length - 1)) / (MOST_DOTS - 1))]!,
  );
}
