// Figures as people read them: few digits, the unit said once, and words where there is no number. What is small is not
// rounded to nothing, and what is nearly all is not rounded to all. Digits are set as the language has it.
import type { Figure, Reading, SignedFigure, SignedReading } from '../../src/bench/result.ts';
import type { Language } from './language.ts';
import { type Noun, NUMBER_TEXTS } from './texts/number-texts.ts';

export interface Numbers {
  /** 12,345 */
  count(value: number): string;
  /** At most nine characters: 9,999,999, then 10.0 M and 12.3 G. */
  shortCount(value: number): string;
  /** "1 pair", "4 pairs" */
  plural(value: number, noun: Noun): string;
  /** Three significant digits: 0.123, 1.23, 12.3, 123, 12,345. */
  milliseconds(value: Reading | undefined): string;
  percent(ratio: number | undefined): string;
  /** A figure for a column whose heading has the unit, such as ms; shares and rates have theirs with them. */
  reading(value: Reading | undefined, unit: string): string;
  /** The same with its interval: "4.80 % (4.30 to 5.40)", "178 (at least 54.2)". */
  withInterval(figure: Figure | undefined, unit: string): string;
  /** For a sentence: "24.1 ms", "4.80 %", "1 message". */
  withUnit(value: Reading, unit: string): string;
  /** The two together: "24.1 ms (22.0 to 26.3)". */
  withUnitAndInterval(figure: Figure, unit: string): string;
  /** The two apart: "24.1 ms" and "(22.0 to 26.3)", or nothing. */
  apart(figure: Figure, unit: string): { readonly value: string; readonly interval: string };
  /** By how much two figures differ, for a sentence: "8.86 percentage points (5.71 to 12.7)", "−3.20 ms (at most −1.1)". */
  difference(figure: SignedFigure, unit: string): string;
  /** For a column of differences, with the sign of a plus; of shares in percentage points, whose name is in the heading. */
  shortDifference(value: SignedReading, unit: string): string;
  /** Without the zeros that say nothing: 1 s, 0.2 s, 43.2 s. */
  seconds(ms: number): string;
  /** Such as ms; of what has no unit that is spoken, nothing. */
  unit(unit: string): string;
  /** "a", "a and b", "a, b and c" */
  listed(words: readonly string[]): string;
}

interface Scale {
  readonly factor: number;
  readonly suffix: string;
  /** Of things: whole ones have no decimals. */
  readonly isCount: boolean;
}

export function numbersIn(language: Language): Numbers {
  const texts = NUMBER_TEXTS[language];
  const decimal = new Intl.NumberFormat(language, { maximumFractionDigits: 20 });

  const numbers: Numbers = {
    count: (value) => decimal.format(value),
    shortCount(value) {
      if (value < 1e7) return decimal.format(value);
      return value < 1e9 ? `${significant(value / 1e6)} M` : `${significant(value / 1e9)} G`;
    },
    plural: (value, noun) => `${decimal.format(value)} ${texts.nouns[noun][value === 1 ? 0 : 1]}`,
    milliseconds: (value) => numbers.reading(value, 'ms'),
    percent: (ratio) => numbers.reading(ratio, 'share'),
    reading(value, unit) {
      if (value === undefined) return texts.notAvailable;
      if (value === null) return texts.notReached;
      const scale = scaleOf(unit, [value]);
      return `${digits(value, scale)}${scale.suffix}`;
    },
    withInterval(figure, unit) {
      if (figure === undefined) return texts.notAvailable;
      const scale = scaleOf(unit, [figure.value, figure.low, figure.high]);
      return main(figure.value, scale, '') + interval(figure, scale);
    },
    withUnit(value, unit) {
      if (value === null) return texts.notReached;
      return `${numbers.reading(value, unit)}${spokenUnit(unit, value)}`;
    },
    withUnitAndInterval(figure, unit) {
      const { value, interval: around } = numbers.apart(figure, unit);
      return around === '' ? value : `${value} ${around}`;
    },
    apart(figure, unit) {
      const scale = scaleOf(unit, [figure.value, figure.low, figure.high]);
      return {
        value: main(figure.value, scale, spokenUnit(unit, figure.value)),
        interval: interval(figure, scale).trim(),
      };
    },
    difference(figure, unit) {
      const scale = scaleOf(unit, [figure.value, figure.low, figure.high]);
      const suffix = unit === 'share' ? ` ${texts.percentagePoints}` : scale.suffix + spokenUnit(unit, undefined);
      return `${signed(figure.value, scale)}${suffix}${interval(figure, scale)}`;
    },
    shortDifference(value, unit) {
      const scale = scaleOf(unit, [value]);
      const isPlus = value === null || (value !== '-infinite' && value > 0);
      return `${isPlus ? '+' : ''}${signed(value, scale)}${unit === 'share' ? '' : scale.suffix}`;
    },
    seconds: (ms) => `${withoutZeros(significant(ms / 1000))} s`,
    unit: (unit) => texts.units[unit] ?? unit,
    listed: (words) =>
      words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${texts.and} ${words.at(-1)}`,
  };
  return numbers;

  function main(value: Reading, scale: Scale, unit: string): string {
    return value === null ? texts.notReached : `${digits(value, scale)}${scale.suffix}${unit}`;
  }

  function spokenUnit(unit: string, value: Reading | undefined): string {
    if (UNSPOKEN.includes(unit)) return '';
    if (unit === 'messages') return ` ${texts.nouns.message[value === 1 ? 0 : 1]}`;
    return ` ${numbers.unit(unit)}`;
  }

  /** Nothing where there is none, or where it is the value itself to the last digit shown. */
  function interval({ value, low, high }: SignedFigure, scale: Scale): string {
    if (low === undefined || high === undefined) return '';
    const hasNoLeast = low === '-infinite';
    const hasNoMost = high === null;
    if (low === null || high === '-infinite') return '';
    if (hasNoLeast && hasNoMost) return ` (${texts.anything})`;
    if (hasNoLeast) return ` (${texts.atMost(signed(high, scale))})`;
    if (hasNoMost) return ` (${texts.atLeast(signed(low, scale))})`;
    const shown = [value, low, high].map((each) => signed(each, scale));
    return shown.every((text) => text === shown[0]) ? '' : ` (${texts.fromTo(shown[1]!, shown[2]!)})`;
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
    if (isCount && Number.isInteger(value)) return numbers.shortCount(value);
    const isNearlyAll = suffix === ' %' && value < 1 && Number((value * factor).toPrecision(3)) === 100;
    return isNearlyAll ? `>${decimal.format(99.9)}` : significant(value * factor);
  }

  function significant(value: number): string {
    if (value === 0) return '0';
    if (value < 0.0005) return `<${decimal.format(0.001)}`;
    const rounded = Number(value.toPrecision(3));
    if (rounded >= 1000) return decimal.format(Math.round(value));
    return fixed(value, rounded >= 100 ? 0 : rounded >= 10 ? 1 : rounded >= 1 ? 2 : 3);
  }

  function fixed(value: number, places: number): string {
    return value.toFixed(places).replace('.', texts.decimalPoint);
  }

  function withoutZeros(text: string): string {
    return text.includes(texts.decimalPoint) ? text.replace(/[.,]?0+$/, '') : text;
  }
}

const UNSPOKEN: readonly string[] = ['share', 'bit/s', 'ratio', ''];

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
