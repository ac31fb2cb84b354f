// When a channel loses what crosses it, for records and pictures. It asks a fresh channel of the same seed instead of
// watching the one in use: per time, the state is a function of time, so both give the same answer.

import type { Chance } from './chance.ts';
import type { Direction, DropCause } from './impairment.ts';
import { linkModel } from './model.ts';
import type { DirectionProfile } from './profile.ts';

export interface LossInterval {
  fromMs: number;
  toMs: number;
  cause: DropCause;
}

/** From the origin to `untilMs`, to the slot. Undefined where no state in time exists: chance per packet, a drop list. */
export function lossIntervals(
  { loss }: DirectionProfile,
  direction: Direction,
  chance: Chance,
  untilMs: number,
): LossInterval[] | undefined {
  if (loss === undefined) return [];
  if (loss.kind === 'list' || (loss.kind !== 'schedule' && chance.mode === 'packet')) return undefined;
  const channel = linkModel({ loss }, direction, chance);
  const slotMs = chance.slotMs ?? 1;
  const intervals: LossInterval[] = [];
  for (let slot = 0; slot * slotMs < untilMs; slot++) {
    const { dropped } = channel.offer({ sizeBytes: 1, offeredNs: slot * slotMs * 1e6 });
    if (dropped !== undefined) extend(intervals, slot * slotMs, slotMs, dropped);
  }
  return intervals;
}

function extend(intervals: LossInterval[], fromMs: number, slotMs: number, cause: DropCause): void {
  const last = intervals.at(-1);
  if (last?.toMs === fromMs && last.cause === cause) last.toMs = fromMs + slotMs;
  else intervals.push({ fromMs, toMs: fromMs + slotMs, cause });
}
