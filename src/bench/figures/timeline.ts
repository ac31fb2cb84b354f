// Delay over time: a repetition in slots of equal length. Every message is in the slot of its planned instant, so that the
// slots of all contestants hold the same messages.
import type { Observation } from '../record/observation.ts';
import type { BadMoment, Reading, Timeline } from '../result.ts';
import { badMoments, type ChannelMoments } from './bad-moments.ts';

/** As many as a picture has room for, and no more than have some messages each. */
const MOST_SLOTS = 120;
const FEWEST_SLOTS = 20;
const MESSAGES_A_SLOT = 4;

/** More bad moments than this are a pattern and no moments: they are drawn as one where they are nearest. */
const MOST_MOMENTS = 200;

/**
 * @param durationMs how long messages are planned
 * @returns undefined where nothing was sent
 */
export function timelineOf(
  { plannedNs, delayNs }: Pick<Observation, 'plannedNs' | 'delayNs'>,
  durationMs: number,
  repetition: number,
  moments: ChannelMoments,
): Timeline | undefined {
  if (plannedNs.length === 0) return undefined;
  const count = Math.max(FEWEST_SLOTS, Math.min(MOST_SLOTS, Math.round(plannedNs.length / MESSAGES_A_SLOT)));
  // Chance may plan a message after the end.
  const endMs = plannedNs.reduce((last, ns) => Math.max(last, ns / 1e6), durationMs);
  const slotMs = endMs / count;
  const slots = Array.from({ length: count }, () => ({ sent: 0, delaysMs: [] as number[] }));
  for (let message = 0; message < plannedNs.length; message++) {
    const slot = slots[Math.min(count - 1, Math.floor(plannedNs[message]! / 1e6 / slotMs))]!;
    slot.sent++;
    if (delayNs[message]! < Number.POSITIVE_INFINITY) slot.delaysMs.push(delayNs[message]! / 1e6);
  }
  for (const { delaysMs } of slots) delaysMs.sort((a, b) => a - b);
  const bad = badMoments(moments);
  return {
    repetition,
    slotMs,
    sent: slots.map(({ sent }) => sent),
    lost: slots.map(({ sent, delaysMs }) => sent - delaysMs.length),
    leastMs: slots.map(({ delaysMs }) => rounded(delaysMs[0])),
    medianMs: slots.map(({ delaysMs }) => rounded(delaysMs[Math.ceil(delaysMs.length / 2) - 1])),
    mostMs: slots.map(({ delaysMs }) => rounded(delaysMs.at(-1))),
    ...(bad && { badMoments: merged(bad) }),
  };
}

/** Across the smallest gaps neighbours of a direction become one, until there are few enough. */
function merged(bad: readonly BadMoment[]): BadMoment[] {
  if (bad.length <= MOST_MOMENTS) return [...bad];
  const gaps = bad.slice(1).map((moment, at) => gapMs(bad[at]!, moment));
  const tooMany = bad.length - MOST_MOMENTS;
  const limitMs = gaps.toSorted((a, b) => a - b)[tooMany - 1]!;
  const all: BadMoment[] = [];
  for (const moment of bad) {
    const last = all.at(-1);
    if (last !== undefined && gapMs(last, moment) <= limitMs) all[all.length - 1] = { ...last, toMs: moment.toMs };
    else all.push(moment);
  }
  return all;
}

/** Infinite between directions. */
function gapMs(before: BadMoment, next: BadMoment): number {
  return before.direction === next.direction ? next.fromMs - before.toMs : Number.POSITIVE_INFINITY;
}

/** To the microsecond. */
function rounded(ms: number | undefined): Reading {
  return ms === undefined ? null : Math.round(ms * 1e3) / 1e3;
}
