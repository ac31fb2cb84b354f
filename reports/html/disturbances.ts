// How messages were disturbed: order, copies, losses in a row, change of delay, waiting in line, set-up. Each is shown only
// where there is something of it.
import * as Plot from '@observablehq/plot';
import type { Cell, Curve } from '../../src/bench/result.ts';
import { byPlace, figureOf } from '../figure-of.ts';
import type { Told } from '../language/told.ts';
import { delayAxis, shareAxis, tick } from './charts/axes.ts';
import { type Drawing, figure } from './charts/drawing.ts';
import { legend, seriesClass, seriesColour, seriesDash, seriesSymbol } from './charts/series.ts';
import { type Html, html, NOTHING } from './html.ts';
import { inPlaces } from './places.ts';

export function disturbanceSection(result: Told): Html {
  const { say } = result;
  const kinds = KINDS.map(({ id, draw }) => ({ id, figures: draw(result) })).filter(
    ({ figures }) => figures.length > 0,
  );
  if (kinds.length === 0) return NOTHING;
  return html`<section id="disturbances">
<h2>${say.pictures.patterns}</h2>
<p>${say.pictures.patternsHow}</p>
${kinds.map(({ id, figures }) => html`<h3 id="${id}">${say.pictures[TITLES[id]]}</h3>${inPlaces(figures, say, id === 'set-up' ? 'large' : 'small')}`)}
</section>`;
}

type Kind = keyof typeof TITLES;

const TITLES = {
  order: 'order',
  duplicates: 'duplicates',
  'loss-runs': 'lossRuns',
  variation: 'variation',
  blocking: 'blocking',
  'set-up': 'setUp',
} as const;

const KINDS: readonly { readonly id: Kind; readonly draw: (result: Told) => Html[] }[] = [
  {
    id: 'order',
    draw: (result) => drawn(result, { curve: 'reorder-density', worth: 'reordered', draw: displacement }),
  },
  { id: 'duplicates', draw: duplicates },
  { id: 'loss-runs', draw: (result) => drawn(result, { curve: 'loss-runs', worth: 'loss', draw: lossRuns }) },
  {
    id: 'variation',
    draw: (result) => drawn(result, { curve: 'delay-variation', worth: 'ipdv-p99', draw: variation }),
  },
  { id: 'blocking', draw: (result) => drawn(result, { curve: 'blocking', worth: 'blocked', draw: blocking }) },
  { id: 'set-up', draw: setUps },
];

interface Line {
  readonly cell: Cell;
  readonly index: number;
  readonly curve: Curve;
}

interface Drawable {
  readonly curve: string;
  /** The figure without which there is nothing to see. */
  readonly worth: string;
  readonly draw: (place: string, lines: readonly Line[], result: Told) => Drawing;
}

function drawn(result: Told, { curve: name, worth, draw }: Drawable): Html[] {
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

/** Bars of whole numbers, from the first to the last that is there, side by side for each contestant. */
function bars(lines: readonly Line[], text: (line: Line, x: number, y: number) => string) {
  const all = lines.flatMap((line) =>
    line.curve.x.map((x, at) => ({ x, y: line.curve.y[at]!, line, text: '' })).filter(({ y }) => y > 0),
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

function displacement(place: string, lines: readonly Line[], result: Told): Drawing {
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
    description: lines.map(({ cell }) => figuresTold(cell, ['reordered', 'displaced'], result)).join(' '),
    points,
    plot: {
      x: { label: say.pictures.placesAway, domain: range, tickFormat: (x: number) => tick(x, say) },
      y: { ...shareAxis(say), label: say.pictures.shareAxis },
      marks: [Plot.ruleY([0]), ...marks],
    },
  };
}

function lossRuns(place: string, lines: readonly Line[], result: Told): Drawing {
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

function variation(place: string, lines: readonly Line[], result: Told): Drawing {
  return exceedance(place, lines, result.say.pictures.neighboursAxis, ['ipdv-p50', 'ipdv-p99', 'jitter'], result);
}

function blocking(place: string, lines: readonly Line[], result: Told): Drawing {
  return exceedance(place, lines, result.say.pictures.waitAxis, ['blocked', 'blocked-p99', 'blocked-longest'], result);
}

/** One picture of all cells in which copies came. */
function duplicates({ cells, scenario, metrics, say }: Told): Html[] {
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

function setUps({ cells, scenario, say }: Told): Html[] {
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
  const longest = Math.max(...rows.map(({ row }) => row.length));
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
          marginLeft: Math.min(240, 14 + longest * 6.6),
          x: { ...delayAxis(say, [Math.min(...all) / 1.1, Math.max(...all) * 1.1]), label: say.pictures.setUpAxis },
          y: { domain: rows.map(({ row }) => row), label: null, tickSize: 0 },
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

/** "udp: loss 9.73 %, loss period mean 1.20 messages." */
function figuresTold(cell: Cell, ids: readonly string[], { metrics, say }: Told): string {
  const figures = ids.flatMap((id) => {
    const [value, metric] = [figureOf(cell, id), metrics[id]];
    return value === undefined || metric === undefined ? [] : [`${metric.title} ${say.withUnit(value, metric.unit)}`];
  });
  return `${cell.transport}: ${figures.join(', ')}.`;
}
