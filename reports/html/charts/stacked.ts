// Bars that add up, one above the other: each row is a whole, each part of it a filling.
import * as Plot from '@observablehq/plot';
import type { Html } from '../html.ts';
import { rowAxis } from './axes.ts';
import { figure } from './drawing.ts';
import { fillingLegend } from './fillings.ts';

export interface StackedPart {
  readonly row: string;
  readonly part: string;
  readonly value: number;
  /** For whoever points at it. */
  readonly text: string;
}

interface Stacked {
  readonly title: string;
  readonly description: string;
  readonly axis: Plot.ScaleOptions;
  readonly parts: readonly StackedPart[];
  readonly fills: ReadonlyMap<string, string>;
  /** A line across all rows. */
  readonly rule?: number;
}

const WIDTH = 760;
const ROW_HEIGHT = 26;
const MOST_MARGIN = 240;

export function stackedBars({ title, description, axis, parts, fills, rule }: Stacked): Html {
  const rows = [...new Set(parts.map(({ row }) => row))];
  const legend = fillingLegend([...fills].map(([name, fill]) => ({ name, fill })));
  return figure(
    {
      title,
      description,
      isUntitled: true,
      points: middles(parts),
      plot: {
        width: WIDTH,
        height: rows.length * ROW_HEIGHT + 64,
        ...rowAxis(rows, MOST_MARGIN),
        x: axis,
        marks: [
          Plot.barX(parts as StackedPart[], {
            y: 'row',
            x: 'value',
            order: [...fills.keys()],
            z: 'part',
            fill: ({ part }: StackedPart) => fills.get(part)!,
            stroke: 'var(--paper)',
            strokeWidth: 0.6,
            insetTop: 1,
            insetBottom: 1,
          }),
          ...(rule === undefined ? [] : [Plot.ruleX([rule], { stroke: 'var(--ink)', strokeDasharray: '4 3' })]),
        ],
        color: { type: 'identity' },
      },
    },
    legend,
  );
}

function middles(parts: readonly StackedPart[]) {
  const sums = new Map<string, number>();
  return parts.map(({ row, value, text }) => {
    const start = sums.get(row) ?? 0;
    sums.set(row, start + value);
    return { x: start + value / 2, y: row, text };
  });
}
