// Some messages one by one, for a picture of what came when: consecutive ones of one flow, where the channel was at its worst.
// Which ones depends on the plan and the channel alone, so that every contestant shows the same.
import type { TrialRecord } from '../record/record.ts';
import type { BadMoment, Reading, Staircase } from '../result.ts';
import { badMoments, type ChannelMoments } from './bad-moments.ts';

/** As many as can be told apart on a page. */
const MOST_MESSAGES = 48;

/** Of the flow that the plan names first. */
const FLOW = 0;

/** Undefined where nothing was sent. */
export function staircaseOf(record: TrialRecord, repetition: number, moments: ChannelMoments): Staircase | undefined {
  const messages = messagesOf(record, FLOW);
  if (messages.length === 0) return undefined;
  const bad = badMoments(moments);
  const first = worstPlace(
    messages.map((message) => record.plannedNs[message]! / 1e6),
    bad ?? [],
  );
  const shown = messages.slice(first, first + MOST_MESSAGES);
  const given = firstArrivals(record, shown);
  const plannedMs = shown.map((message) => milliseconds(record.plannedNs[message]!));
  const span = { fromMs: plannedMs[0]!, toMs: plannedMs.at(-1)! };
  return {
    repetition,
    flow: FLOW,
    first,
    plannedMs,
    atServerMs: shown.map((message) => seen(record.path?.atServerNs[message])),
    releasedAtServerMs: shown.map((message) => seen(record.path?.releasedAtServerNs[message])),
    atHostMs: shown.map((message) => seen(record.path?.atClientsNs[message])),
    givenMs: shown.map((message) => seen(given.get(message))),
    ...(bad && { badMoments: bad.filter((moment) => overlapMs(moment, span) > 0) }),
  };
}

function messagesOf({ flow }: TrialRecord, of: number): number[] {
  const messages: number[] = [];
  for (let message = 0; message < flow.length; message++) if (flow[message] === of) messages.push(message);
  return messages;
}

/** Where the messages begin over whose time the channel was bad longest; the first of such places. */
function worstPlace(plannedMs: readonly number[], bad: readonly BadMoment[]): number {
  let worst = { first: 0, badMs: 0 };
  const step = Math.max(1, Math.floor(MOST_MESSAGES / 4));
  for (let first = 0; first + MOST_MESSAGES <= plannedMs.length; first += step) {
    const span = { fromMs: plannedMs[first]!, toMs: plannedMs[first + MOST_MESSAGES - 1]! };
    const badMs = bad.reduce((sum, moment) => sum + overlapMs(moment, span), 0);
    if (badMs > worst.badMs) worst = { first, badMs };
  }
  return worst.first;
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

function overlapMs(one: Span, other: Span): number {
  return Math.max(0, Math.min(one.toMs, other.toMs) - Math.max(one.fromMs, other.fromMs));
}

function firstArrivals({ arrivedMessage, arrivedNs }: TrialRecord, messages: readonly number[]): Map<number, number> {
  const wanted = new Set(messages);
  const arrivals = new Map<number, number>();
  for (const [arrival, message] of arrivedMessage.entries()) {
    if (wanted.has(message) && !arrivals.has(message)) arrivals.set(message, arrivedNs[arrival]!);
  }
  return arrivals;
}

function seen(ns: number | undefined): Reading {
  return ns === undefined || Number.isNaN(ns) ? null : milliseconds(ns);
}

/** To the microsecond. */
function milliseconds(ns: number): number {
  return Math.round(ns / 1e3) / 1e3;
}
