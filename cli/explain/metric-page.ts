// One metric in full.
import type { ChalkInstance } from 'chalk';
import type { Speech } from '../../reports/language/speech.ts';
import { padded, wrap } from '../../reports/plain-text.ts';
import { METRICS, type MetricId } from '../../src/bench/metrics/catalogue.ts';
import type { Metric } from '../../src/bench/metrics/metric.ts';
import { METRIC_WORDS } from './metric-words.ts';

const WIDTH = 80;
const LABEL = 10;

export function metricPage(id: MetricId, say: Speech, paint: ChalkInstance): string {
  const metric: Metric = METRICS[id];
  const { formula, source, reading, needs } = METRIC_WORDS[say.language][id];
  const { explain } = say;
  const symbols = symbolsIn(formula, say);
  const facts: [string, string][] = [
    [explain.formula, formula],
    ...(symbols === '' ? [] : [[explain.where, symbols] satisfies [string, string]]),
    [explain.unit, say.unit(metric.unit)],
    [explain.source, source],
    [explain.readIt, reading],
    [explain.better, metric.better === undefined ? explain.neither : explain[metric.better]],
    [explain.interval, metric.interval === 'wilson' ? explain.wilson : explain.bootstrap],
    ...(needs === undefined ? [] : [[explain.needs, needs] satisfies [string, string]]),
  ];
  return [paint.bold(id), ...facts.flatMap(([label, text]) => fact(label, text, paint))].join('\n');
}

function fact(label: string, text: string, paint: ChalkInstance): string[] {
  return wrap(text, WIDTH - LABEL).map((line, at) => paint.dim(padded(at === 0 ? label : '', LABEL)) + line);
}

const SYMBOLS: Readonly<Record<keyof Speech['explain']['symbols'], RegExp>> = {
  N: /\bN\b/,
  L: /\bL\b/,
  c_i: /\bc_i/,
  d_i: /\bd_i/,
  S_i: /\bS_i/,
  R_i: /\bR_i/,
  T_max: /\bT_max/,
  blocked_i: /\bblocked_i/,
};

/** What docs/metrics.md says of the symbols of a formula, in short; not of one that the formula itself begins with. */
function symbolsIn(formula: string, { explain }: Speech): string {
  const known = Object.entries(SYMBOLS) as [keyof typeof SYMBOLS, RegExp][];
  return known
    .filter(([symbol, pattern]) => pattern.test(formula) && !`${symbol}: `.startsWith(formula.slice(0, 2)))
    .map(([symbol]) => `${symbol}: ${explain.symbols[symbol]}`)
    .join('; ');
}
