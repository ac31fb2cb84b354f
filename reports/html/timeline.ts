// Delay over time, against the channel's state: one repetition from its beginning to its end, in slots.
import * as Plot from '@observablehq/plot';
import type { Cell, Timeline } from '../../src/bench/result.ts';
import { byPlace } from '../figure-of.ts';
import type { Speech } from '../language/speech.ts';
import type { Told } from '../language/told.ts';
import { badGround, delayAxis, tick } from './charts/axes.ts';
import { type Drawing, figure } from './charts/drawing.ts';
import { legend, seriesClass, seriesColour, seriesDash } from './charts/series.ts';
import { type Html, html, NOTHING } from './html.ts';
import { inPlaces } from './places.ts';

export function timelineSection({ cells, scenario, say }: Told): Html {
  const names = scenario.contestants.map(({ name }) => name);
  const places = byPlace(cells, (cell) => cell.timeline && courseOf(cell, cell.timeline, names));
  const drawn = [...places].flatMap(([place, courses]) =>
    courses.some(({ slots }) => slots.some(({ medianMs }) => medianMs !== null))
      ? [figure(drawing(place, courses, say), legend(names))]
      : [],
  );
  if (drawn.length === 0) return NOTHING;
  return html`<section id="timeline">
<h2>${say.pictures.timeline}</h2>
<p>${say.pictures.timelineHow}</p>
${inPlaces(drawn, say)}
</section>`;
}

interface Course {
  readonly name: string;
  readonly index: number;
  readonly timeline: Timeline;
  /** Those in which something was sent. */
  readonly slots: readonly Slot[];
}

interface Slot {
  /** Its middle, since the trial's origin. */
  readonly atS: number;
  readonly sent: number;
  readonly lost: number;
  readonly leastMs: number | null;
  readonly medianMs: number | null;
  readonly mostMs: number | null;
}

function courseOf({ transport }: Cell, timeline: Timeline, names: readonly string[]): Course {
  const slots = timeline.sent.map((sent, at) => ({
    atS: ((at + 0.5) * timeline.slotMs) / 1000,
    sent,
    lost: timeline.lost[at] ?? 0,
    leastMs: timeline.leastMs[at] ?? null,
    medianMs: timeline.medianMs[at] ?? null,
    mostMs: timeline.mostMs[at] ?? null,
  }));
  return { name: transport, index: names.indexOf(transport), timeline, slots: slots.filter(({ sent }) => sent > 0) };
}

function drawing(place: string, courses: readonly Course[], say: Speech): Drawing {
  const [{ timeline }] = courses as [Course];
  const bad = (timeline.badMoments ?? []).map(({ fromMs, toMs }) => ({ from: fromMs / 1000, to: toMs / 1000 }));
  const delays = courses.flatMap(({ slots }) =>
    slots.flatMap(({ leastMs, mostMs }) => [leastMs ?? [], mostMs ?? []].flat()),
  );
  const [leastMs, mostMs] = [Math.min(...delays), Math.max(...delays)];
  const topMs = mostMs * 1.6;
  const endS = (timeline.slotMs * timeline.sent.length) / 1000;
  return {
    title: place,
    description: courses.map((course) => described(course, say)).join(' '),
    points: courses.flatMap(({ name, slots }) =>
      slots.map((slot) => ({ x: slot.atS, y: slot.medianMs ?? topMs, text: `${name}: ${slotWords(slot, say)}` })),
    ),
    plot: {
      x: { label: say.pictures.plannedAxis, domain: [0, endS], tickFormat: (s: number) => tick(s, say) },
      y: { ...delayAxis(say, [leastMs * 0.9, topMs * 1.1]), label: say.pictures.delayAxis },
      marks: [badGround(bad), ...courses.flatMap((course) => marksOf(course, topMs, courses.length))],
    },
  };
}

function marksOf({ index, slots }: Course, topMs: number, of: number): Plot.Markish[] {
  const className = seriesClass(index);
  const colour = seriesColour(index);
  const losing = slots.filter(({ lost }) => lost > 0);
  // Side by side at the top, so that none hides another's.
  const dx = (index - (of - 1) / 2) * 3;
  return [
    Plot.areaY(slots as Slot[], { x: 'atS', y1: 'leastMs', y2: 'mostMs', fill: colour, fillOpacity: 0.16, className }),
    Plot.line(slots as Slot[], {
      x: 'atS',
      y: 'medianMs',
      stroke: colour,
      strokeWidth: 1.8,
      strokeDasharray: seriesDash(index),
      className,
    }),
    Plot.dot(losing, {
      x: 'atS',
      y: () => topMs,
      dx,
      symbol: 'times',
      r: 2.6,
      stroke: colour,
      strokeOpacity: ({ lost, sent }: Slot) => 0.35 + (0.65 * lost) / sent,
      className,
    }),
  ];
}

function slotWords({ sent, lost, leastMs, medianMs, mostMs }: Slot, say: Speech): string {
  const { pictures } = say;
  const some = [
    ...(medianMs === null
      ? []
      : [pictures.slot(say.milliseconds(leastMs), say.milliseconds(medianMs), say.milliseconds(mostMs))]),
    ...(lost > 0 ? [pictures.lostInSlot(say.count(lost), say.count(sent))] : []),
  ];
  return some.join('; ');
}

function described({ name, slots }: Course, say: Speech): string {
  const most = (of: (slot: Slot) => number | null) => Math.max(0, ...slots.map((slot) => of(slot) ?? 0));
  const lost = slots.reduce((sum, slot) => sum + slot.lost, 0);
  return say.pictures.timelineTold(
    name,
    say.milliseconds(most(({ medianMs }) => medianMs)),
    say.milliseconds(most(({ mostMs }) => mostMs)),
    say.plural(lost, 'message'),
  );
}
