// How long messages took, of all that were sent: by percentile, where a lost message is off the top, and by deadline. Both
// are the same curve of the result, looked at from two sides.
import * as Plot from '@observablehq/plot';
import type { Cell } from '../../src/bench/result.ts';
import { byPlace, countOf, figureOf } from '../figure-of.ts';
import type { Speech } from '../language/speech.ts';
import type { Told } from '../language/told.ts';
import { delayAxis, shareAxis } from './charts/axes.ts';
import { type Drawing, figure, type Point } from './charts/drawing.ts';
import { legend, seriesClass, seriesColour, seriesDash } from './charts/series.ts';
import { type Html, html, NOTHING } from './html.ts';
import { inPlaces } from './places.ts';

/** A drawing of each kind for every link and place of a sweep. */
export function delaySections({ cells, scenario, say }: Told): Html {
  const names = scenario.contestants.map(({ name }) => name);
  const places = byPlace(cells, (cell) => lineFor(cell, names));
  if (places.size === 0) return NOTHING;
  const drawn = (draw: (place: string, lines: readonly Line[], say: Speech) => Drawing) =>
    inPlaces(
      [...places].map(([place, lines]) => figure(draw(place, lines, say), legend(names))),
      say,
    );
  return html`<section id="percentiles">
<h2>${say.pictures.percentiles}</h2>
<p>${say.pictures.percentilesHow}</p>
${drawn(percentiles)}
</section>
<section id="deadlines">
<h2>${say.pictures.deadlines}</h2>
<p>${say.pictures.deadlinesHow}</p>
${drawn(deadlines)}
</section>`;
}

interface Step {
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
  readonly steps: readonly Step[];
}

/** Undefined where nothing came. */
function lineFor(cell: Cell, names: readonly string[]): Line | undefined {
  const { x = [], y = [] } = cell.curves?.['deadlines'] ?? {};
  if (y.length === 0 || countOf(cell, 'delivered') === 0) return undefined;
  const first = y.findIndex((share) => share > 0);
  const last = y.indexOf(y.at(-1)!);
  const from = Math.max(0, first - 1);
  const steps = x.slice(from, last + 1).map((delayMs, at) => stepAt(y[from + at]!, delayMs));
  // Of a file that somebody edited there may be nothing left to draw.
  return steps.length === 0 ? undefined : { cell, index: names.indexOf(cell.transport), steps };
}

function stepAt(share: number, delayMs: number): Step {
  return { share, nines: nines(share), delayMs };
}

function nines(share: number): number {
  return -Math.log10(1 - share);
}

const SHARES = [0, 0.5, 0.9, 0.99, 0.999];
const MOST_SHARE = 0.999;

function percentiles(place: string, lines: readonly Line[], say: Speech): Drawing {
  const shown = lines.map((line) => ({ ...line, steps: upTo(MOST_SHARE, line.steps) }));
  const delays = shown.flatMap(({ steps }) => steps.map(({ delayMs }) => delayMs));
  const topMs = Math.max(...delays) * 1.5;
  return {
    title: place,
    description: lines.map(({ cell }) => describedDelays(cell, say)).join(' '),
    points: shown.flatMap(({ cell, steps }) =>
      steps.map((step) => pointOf(cell, step, { x: 'nines', y: 'delayMs' }, say)),
    ),
    plot: {
      x: {
        label: say.pictures.percentileAxis,
        domain: [0, nines(MOST_SHARE)],
        ticks: SHARES.map(nines),
        tickFormat: (_: number, at: number) => `${say.count(Number((SHARES[at]! * 100).toFixed(1)))} %`,
      },
      y: { ...delayAxis(say, [Math.min(...delays), topMs]), label: say.pictures.delayAxis },
      marks: shown.flatMap(({ index, steps }) => {
        const end = steps.at(-1)!;
        const leaving = end.share < MOST_SHARE ? [end] : [];
        return [
          lineOf(steps, index, 'nines', 'delayMs'),
          Plot.arrow(leaving, {
            x: 'nines',
            y1: 'delayMs',
            y2: () => topMs,
            ...strokeOf(index),
            headLength: 6,
          }),
        ];
      }),
    },
  };
}

function deadlines(place: string, lines: readonly Line[], say: Speech): Drawing {
  const delays = lines.flatMap(({ steps }) => steps.map(({ delayMs }) => delayMs));
  const endMs = Math.max(...delays) * 1.5;
  return {
    title: place,
    description: lines.map(({ cell }) => describedDeadlines(cell, say)).join(' '),
    points: lines.flatMap(({ cell, steps }) =>
      steps.map((step) => pointOf(cell, step, { x: 'delayMs', y: 'share' }, say)),
    ),
    plot: {
      x: { ...delayAxis(say, [Math.min(...delays), endMs]), label: say.pictures.deadlineAxis },
      y: { ...shareAxis(say), label: say.pictures.inTime, domain: [0, 1] },
      marks: lines.map(({ index, steps }) => {
        // Whoever has not come by then does not come later.
        const whole = [...steps, stepAt(steps.at(-1)!.share, endMs)];
        return lineOf(whole, index, 'delayMs', 'share');
      }),
    },
  };
}

function pointOf(cell: Cell, step: Step, { x, y }: { x: keyof Step; y: keyof Step }, say: Speech): Point {
  const text = `${cell.transport}: ${say.pictures.within(say.percent(step.share), say.milliseconds(step.delayMs))}`;
  return { x: step[x], y: step[y], text };
}

/** Cut there, between two steps too. */
function upTo(share: number, steps: readonly Step[]): Step[] {
  const next = steps.findIndex((step) => step.share > share);
  if (next < 1) return [...steps];
  const [before, behind] = [steps[next - 1]!, steps[next]!];
  const part = (share - before.share) / (behind.share - before.share);
  return [...steps.slice(0, next), stepAt(share, before.delayMs + part * (behind.delayMs - before.delayMs))];
}

function lineOf(steps: readonly Step[], index: number, x: keyof Step, y: keyof Step): Plot.Markish {
  return Plot.line(steps as Step[], { x, y, ...strokeOf(index), strokeWidth: 2.2 });
}

function strokeOf(index: number) {
  return { stroke: seriesColour(index), strokeDasharray: seriesDash(index), className: seriesClass(index) };
}

function describedDelays(cell: Cell, say: Speech): string {
  const { pictures } = say;
  const reached = Object.entries(TOLD_PERCENTILES).flatMap(([id, share]) => {
    const ms = figureOf(cell, id);
    if (ms === undefined) return [];
    return [ms === null ? pictures.unreached(share) : pictures.reached(share, say.withUnit(ms, 'ms'))];
  });
  return pictures.percentilesTold(cell.transport, reached, say.percent(figureOf(cell, 'loss') ?? undefined));
}

const TOLD_PERCENTILES = { 'delay-p50': '50 %', 'delay-p99': '99 %' };

function describedDeadlines(cell: Cell, say: Speech): string {
  const reached = [50, 200].flatMap((ms) => {
    const share = figureOf(cell, `in-time-${ms}ms`);
    return typeof share === 'number' ? [say.pictures.reached(say.percent(share), `${ms} ms`)] : [];
  });
  return say.pictures.deadlinesTold(cell.transport, reached);
}
