// Axes that several drawings share.
import * as Plot from '@observablehq/plot';
import type { Speech } from '../../language/speech.ts';

/** Of delays in ms, which span decades. @param domain from the least to the most, in ms */
export function delayAxis(say: Speech, domain: readonly [number, number]) {
  const ticks = logTicks(...domain);
  return { type: 'log' as const, domain: [...domain], grid: true, ticks, tickFormat: (ms: number) => tick(ms, say) };
}

/**
 * Few of them, and at least two: decades, or 1, 2 and 5 of each, or, where not even those are in reach, even steps. None where there is
 * no logarithm: a file may say that a delay was 0, or more than there are numbers.
 */
export function logTicks(least: number, most: number): number[] {
  if (!(least > 0 && most < Number.POSITIVE_INFINITY)) return [];
  const decades = Math.log10(most / least);
  const marks = decades > 3 ? [1] : [1, 2, 5];
  const all: number[] = [];
  for (let exponent = Math.floor(Math.log10(least)); exponent <= Math.ceil(Math.log10(most)); exponent++) {
    for (const mark of marks) all.push(Number((mark * 10 ** exponent).toPrecision(3)));
  }
  const within = all.filter((value) => value >= least && value <= most);
  return within.length > 2 ? within : evenTicks(least, most);
}

function evenTicks(least: number, most: number): number[] {
  const raw = (most - least) / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= raw)!;
  const first = Math.ceil(least / step);
  const count = Math.floor(most / step) - first + 1;
  return Array.from({ length: count }, (_, at) => Number(((first + at) * step).toPrecision(6)));
}

/** At most ten of these consecutive whole numbers, at even distances. */
export function wholeTicks(numbers: readonly number[]): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100].find((each) => numbers.length / each <= 10) ?? numbers.length;
  return numbers.filter((number) => number % step === 0);
}

/** Without the zeros that say nothing, and nothing between 1, 2 and 5 where decades are many. */
export function tick(value: number, { count }: Speech): string {
  return count(Number(value.toPrecision(6))).replace('-', '−');
}

export function shareAxis(say: Speech) {
  return { grid: true, tickFormat: (share: number) => `${say.count(Number((share * 100).toPrecision(3)))} %` } as const;
}

/** Of any figure, in its unit; a unit that the ticks have with them is not said again. @param arrow which way it grows */
export function valueAxis(unit: string, arrow: '↑' | '→', say: Speech) {
  if (unit === 'share') return { ...shareAxis(say), label: null };
  const isRate = unit === 'bit/s';
  const words = arrow === '↑' ? `↑ ${say.unit(unit)}` : `${say.unit(unit)} →`;
  return {
    grid: true,
    // A rate takes room.
    ticks: isRate ? 3 : 5,
    tickFormat: (value: number) => (isRate ? say.reading(value, unit) : tick(value, say)),
    label: isRate || unit === 'ratio' ? null : words,
  };
}

/** Rows that are called by words, at the left, and the room that the words take. @param most of it, in pixels */
export function rowAxis(rows: readonly string[], most: number) {
  const longest = Math.max(...rows.map((row) => row.length));
  return {
    marginLeft: Math.min(most, 14 + longest * CHARACTER_WIDTH),
    y: { domain: [...rows], label: null, tickSize: 0 },
  };
}

/** Of a tick's words, on the average. */
const CHARACTER_WIDTH = 6.6;

/** When the channel lost what crossed it, behind what is drawn. */
export function badGround(moments: readonly { readonly from: number; readonly to: number }[]): Plot.Markish {
  return Plot.rectX(
    moments.map(({ from, to }) => ({ x1: Math.max(0, from), x2: to })),
    { x1: 'x1', x2: 'x2', fill: 'var(--bad)' },
  );
}
