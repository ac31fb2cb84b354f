// A row of figures as a row of bars, one character each.
import type { Reading } from '../src/bench/result.ts';

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/**
 * `↑` where a figure was not reached, `·` where it is not available.
 * @param largest what the highest bar stands for
 * @param zero what stands where there is nothing; the lowest bar unless given
 */
export function sparkline(values: readonly (Reading | undefined)[], largest: number, zero = BARS[0]!): string {
  return values
    .map((value) => {
      if (value === undefined) return '·';
      if (value === null) return '↑';
      if (value === 0) return zero;
      return BARS[Math.min(BARS.length - 1, Math.floor((value / largest) * BARS.length))];
    })
    .join('');
}
