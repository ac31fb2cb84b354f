// Figures as people read them: few digits, the unit said once, and words where there is no number. What is small is not
// rounded to nothing, and what is nearly all is not rounded to all.
import type { Figure, SignedFigure, SignedReading } from '../src/bench/result.ts';

const NOT_REACHED = 'not reached';
const NOT_AVAILABLE = 'n/a';

export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** At most nine characters: 9,999,999, then 10.0 M and 12.3 G. */
export function shortCount(value: number): string {
  if (value < 1e7) return count(value);
  return value < 1e9 ? `${significant(value / 1e6)} M` : `${significant(value / 1e9)} G`;
}

/** "1 pair", "4 pairs" */
export function plural(value: number, noun: string, many = `${noun}s`): string {
  return `${count(value)} ${value === 1 ? noun : many}`;
}

/** Three significant digits: 0.123, 1.23, 12.3, 123, 12,345. */
export function milliseconds(value: number | null | undefined): string {
  if (value === null) return NOT_REACHED;
  if (value === undefined) return NOT_AVAILABLE;
  return significant(value);
}

export function percent(ratio: number | undefined): string {
  if (ratio === undefined) return NOT_AVAILABLE;
  return `${hundredths(ratio)} %`;
}

/** A figure in its unit, without the unit's name where a heading has it: "not reached" where it is infinite. */
export function reading(value: SignedReading | undefined, unit: string): string {
  if (value === undefined) return NOT_AVAILABLE;
  if (value === null) return NOT_REACHED;
  if (value === '-infinite') return 'far less';
  if (value < 0) return `−${reading(-value, unit)}`;
  switch (unit) {
    case 'share':
      return percent(value);
    case 'bit/s':
      return bitsPerSecond(value);
    default:
      return Number.isInteger(value) ? shortCount(value) : significant(value);
  }
}

/** "4.80 % (4.30 % to 5.40 %)" */
export function withInterval(figure: Figure | SignedFigure | undefined, unit: string): string {
  if (figure === undefined) return NOT_AVAILABLE;
  const { value, low, high } = figure;
  if (low === undefined || high === undefined || (low === value && high === value)) return reading(value, unit);
  return `${reading(value, unit)} (${reading(low, unit)} to ${reading(high, unit)})`;
}

export function bitsPerSecond(value: number | undefined): string {
  if (value === undefined) return NOT_AVAILABLE;
  if (value >= 0.9995e9) return `${significant(value / 1e9)} Gbit/s`;
  return value >= 0.9995e6 ? `${significant(value / 1e6)} Mbit/s` : `${significant(value / 1e3)} kbit/s`;
}

/** Without the zeros that say nothing: 1 s, 0.2 s, 43.2 s. */
export function seconds(ms: number): string {
  const text = significant(ms / 1000);
  return `${text.includes('.') ? text.replace(/\.?0+$/, '') : text} s`;
}

function hundredths(ratio: number): string {
  const text = significant(ratio * 100);
  return ratio < 1 && Number(text) === 100 ? '>99.9' : text;
}

function significant(value: number): string {
  if (value === 0) return '0';
  if (value < 0.0005) return '<0.001';
  const rounded = Number(value.toPrecision(3));
  if (rounded >= 1000) return count(Math.round(value));
  return value.toFixed(rounded >= 100 ? 0 : rounded >= 10 ? 1 : rounded >= 1 ? 2 : 3);
}
