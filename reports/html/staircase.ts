// The staircase: message by message, when each was planned, when all of it was at the receiver's host, and when the
// application had it. What a stream holds back behind a gap shows as a plateau and a jump, what is lost as a gap.
import * as Plot from '@observablehq/plot';
import type { Cell, Staircase } from '../../src/bench/result.ts';
import { byPlace } from '../figure-of.ts';
import type { Speech } from '../language/speech.ts';
import type { Told } from '../language/told.ts';
import { badGround, tick, wholeTicks } from './charts/axes.ts';
import { type Drawing, figure, type Point } from './charts/drawing.ts';
import { legend, seriesClass, seriesColour, seriesSymbol } from './charts/series.ts';
import { type Html, html, NOTHING } from './html.ts';
import { inPlaces } from './places.ts';

export function staircaseSection({ cells, scenario, say }: Told): Html {
  const names = scenario.contestants.map(({ name }) => name);
  const places = byPlace(cells, (cell) => {
    const { staircase } = cell;
    return (staircase?.plannedMs.length ?? 0) < FEWEST_STEPS ? undefined : stepsOf(cell, staircase!, names);
  });
  if (places.size === 0) return NOTHING;
  const drawn = [...places].map(([place, steps]) => figure(drawing(place, steps, say), legend(names)));
  return html`<section id="staircase">
<h2>${say.pictures.staircase}</h2>
<p>${say.pictures.staircaseHow}</p>
${inPlaces(drawn, say)}
</section>`;
}

/** Of fewer messages there is no staircase. */
const FEWEST_STEPS = 3;

interface Steps {
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

function stepsOf({ transport }: Cell, staircase: Staircase, names: readonly string[]): Steps {
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

function drawing(place: string, all: readonly Steps[], say: Speech): Drawing {
  const [{ staircase, messages }] = all as [Steps];
  const startMs = staircase.plannedMs[0] ?? 0;
  const bad = (staircase.badMoments ?? []).map(({ fromMs, toMs }) => ({ from: fromMs - startMs, to: toMs - startMs }));
  return {
    title: place,
    description: all.map((steps) => described(steps, say)).join(' '),
    isZoomable: true,
    points: all.flatMap((steps) => steps.messages.map((message) => pointOf(message, steps.name, say))),
    plot: {
      height: 380,
      x: { label: say.pictures.time, zero: true, tickFormat: (ms: number) => tick(ms, say) },
      y: {
        label: say.pictures.messageOfTheFlow,
        ticks: wholeTicks(messages.map(({ number }) => number)),
        tickFormat: (number: number) => tick(number, say),
      },
      marks: [
        badGround(bad),
        Plot.line(messages, { x: 'plannedMs', y: 'number', stroke: 'var(--dim)', strokeWidth: 1 }),
        ...all.flatMap(marksOf),
      ],
    },
  };
}

function marksOf({ index, messages }: Steps): Plot.Markish[] {
  const own = { stroke: seriesColour(index), className: seriesClass(index) };
  const given = messages.filter(({ givenMs }) => givenMs !== null);
  const held = given.filter(({ atHostMs, givenMs }) => isWait(atHostMs, givenMs));
  const heldAtServer = messages.filter(({ atServerMs, releasedAtServerMs }) => isWait(atServerMs, releasedAtServerMs));
  const lost = messages.filter(({ givenMs }) => givenMs === null);
  const wait = { ...own, strokeWidth: 1.6 };
  return [
    Plot.link(heldAtServer, { x1: 'atServerMs', x2: 'releasedAtServerMs', y: 'number', ...wait, strokeOpacity: 0.4 }),
    Plot.link(held, { x1: 'atHostMs', x2: 'givenMs', y: 'number', ...wait, strokeOpacity: 0.55 }),
    Plot.dot(given, { x: 'givenMs', y: 'number', ...own, symbol: seriesSymbol(index), r: 2 }),
    Plot.dot(lost, { x: 'plannedMs', y: 'number', ...own, symbol: 'times', r: 3.2, strokeWidth: 2 }),
  ];
}

/** Less than this is no line that could be seen. */
const LEAST_WAIT_MS = 0.05;

function isWait(fromMs: number | null, toMs: number | null): boolean {
  return fromMs !== null && toMs !== null && toMs - fromMs >= LEAST_WAIT_MS;
}

function pointOf({ number, plannedMs, atHostMs, givenMs }: Message, name: string, say: Speech): Point {
  const { pictures } = say;
  const waitMs = atHostMs === null || givenMs === null ? 0 : givenMs - atHostMs;
  const told = [
    `${name}, ${pictures.stepNumber} ${say.count(number)}`,
    `${pictures.stepPlanned} ${say.milliseconds(plannedMs)} ms`,
    givenMs === null ? pictures.stepLost : `${pictures.stepGiven} ${say.milliseconds(givenMs)} ms`,
    ...(waitMs > 0 ? [`${pictures.stepWaited} ${say.milliseconds(waitMs)} ms`] : []),
  ];
  return { x: givenMs ?? plannedMs, y: number, text: told.join('; ') };
}

function described({ name, messages }: Steps, say: Speech): string {
  const lost = messages.filter(({ givenMs }) => givenMs === null).length;
  const waits = messages.map(({ atHostMs, givenMs }) =>
    atHostMs === null || givenMs === null ? 0 : givenMs - atHostMs,
  );
  const longest = say.milliseconds(Math.max(0, ...waits));
  return say.pictures.staircaseTold(name, say.plural(messages.length, 'message'), say.count(lost), longest);
}
