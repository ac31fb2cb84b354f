// A proportion of messages, as a loss ratio (RFC 7680), with its interval.
import { normalQuantile } from './student.ts';

export interface Proportion {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/** Wilson's score interval (E. B. Wilson, JASA 22, 1927): sound for few losses and for none. */
export function proportion(hits: number, count: number, confidence = 0.95): Proportion {
  if (count === 0) return { ratio: 0, low: 0, high: 1 };
  const ratio = hits / count;
  const z = normalQuantile((1 + confidence) / 2);
  const z2 = z ** 2;
  const centre = (ratio + z2 / (2 * count)) / (1 + z2 / count);
  const half = (z / (1 + z2 / count)) * Math.sqrt((ratio * (1 - ratio)) / count + z2 / (4 * count ** 2));
  return {
    ratio,
    low: hits === 0 ? 0 : Math.max(0, centre - half),
    high: hits === count ? 1 : Math.min(1, centre + half),
  };
}
