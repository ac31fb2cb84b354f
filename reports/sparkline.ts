// A row of figures as a row of bars, one character each.
import type { Reading } from '../src/bench/result.ts';

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** `↑` where a figure was not reached, `·` where it is not available. @param largest what the highest bar stands for */
export function sparkline(values: readonly (Reading | undefined)[], largest: number): string {
  return values
    .map((value) => {
      if (value === undefined) return '·';
      if (value === null) return '↑';
      return BARS[Math.min(BARS.length - 1, Math.floor((value / largest) * BARS.length))];
    })
    .join('');
}
