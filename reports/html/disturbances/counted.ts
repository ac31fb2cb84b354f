// What is counted in whole numbers: how far messages are out of place, and how many are lost in a row.
import * as Plot from '@observablehq/plot';
import type { Told } from '../../language/told.ts';
import { shareAxis, tick } from '../charts/axes.ts';
import type { Drawing } from '../charts/drawing.ts';
import { seriesClass, seriesColour } from '../charts/series.ts';
import { figuresTold, type Line } from './lines.ts';

/** Bars of whole numbers, from the first to the last that is there, side by side for each contestant. */
function bars(lines: readonly Line[], text: (line: Line, x: number, y: number) => string) {
  const all = lines.flatMap((line) =>
    line.curve.x.map((x, at) => ({ x, y: line.curve.y[at]!, line })).filter(({ y }) => y > 0),
  );
  const width = 0.8 / lines.length;
  const placed = all.map((bar) => {
    const left = bar.x - 0.4 + lines.indexOf(bar.line) * width;
    return { ...bar, x1: left, x2: left + width };
  });
  return {
    points: placed.map(({ x1, x2, x, y, line }) => ({
      x: (x1 + x2) / 2,
      y,
      text: `${line.cell.transport}: ${text(line, x, y)}`,
    })),
    marks: lines.map((line) =>
      Plot.rectY(
        placed.filter((bar) => bar.line === line),
        { x1: 'x1', x2: 'x2', y: 'y', fill: seriesColour(line.index), className: seriesClass(line.index) },
      ),
    ),
    range: [Math.min(...all.map(({ x }) => x)) - 0.6, Math.max(...all.map(({ x }) => x)) + 0.6],
  };
}

export function displacement(place: string, lines: readonly Line[], result: Told): Drawing {
  const { say } = result;
  const without = lines.map((line) => {
    // What is in its place would dwarf the rest.
    const y = line.curve.y.map((share, at) => (line.curve.x[at] === 0 ? 0 : share));
    return { ...line, curve: { ...line.curve, y } };
  });
  const { points, marks, range } = bars(without, (_, x, y) => say.pictures.displaced(say.percent(y), say.count(x)));
  return {
    title: place,
    isSmall: true,
    description: lines
      .map(({ cell }) => figuresTold(cell, ['reordered', 'displaced', 'reordering-extent-p95'], result))
      .join(' '),
    points,
    plot: {
      x: { label: say.pictures.placesAway, domain: range, tickFormat: (x: number) => tick(x, say) },
      y: { ...shareAxis(say), label: say.pictures.shareAxis },
      marks: [Plot.ruleY([0]), ...marks],
    },
  };
}

export function lossRuns(place: string, lines: readonly Line[], result: Told): Drawing {
  const { say } = result;
  const { points, marks, range } = bars(lines, (_, x, y) =>
    say.pictures.runs(say.reading(y, 'ratio'), say.plural(x, 'message')),
  );
  return {
    title: place,
    isSmall: true,
    description: lines
      .map(({ cell }) => figuresTold(cell, ['loss', 'loss-period-mean', 'loss-period-longest'], result))
      .join(' '),
    points,
    plot: {
      x: {
        label: say.pictures.runLength,
        domain: [0.4, range[1]!],
        ticks: Math.min(8, range[1]!),
        tickFormat: (x: number) => tick(x, say),
      },
      y: { grid: true, label: say.pictures.runsPerRepetition, tickFormat: (y: number) => tick(y, say) },
      marks: [Plot.ruleY([0]), ...marks],
    },
  };
}
