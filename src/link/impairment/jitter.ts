// Delay that varies around its mean. Order is kept, as in a path of queues, unless `reorder` asks for it to be lost.
// Per packet, each packet draws its own. Per time, the channel's delay wanders continuously, so that two packets of
// whatever stream meet the same delay at the same instant; with `reorder` it jumps from slot to slot instead.

import { type Dice, fraction } from '../chance.ts';
import { DEVIATIONS, DISTRIBUTIONS, type Distribution } from '../distribution.ts';
import type { Impairment } from '../impairment.ts';
import { isObject, readFields, show } from '../plain-data.ts';
import { LinkProfileError, type Path } from '../profile-error.ts';
import { readTimeMs, writeTime } from '../units.ts';

export interface JitterSettings {
  /** The standard deviation of the delay; with `uniform`, the most it departs from its mean. */
  jitterMs: number;
  distribution: Distribution;
  mayReorder: boolean;
}

/** "5ms", or { time: "5ms", distribution: "normal", reorder: true } */
export function parseJitter(value: unknown, path: Path): JitterSettings {
  if (!isObject(value)) return { jitterMs: readTimeMs(value, path), distribution: 'uniform', mayReorder: false };
  const {
    time,
    distribution = 'uniform',
    reorder = false,
  } = readFields(value, ['time', 'distribution', 'reorder'], path);
  const shape = DISTRIBUTIONS.find((name) => name === distribution);
  if (shape === undefined) {
    throw new LinkProfileError(
      [...path, 'distribution'],
      `unknown ${show(distribution)}; known: ${DISTRIBUTIONS.join(', ')}`,
    );
  }
  if (typeof reorder !== 'boolean') {
    throw new LinkProfileError([...path, 'reorder'], `${show(reorder)} is neither true nor false`);
  }
  return { jitterMs: readTimeMs(time, [...path, 'time']), distribution: shape, mayReorder: reorder };
}

export function describeJitter({ jitterMs, distribution, mayReorder }: JitterSettings): string {
  const shape = distribution === 'uniform' ? '' : ` distribution ${distribution}`;
  return `jitter ${writeTime(jitterMs)}${shape}${mayReorder ? ' may reorder' : ''}`;
}

// Slow enough that a falling delay seldom outruns time itself: order is kept by the channel and not by waiting.
const WANDER_PERIOD_JITTERS = 8;

export function jitter({ jitterMs, distribution, mayReorder }: JitterSettings, dice: Dice): Impairment {
  const jitterNs = jitterMs * 1e6;
  const deviation = DEVIATIONS[distribution];
  const periodNs = WANDER_PERIOD_JITTERS * jitterNs;
  const wanders = dice.mode === 'time' && !mayReorder && jitterNs > 0;
  const order = { latestDueNs: Number.NEGATIVE_INFINITY };
  return {
    pass(packet) {
      const roll = wanders ? dice.wander(packet, periodNs) : dice.roll(dice.stepOf(packet));
      packet.dueNs = Math.max(packet.sentNs, packet.dueNs + jitterNs * deviation(fraction(roll)));
      if (mayReorder) return;
      order.latestDueNs = Math.max(order.latestDueNs, packet.dueNs);
      packet.dueNs = order.latestDueNs;
    },
  };
}
