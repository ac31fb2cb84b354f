// Figures as people read them: few digits, the unit said once, and words where there is no number.
import type { Proportion } from '../src/bench/result.ts';

const NOT_REACHED = 'not reached';
const NOT_AVAILABLE = 'n/a';

export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** Three significant digits: 0.123, 1.23, 12.3, 123. */
export function milliseconds(value: number | null | undefined): string {
  if (value === null) return NOT_REACHED;
  if (value === undefined) return NOT_AVAILABLE;
  return significant(value);
}

export function percent(ratio: number | undefined): string {
  if (ratio === undefined) return NOT_AVAILABLE;
  return ratio === 0 ? '0 %' : `${significant(ratio * 100)} %`;
}

/** "4.8 % (4.3–5.4)" */
export function percentWithInterval({ ratio, low, high }: Proportion): string {
  return `${percent(ratio)} (${significant(low * 100)}–${significant(high * 100)})`;
}

export function bitsPerSecond(value: number | undefined): string {
  if (value === undefined) return NOT_AVAILABLE;
  return value >= 1e6 ? `${significant(value / 1e6)} Mbit/s` : `${significant(value / 1e3)} kbit/s`;
}

export function seconds(ms: number): string {
  return `${significant(ms / 1000)} s`;
}

function significant(value: number): string {
  const decimals = value === 0 || value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
  return value.toFixed(decimals);
}
