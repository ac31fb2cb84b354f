// How much is above each delay: of changes from one message to the next, and of waits behind a gap.
import * as Plot from '@observablehq/plot';
import type { Told } from '../../language/told.ts';
import { delayAxis, shareAxis } from '../charts/axes.ts';
import type { Drawing } from '../charts/drawing.ts';
import { seriesClass, seriesColour, seriesDash } from '../charts/series.ts';
import { figuresTold, type Line } from './lines.ts';

/** How much is above each delay: from the last that all exceed to the first that none does. */
function exceedance(
  place: string,
  lines: readonly Line[],
  axis: string,
  metrics: readonly string[],
  result: Told,
): Drawing {
  const { say } = result;
  const shown = lines.map((line) => {
    const { x, y } = line.curve;
    const most = y[0]!;
    const first = Math.max(0, y.findIndex((share) => share < most) - 1);
    const last = y.indexOf(0);
    const end = last === -1 ? x.length : last + 1;
    return { ...line, steps: x.slice(first, end).map((ms, at) => ({ ms, share: y[first + at]! })) };
  });
  const limits = shown.flatMap(({ steps }) => steps.map(({ ms }) => ms));
  return {
    title: place,
    isSmall: true,
    description: lines.map(({ cell }) => figuresTold(cell, metrics, result)).join(' '),
    points: shown.flatMap(({ cell, steps }) =>
      steps.map(({ ms, share }) => ({
        x: ms,
        y: share,
        text: `${cell.transport}: ${say.pictures.moreThan(say.percent(share), say.milliseconds(ms))}`,
      })),
    ),
    plot: {
      x: { ...delayAxis(say, [Math.min(...limits), Math.max(...limits)]), label: axis },
      y: { ...shareAxis(say), label: say.pictures.shareAxis, zero: true },
      marks: [
        Plot.ruleY([0]),
        ...shown.map(({ index, steps }) =>
          Plot.line(steps, {
            x: 'ms',
            y: 'share',
            stroke: seriesColour(index),
            strokeDasharray: seriesDash(index),
            strokeWidth: 2.2,
            className: seriesClass(index),
          }),
        ),
      ],
    },
  };
}

export function variation(place: string, lines: readonly Line[], result: Told): Drawing {
  return exceedance(place, lines, result.say.pictures.neighboursAxis, ['ipdv-p50', 'ipdv-p99', 'jitter'], result);
}

export function blocking(place: string, lines: readonly Line[], result: Told): Drawing {
  return exceedance(place, lines, result.say.pictures.waitAxis, ['blocked', 'blocked-p99', 'blocked-longest'], result);
}
