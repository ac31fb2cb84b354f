// Message for message: every one that was sent over both, at its two delays. What only one of them delivered stands at the
// edge of the other.
import * as Plot from '@observablehq/plot';
import type { Comparison, PairGrid } from '../../src/bench/result.ts';
import type { Speech } from '../language/speech.ts';
import type { Told } from '../language/told.ts';
import { logTicks, tick } from './charts/axes.ts';
import { type Drawing, figure } from './charts/drawing.ts';
import { seriesClass, seriesColour } from './charts/series.ts';
import { type Html, html, NOTHING } from './html.ts';
import { inPlaces } from './places.ts';

export function pairsSection({ comparisons, scenario, say }: Told): Html {
  const names = scenario.contestants.map(({ name }) => name);
  const drawn = comparisons.flatMap((comparison) => {
    const grid = comparison.pairs?.grid;
    const hasDelay = grid?.baselineMs.some((ms) => ms !== null) || grid?.otherMs.some((ms) => ms !== null);
    return grid !== undefined && hasDelay ? [figure(drawing(comparison, grid, names, say), NOTHING)] : [];
  });
  if (drawn.length === 0) return NOTHING;
  return html`<section id="pairs">
<h2>${say.pictures.pairs}</h2>
<p>${say.pictures.pairsHow}</p>
${inPlaces(drawn, say)}
</section>`;
}

interface Field {
  /** In the middle of its step, or at the edge. */
  readonly x: number;
  readonly y: number;
  readonly pairs: number;
  readonly baselineMs: number | null;
  readonly otherMs: number | null;
}

function drawing(comparison: Comparison, grid: PairGrid, names: readonly string[], say: Speech): Drawing {
  const { baseline, other } = comparison;
  const step = 10 ** (1 / grid.stepsPerDecade);
  const delays = [...grid.baselineMs, ...grid.otherMs].flatMap((ms) => ms ?? []);
  const leastMs = Math.min(...delays) / step;
  const mostMs = Math.max(...delays) * step * step;
  // Off the scale, as far beyond its end as is worth a tick of its own.
  const isComplete = !grid.baselineMs.includes(null) && !grid.otherMs.includes(null);
  const neverMs = mostMs * (mostMs / leastMs) ** 0.09;
  const domain = [leastMs, isComplete ? mostMs : neverMs * step];
  const fields = fieldsOf(grid, Math.sqrt(step), neverMs);
  const largest = Math.max(...fields.map(({ pairs }) => pairs));
  const axis = (name: string) => ({
    type: 'log' as const,
    domain,
    ticks: [...logTicks(leastMs, mostMs), ...(isComplete ? [] : [neverMs])],
    tickFormat: (ms: number) => (ms === neverMs ? say.pictures.never : tick(ms, say)),
    label: say.pictures.delayOver(name),
  });
  return {
    title: say.pictures.pairsTitle(other, baseline, say.place(comparison)),
    description: described(comparison, grid, say),
    points: fields.map((field) => ({ x: field.x, y: field.y, text: fieldWords(field, comparison, say) })),
    plot: {
      height: 440,
      marginTop: 24,
      x: { ...axis(baseline), grid: true },
      y: { ...axis(other), grid: true },
      r: { domain: [0, largest], range: [0, 13] },
      marks: [
        Plot.line(
          [
            [leastMs, leastMs],
            [mostMs, mostMs],
          ],
          { stroke: 'var(--dim)', strokeWidth: 1, strokeDasharray: '3 3' },
        ),
        ...[baseline, other].map((name) => dotsOf(fields, name, comparison, names.indexOf(name))),
        Plot.dot(
          fields.filter((field) => earlierOf(field, comparison) === undefined),
          { x: 'x', y: 'y', r: 'pairs', fill: 'var(--dim)', fillOpacity: 0.35, stroke: 'var(--dim)', strokeWidth: 0.8 },
        ),
      ],
    },
  };
}

/** The fields in which a contestant was earlier, in its colour. */
function dotsOf(fields: readonly Field[], name: string, comparison: Comparison, index: number): Plot.Markish {
  return Plot.dot(
    fields.filter((field) => earlierOf(field, comparison) === name),
    {
      x: 'x',
      y: 'y',
      r: 'pairs',
      fill: seriesColour(index),
      fillOpacity: 0.4,
      stroke: seriesColour(index),
      strokeWidth: 0.8,
      className: seriesClass(index),
    },
  );
}

/** Undefined within one step of each other. */
function earlierOf({ baselineMs, otherMs }: Field, { baseline, other }: Comparison): string | undefined {
  const [a, b] = [baselineMs ?? Number.POSITIVE_INFINITY, otherMs ?? Number.POSITIVE_INFINITY];
  if (a === b) return undefined;
  return a < b ? baseline : other;
}

function fieldsOf({ baselineMs, otherMs, pairs }: PairGrid, toMiddle: number, neverMs: number): Field[] {
  const at = (ms: number | null) => (ms === null ? neverMs : ms * toMiddle);
  return pairs.map((count, field) => {
    const [own, others] = [baselineMs[field] ?? null, otherMs[field] ?? null];
    return { x: at(own), y: at(others), pairs: count, baselineMs: own, otherMs: others };
  });
}

function fieldWords({ pairs, baselineMs, otherMs }: Field, { baseline, other }: Comparison, say: Speech): string {
  const delay = (ms: number | null) => (ms === null ? say.pictures.never : `${say.milliseconds(ms)} ms`);
  return say.pictures.pairField(say.plural(pairs, 'message'), baseline, delay(baselineMs), other, delay(otherMs));
}

function described({ baseline, other, pairs }: Comparison, grid: PairGrid, say: Speech): string {
  const all = grid.pairs.reduce((sum, count) => sum + count, 0);
  const share = (name: string) => {
    const value = pairs?.figures[name]?.value;
    return say.percent(typeof value === 'number' ? value : 0);
  };
  return say.pictures.pairsTold(
    say.plural(all, 'message'),
    other,
    share('other-earlier'),
    baseline,
    share('only-baseline'),
  );
}
