// Figures as people read them: few digits, the unit said once, and words where there is no number. What is small is not
// rounded to nothing, and what is nearly all is not rounded to all.
import type { Figure, Reading, SignedFigure, SignedReading } from '../src/bench/result.ts';

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
export function milliseconds(value: Reading | undefined): string {
  return reading(value, 'ms');
}

export function percent(ratio: number | undefined): string {
  return reading(ratio, 'share');
}

/** A figure for a column whose heading has the unit, such as ms; shares and rates have theirs with them. */
export function reading(value: Reading | undefined, unit: string): string {
  if (value === undefined) return NOT_AVAILABLE;
  if (value === null) return NOT_REACHED;
  const scale = scaleOf(unit, [value]);
  return `${digits(value, scale)}${scale.suffix}`;
}

/** The same with its interval: "4.80 % (4.30 to 5.40)", "178 (at least 54.2)". */
export function withInterval(figure: Figure | undefined, unit: string): string {
  if (figure === undefined) return NOT_AVAILABLE;
  const { value } = figure;
  const scale = scaleOf(unit, [figure.value, figure.low, figure.high]);
  const main = value === null ? NOT_REACHED : `${digits(value, scale)}${scale.suffix}`;
  return main + interval(figure, scale);
}

/** For a sentence: "24.1 ms", "4.80 %", "1 message". */
export function withUnit(value: Reading, unit: string): string {
  if (value === null) return NOT_REACHED;
  return `${reading(value, unit)}${spokenUnit(value === 1 && unit === 'messages' ? 'message' : unit)}`;
}

/** By how much two figures differ, for a sentence: "8.86 percentage points (5.71 to 12.7)", "−3.20 ms (at most −1.1)". */
export function difference(figure: SignedFigure, unit: string): string {
  const scale = scaleOf(unit, [figure.value, figure.low, figure.high]);
  const suffix = unit === 'share' ? ' percentage points' : scale.suffix + spokenUnit(unit);
  return `${signed(figure.value, scale)}${suffix}${interval(figure, scale)}`;
}

/** For a column of differences, with the sign of a plus; of shares in percentage points, whose name is in the heading. */
export function shortDifference(value: SignedReading, unit: string): string {
  const scale = scaleOf(unit, [value]);
  const isPlus = value === null || (value !== '-infinite' && value > 0);
  return `${isPlus ? '+' : ''}${signed(value, scale)}${unit === 'share' ? '' : scale.suffix}`;
}

/** Without the zeros that say nothing: 1 s, 0.2 s, 43.2 s. */
export function seconds(ms: number): string {
  const text = significant(ms / 1000);
  return `${text.includes('.') ? text.replace(/\.?0+$/, '') : text} s`;
}

interface Scale {
  readonly factor: number;
  readonly suffix: string;
  /** Of things: whole ones have no decimals. */
  readonly isCount: boolean;
}

/** One for a figure and its interval, so that the unit is said once. */
function scaleOf(unit: string, values: readonly (SignedReading | undefined)[]): Scale {
  switch (unit) {
    case 'share':
      return { factor: 100, suffix: ' %', isCount: false };
    case 'bit/s': {
      const largest = Math.max(0, ...values.map((value) => (typeof value === 'number' ? Math.abs(value) : 0)));
      if (largest >= 0.9995e9) return { factor: 1e-9, suffix: ' Gbit/s', isCount: false };
      if (largest >= 0.9995e6) return { factor: 1e-6, suffix: ' Mbit/s', isCount: false };
      return { factor: 1e-3, suffix: ' kbit/s', isCount: false };
    }
    default:
      return { factor: 1, suffix: '', isCount: unit === 'messages' || unit === 'copies' };
  }
}

function spokenUnit(unit: string): string {
  return ['share', 'bit/s', 'ratio', ''].includes(unit) ? '' : ` ${unit}`;
}

/** Nothing where there is none, or where it is the value itself to the last digit shown. */
function interval({ value, low, high }: SignedFigure, scale: Scale): string {
  if (low === undefined || high === undefined) return '';
  const hasNoLeast = low === '-infinite';
  const hasNoMost = high === null;
  if (low === null || high === '-infinite') return '';
  if (hasNoLeast && hasNoMost) return ' (anything is possible)';
  if (hasNoLeast) return ` (at most ${signed(high, scale)})`;
  if (hasNoMost) return ` (at least ${signed(low, scale)})`;
  const texts = [value, low, high].map((each) => signed(each, scale));
  return texts.every((text) => text === texts[0]) ? '' : ` (${texts[1]} to ${texts[2]})`;
}

function signed(value: SignedReading, scale: Scale): string {
  if (value === null) return '∞';
  if (value === '-infinite') return '−∞';
  if (value >= 0) return digits(value, scale);
  const text = digits(-value, scale);
  // The other way round it is as near to 0.
  return text.startsWith('<') ? `>−${text.slice(1)}` : `−${text}`;
}

function digits(value: number, { factor, suffix, isCount }: Scale): string {
  if (isCount && Number.isInteger(value)) return shortCount(value);
  const text = significant(value * factor);
  return suffix === ' %' && value < 1 && Number(text) === 100 ? '>99.9' : text;
}

function significant(value: number): string {
  if (value === 0) return '0';
  if (value < 0.0005) return '<0.001';
  const rounded = Number(value.toPrecision(3));
  if (rounded >= 1000) return count(Math.round(value));
  return value.toFixed(rounded >= 100 ? 0 : rounded >= 10 ? 1 : rounded >= 1 ? 2 : 3);
}
