// The staircase: message by message, when each was planned, when all of it was at the receiver's host, and when the
// application had it. What a stream holds back behind a gap shows as a plateau and a jump, what is lost as a gap.
import * as Plot from '@observablehq/plot';
import type { Cell, RunResult, Staircase } from '../../src/bench/result.ts';
import { byPlace } from '../figure-of.ts';
import { milliseconds, plural } from '../numbers.ts';
import { type Drawing, figure, seriesColour } from './charts.ts';
import { type Html, html, NOTHING } from './html.ts';
import { legend } from './legend.ts';

export function staircaseSection({ cells, scenario }: RunResult): Html {
  const names = scenario.contestants.map(({ name }) => name);
  const places = byPlace(cells, (cell) => cell.staircase && stepOf(cell, cell.staircase, names));
  if (places.size === 0) return NOTHING;
  return html`<section id="staircase">
<h2>What came when?</h2>
<p>Some messages of one flow in one repetition, the same ones for all, where the channel was at its worst. A dot is a message that the application was given. A line
is a message that waited, whole, for another one: at its receiver's host if it leads to the dot, at the server's before. A cross is a message that never came. The
thin grey line is the plan; where the ground is red the channel lost what crossed it.</p>
<div class="charts">${[...places].map(([place, steps]) => figure(drawing(place, steps), legend(names)))}</div>
</section>`;
}

interface Step {
  readonly name: string;
  readonly index: number;
  readonly staircase: Staircase;
  readonly messages: readonly Message[];
}

interface Message {
  readonly number: number;
  readonly plannedMs: number;
  readonly atServerMs: number | null;
  readonly releasedAtServerMs: number | null;
  readonly atHostMs: number | null;
  readonly givenMs: number | null;
}

function stepOf({ transport }: Cell, staircase: Staircase, names: readonly string[]): Step {
  const startMs = staircase.plannedMs[0] ?? 0;
  const since = (ms: number | null | undefined) => (ms === null || ms === undefined ? null : ms - startMs);
  const messages = staircase.plannedMs.map((plannedMs, at) => ({
    number: staircase.first + at + 1,
    plannedMs: plannedMs - startMs,
    atServerMs: since(staircase.atServerMs[at]),
    releasedAtServerMs: since(staircase.releasedAtServerMs[at]),
    atHostMs: since(staircase.atHostMs[at]),
    givenMs: since(staircase.givenMs[at]),
  }));
  return { name: transport, index: names.indexOf(transport), staircase, messages };
}

function drawing(place: string, steps: readonly Step[]): Drawing {
  const [{ staircase, messages }] = steps as [Step];
  const startMs = staircase.plannedMs[0] ?? 0;
  const bad = (staircase.badMoments ?? []).map(({ fromMs, toMs }) => ({
    x1: Math.max(0, fromMs - startMs),
    x2: toMs - startMs,
  }));
  return {
    title: place,
    description: steps.map(described).join(' '),
    plot: {
      height: 420,
      x: { label: 'time, ms →', zero: true },
      y: { label: '↑ message of the flow' },
      marks: [
        Plot.rectX(bad, { x1: 'x1', x2: 'x2', fill: 'var(--bad)' }),
        Plot.line(messages, { x: 'plannedMs', y: 'number', stroke: 'var(--dim)', strokeWidth: 1 }),
        ...steps.flatMap(stepMarks),
      ],
    },
  };
}

const SYMBOLS = ['circle', 'triangle', 'square', 'diamond', 'star', 'wye'] as const;

function stepMarks({ index, messages }: Step): Plot.Markish[] {
  const colour = seriesColour(index);
  const given = messages.filter(({ givenMs }) => givenMs !== null);
  const held = given.filter(({ atHostMs }) => atHostMs !== null);
  const heldAtServer = messages.filter(
    ({ atServerMs, releasedAtServerMs }) => atServerMs !== null && releasedAtServerMs !== null,
  );
  const lost = messages.filter(({ givenMs }) => givenMs === null);
  return [
    Plot.link(heldAtServer, {
      x1: 'atServerMs',
      x2: 'releasedAtServerMs',
      y: 'number',
      stroke: colour,
      strokeWidth: 1.6,
      strokeOpacity: 0.4,
    }),
    Plot.link(held, {
      x1: 'atHostMs',
      x2: 'givenMs',
      y: 'number',
      stroke: colour,
      strokeWidth: 1.6,
      strokeOpacity: 0.55,
    }),
    Plot.dot(given, { x: 'givenMs', y: 'number', stroke: colour, symbol: SYMBOLS[index % SYMBOLS.length]!, r: 2.2 }),
    Plot.dot(lost, { x: 'plannedMs', y: 'number', stroke: colour, symbol: 'times', r: 3.5, strokeWidth: 2 }),
  ];
}

function described({ name, messages }: Step): string {
  const lost = messages.filter(({ givenMs }) => givenMs === null).length;
  const waits = messages.map(({ atHostMs, givenMs }) =>
    atHostMs === null || givenMs === null ? 0 : givenMs - atHostMs,
  );
  const longest = Math.max(0, ...waits);
  return `${name}: of ${plural(messages.length, 'message')} ${lost === 0 ? 'none was' : `${lost} were`} lost; the longest wait at the receiver's host was ${milliseconds(longest)} ms.`;
}
