// Loss (RFC 7680) as a proportion with its interval.
import type { Proportion } from '../result.ts';

const Z_95 = 1.959963984540054;

/** Wilson's score interval at 95 % (E. B. Wilson, JASA 22, 1927): sound for few losses and for none. */
export function proportion(hits: number, count: number): Proportion {
  if (count === 0) return { ratio: 0, low: 0, high: 1 };
  const ratio = hits / count;
  const z2 = Z_95 ** 2;
  const centre = (ratio + z2 / (2 * count)) / (1 + z2 / count);
  const half = (Z_95 / (1 + z2 / count)) * Math.sqrt((ratio * (1 - ratio)) / count + z2 / (4 * count ** 2));
  return {
    ratio,
    low: hits === 0 ? 0 : Math.max(0, centre - half),
    high: hits === count ? 1 : Math.min(1, centre + half),
  };
}
