// When the channel of a trial lost what crossed it, for pictures that show it behind what came.
import type { LossInterval } from '../../link/loss-intervals.ts';
import type { BadMoment } from '../result.ts';

/** Undefined where a direction has no state in time. */
export type ChannelMoments = Record<BadMoment['direction'], readonly LossInterval[] | undefined>;

/** Undefined where the channel of neither direction has a state in time. */
export function badMoments(moments: ChannelMoments): BadMoment[] | undefined {
  if (moments.up === undefined && moments.down === undefined) return undefined;
  return (['up', 'down'] as const).flatMap((direction) =>
    (moments[direction] ?? []).map(({ fromMs, toMs, cause }) => ({ direction, cause, fromMs, toMs })),
  );
}
