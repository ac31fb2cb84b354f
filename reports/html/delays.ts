// How long messages took, of all that were sent: by percentile, where a lost message is off the top, and by deadline. Both
// are the same curve of the result, looked at from two sides.
import * as Plot from '@observablehq/plot';
import type { Cell, RunResult } from '../../src/bench/result.ts';
import { byPlace, countOf, figureOf } from '../figure-of.ts';
import { percent, withUnit } from '../numbers.ts';
import { type Drawing, figure, seriesColour, seriesDash } from './charts.ts';
import { type Html, html, NOTHING } from './html.ts';
import { legend } from './legend.ts';

/** A drawing of each kind for every link and place of a sweep. */
export function delaySections({ cells, scenario }: RunResult): Html {
  const names = scenario.contestants.map(({ name }) => name);
  const places = byPlace(cells, (cell) => lineFor(cell, names));
  if (places.size === 0) return NOTHING;
  const drawn = (draw: (place: string, lines: readonly Line[]) => Drawing) =>
    [...places].map(([place, lines]) => figure(draw(place, lines), legend(names)));
  return html`<section id="percentiles">
<h2>How long did they take?</h2>
<p>Delay from the planned instant, over all messages <em>sent</em>. A lost one is infinitely late: a line that leaves at the top has lost the
rest. Both axes are stretched, so that the slowest hundredth has as much room as the fastest nine tenths.</p>
<div class="charts">${drawn(percentiles)}</div>
</section>
<section id="deadlines">
<h2>What was there in time?</h2>
<p>The share of all messages sent that had come within so many milliseconds.</p>
<div class="charts">${drawn(deadlines)}</div>
</section>`;
}

interface Point {
  /** Of all sent. */
  readonly share: number;
  /** The share in nines: 0 at none, 1 at 90 %, 2 at 99 %. */
  readonly nines: number;
  readonly delayMs: number;
}

interface Line {
  readonly cell: Cell;
  /** Among the contestants. */
  readonly index: number;
  /** From the last delay that none had to the first that all had who ever came. */
  readonly points: readonly Point[];
}

/** Undefined where nothing came. */
function lineFor(cell: Cell, names: readonly string[]): Line | undefined {
  const { x = [], y = [] } = cell.curves?.['deadlines'] ?? {};
  if (y.length === 0 || countOf(cell, 'delivered') === 0) return undefined;
  const first = y.findIndex((share) => share > 0);
  const last = y.indexOf(y.at(-1)!);
  const from = Math.max(0, first - 1);
  const points = x.slice(from, last + 1).map((delayMs, at) => pointAt(y[from + at]!, delayMs));
  return { cell, index: names.indexOf(cell.transport), points };
}

function pointAt(share: number, delayMs: number): Point {
  return { share, nines: nines(share), delayMs };
}

function nines(share: number): number {
  return -Math.log10(1 - share);
}

const SHARES = [0, 0.5, 0.9, 0.99, 0.999];
const MOST_SHARE = 0.999;

function percentiles(place: string, lines: readonly Line[]): Drawing {
  const shown = lines.map((line) => ({ ...line, points: upTo(MOST_SHARE, line.points) }));
  const delays = shown.flatMap(({ points }) => points.map(({ delayMs }) => delayMs));
  const topMs = Math.max(...delays) * 1.5;
  return {
    title: place,
    description: lines.map(({ cell }) => describedDelays(cell)).join(' '),
    plot: {
      x: {
        label: 'percentile of all sent →',
        domain: [0, nines(MOST_SHARE)],
        ticks: SHARES.map(nines),
        tickFormat: (_: number, at: number) => `${Number((SHARES[at]! * 100).toFixed(1))} %`,
      },
      y: { ...DELAY_AXIS, label: '↑ delay, ms', domain: [Math.min(...delays), topMs] },
      marks: shown.flatMap(({ index, points }) => {
        const end = points.at(-1)!;
        const leaving = end.share < MOST_SHARE ? [end] : [];
        return [
          lineOf(points, index, 'nines', 'delayMs'),
          Plot.arrow(leaving, {
            x: 'nines',
            y1: 'delayMs',
            y2: () => topMs,
            stroke: seriesColour(index),
            strokeDasharray: seriesDash(index),
            headLength: 6,
          }),
        ];
      }),
    },
  };
}

function deadlines(place: string, lines: readonly Line[]): Drawing {
  const delays = lines.flatMap(({ points }) => points.map(({ delayMs }) => delayMs));
  const endMs = Math.max(...delays) * 1.5;
  return {
    title: place,
    description: lines.map(({ cell }) => describedDeadlines(cell)).join(' '),
    plot: {
      x: { ...DELAY_AXIS, label: 'deadline, ms →', domain: [Math.min(...delays), endMs] },
      y: { label: '↑ there in time', domain: [0, 1], grid: true, tickFormat: (share: number) => percentOf(share) },
      marks: lines.map(({ index, points }) => {
        // Whoever has not come by then does not come later.
        const whole = [...points, pointAt(points.at(-1)!.share, endMs)];
        return lineOf(whole, index, 'delayMs', 'share');
      }),
    },
  };
}

const DELAY_AXIS = { type: 'log', grid: true, ticks: 5, tickFormat: (ms: number) => String(ms) } as const;

function percentOf(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Cut there, between two points too. */
function upTo(share: number, points: readonly Point[]): Point[] {
  const next = points.findIndex((point) => point.share > share);
  if (next < 1) return [...points];
  const [before, behind] = [points[next - 1]!, points[next]!];
  const part = (share - before.share) / (behind.share - before.share);
  return [...points.slice(0, next), pointAt(share, before.delayMs + part * (behind.delayMs - before.delayMs))];
}

function lineOf(points: readonly Point[], index: number, x: keyof Point, y: keyof Point): Plot.Markish {
  const stroke = { stroke: seriesColour(index), strokeDasharray: seriesDash(index), strokeWidth: 2.2 };
  return Plot.line(points as Point[], { x, y, ...stroke });
}

function describedDelays(cell: Cell): string {
  const [p50, p99] = ['delay-p50', 'delay-p99'].map((id) => withUnit(figureOf(cell, id) ?? null, 'ms'));
  return `${cell.transport}: half within ${p50}, 99 % within ${p99}, ${percent(figureOf(cell, 'loss') ?? undefined)} lost.`;
}

function describedDeadlines(cell: Cell): string {
  const share = (ms: number) => percent(figureOf(cell, `in-time-${ms}ms`) ?? undefined);
  return `${cell.transport}: ${share(50)} within 50 ms, ${share(200)} within 200 ms.`;
}
