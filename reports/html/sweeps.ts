// A sweep as small multiples: each figure along its points, for every contestant, with intervals and the model's curve
// where there is one.
import * as Plot from '@observablehq/plot';
import type { Cell, Figure } from '../../src/bench/result.ts';
import { HEADLINES } from '../comparison-words.ts';
import { isWorthShowing } from '../figure-of.ts';
import type { Speech } from '../language/speech.ts';
import type { Told } from '../language/told.ts';
import { delayAxis, valueAxis } from './charts/axes.ts';
import { type Drawing, figure } from './charts/drawing.ts';
import { legend, seriesClass, seriesColour, seriesDash, seriesSymbol } from './charts/series.ts';
import { type Html, html, NOTHING } from './html.ts';

export function sweepSection(result: Told): Html {
  const { scenario, say, cells, verdicts, metrics } = result;
  if (scenario.points.length < 2) return NOTHING;
  const claimed = verdicts.flatMap(({ figures }) => figures.map(({ metric }) => metric));
  const shown = [...new Set([...claimed, ...HEADLINES])].filter(
    (id) => metrics[id] !== undefined && isWorthShowing(cells, id),
  );
  const names = scenario.contestants.map(({ name }) => name);
  const drawn = scenario.links.flatMap((link) =>
    shown.flatMap((metric) => {
      const lines = linesOf(link, metric, result);
      const isSeen = lines.some(({ stops }) => stops.some(({ figure }) => figure.value !== null));
      return isSeen ? [figure(drawing(link, metric, lines, result), legend(names))] : [];
    }),
  );
  if (drawn.length === 0) return NOTHING;
  return html`<section id="sweeps">
<h2>${say.pictures.sweeps}</h2>
<p>${say.pictures.sweepsHow}</p>
<div class="charts small">${drawn}</div>
</section>`;
}

interface Line {
  readonly name: string;
  readonly index: number;
  readonly stops: readonly Stop[];
}

interface Stop {
  readonly point: string;
  readonly cell: Cell;
  readonly figure: Figure;
}

function linesOf(link: string, metric: string, { scenario, cells }: Told): Line[] {
  return scenario.contestants.flatMap(({ name }, index) => {
    const stops = scenario.points.flatMap(({ name: point }) => {
      const cell = cells.find((each) => each.transport === name && each.link === link && each.point === point);
      const figure = cell?.figures?.[metric];
      return cell === undefined || figure === undefined ? [] : [{ point, cell, figure }];
    });
    return stops.length > 0 ? [{ name, index, stops }] : [];
  });
}

interface Dot {
  readonly point: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

function drawing(link: string, metric: string, lines: readonly Line[], result: Told): Drawing {
  const { scenario, metrics, say } = result;
  const { title, unit } = metrics[metric]!;
  const models = metric === 'goodput' ? lines.map(modelOf) : [];
  const known = lines.flatMap(({ stops }) => stops.flatMap(({ figure: { value, low, high } }) => [value, low, high]));
  const values = [...known, ...models.flat().map(({ value }) => value)].filter((value) => typeof value === 'number');
  const largest = Math.max(...values);
  const isWide = unit === 'ms' && Math.min(...values) > 0 && largest / Math.min(...values) > 20;
  const topOf = largest * (isWide ? 1.4 : 1.08);
  const [least] = [isWide ? Math.min(...values) / 1.2 : Math.min(0, ...values)];
  const domain: [number, number] = [least!, topOf];
  return {
    title: scenario.links.length > 1 ? `${title}, ${link}` : title,
    isSmall: true,
    description: lines.map((line) => described(line, unit, say)).join(' '),
    points: lines.flatMap(({ name, stops }) =>
      stops.map(({ point, figure }) => ({
        x: point,
        y: figure.value ?? topOf,
        text: `${name}, ${point}: ${say.withUnitAndInterval(figure, unit)}`,
      })),
    ),
    plot: {
      // A rate has its unit with every tick.
      marginLeft: unit === 'bit/s' ? 80 : 48,
      marginBottom: labelRoom(scenario.points.map(({ name }) => name)),
      x: {
        type: 'point',
        domain: scenario.points.map(({ name }) => name),
        label: sweptOf(result),
        tickFormat: shortened(scenario.points),
        tickRotate: isCrowded(scenario.points) ? -35 : 0,
      },
      y: isWide ? { ...delayAxis(say, domain), label: '↑ ms' } : { ...valueAxis(unit, '↑', say), domain },
      marks: [
        ...models
          .filter((model) => model.length > 0)
          .map((model) =>
            Plot.line(model, {
              x: 'point',
              y: 'value',
              stroke: 'var(--dim)',
              strokeDasharray: '5 3',
              strokeWidth: 1.6,
            }),
          ),
        ...models.flatMap((model) =>
          model.length === 0
            ? []
            : [
                Plot.text([model.at(-1)!], {
                  x: 'point',
                  y: 'value',
                  text: () => say.pictures.model,
                  dy: -8,
                  fill: 'var(--dim)',
                }),
              ],
        ),
        ...lines.flatMap((line) => marksOf(line, topOf, lines.length)),
      ],
    },
  };
}

function marksOf({ index, stops }: Line, topOf: number, of: number): Plot.Markish[] {
  const own = { stroke: seriesColour(index), className: seriesClass(index) };
  // Beside each other, so that no interval hides another.
  const dx = (index - (of - 1) / 2) * 4;
  const dots: Dot[] = stops.flatMap(({ point, figure: { value, low, high } }) =>
    value === null ? [] : [{ point, value, low: low ?? value, high: high === null ? topOf : (high ?? value) }],
  );
  const unreached = stops.filter(({ figure }) => figure.value === null);
  return [
    Plot.ruleX(dots, { x: 'point', y1: 'low', y2: 'high', ...own, strokeWidth: 1.6, dx }),
    Plot.line(dots, { x: 'point', y: 'value', ...own, strokeWidth: 2, strokeDasharray: seriesDash(index), dx }),
    Plot.dot(dots, { x: 'point', y: 'value', ...own, fill: 'var(--paper)', symbol: seriesSymbol(index), r: 3.4, dx }),
    Plot.dot(unreached, {
      x: 'point',
      y: () => topOf,
      ...own,
      symbol: 'triangle',
      fill: seriesColour(index),
      r: 4,
      dx,
    }),
  ];
}

function modelOf({ stops }: Line) {
  return stops.flatMap(({ point, cell }) =>
    cell.prediction === undefined ? [] : [{ point, value: cell.prediction.goodputBitsPerSecond }],
  );
}

/** What varies, where it is one thing. */
function sweptOf({ scenario }: Told): string | null {
  const swept = new Set(scenario.points.flatMap(({ values }) => Object.keys(values)));
  return swept.size === 1 ? `${[...swept][0]!.split('.').at(-1)} →` : null;
}

/** A point's own value, where one thing varies: its name says what that is again and again. */
function shortened(points: Told['scenario']['points']): (name: string) => string {
  return (name) => {
    const values = Object.values(points.find((point) => point.name === name)?.values ?? {});
    return values.length === 1 ? values[0]! : name;
  };
}

function isCrowded(points: Told['scenario']['points']): boolean {
  const shown = points.map(({ name }) => shortened(points)(name));
  return shown.reduce((sum, name) => sum + name.length + 2, 0) > 60;
}

function labelRoom(names: readonly string[]): number {
  return names.reduce((sum, name) => sum + name.length + 2, 0) > 60 ? 76 : 44;
}

function described({ name, stops }: Line, unit: string, say: Speech): string {
  const figures = stops.map(({ point, figure }) => `${point} ${say.withUnit(figure.value, unit)}`);
  return say.pictures.sweepTold(name, figures.join(', '));
}
