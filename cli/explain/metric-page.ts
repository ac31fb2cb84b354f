// One metric in full.
import type { ChalkInstance } from 'chalk';
import { wrap } from '../../reports/plain-text.ts';
import { METRICS, type MetricId } from '../../src/bench/metrics/catalogue.ts';
import type { Metric } from '../../src/bench/metrics/metric.ts';

const WIDTH = 80;
const LABEL = 10;

export function metricPage(id: MetricId, paint: ChalkInstance): string {
  const metric: Metric = METRICS[id];
  const symbols = symbolsIn(metric.formula);
  const facts: [string, string][] = [
    ['formula', metric.formula],
    ...(symbols === '' ? [] : [['where', symbols] satisfies [string, string]]),
    ['unit', metric.unit],
    ['source', metric.source],
    ['read it', metric.reading],
    ['better', betterWords(metric)],
    ['interval', intervalWords(metric)],
    ...(metric.needs === undefined ? [] : [['needs', metric.needs] satisfies [string, string]]),
  ];
  return [paint.bold(id), ...facts.flatMap(([label, text]) => fact(label, text, paint))].join('\n');
}

function fact(label: string, text: string, paint: ChalkInstance): string[] {
  return wrap(text, WIDTH - LABEL).map((line, at) => paint.dim((at === 0 ? label : '').padEnd(LABEL)) + line);
}

/** What docs/metrics.md says of the symbols of a formula, in short. */
const SYMBOLS: readonly (readonly [RegExp, string])[] = [
  [/\bN\b/, 'N: all messages planned'],
  [/\bL\b/, 'L: messages that came in time'],
  [/\bc_i/, 'c_i: copies of message i that came in time'],
  [/\bd_i/, 'd_i: delay of message i, from its planned instant; infinite if lost'],
  [/\bS_i/, 'S_i: planned instant of sending'],
  [/\bR_i/, 'R_i: instant of arrival'],
  [/\bT_max/, 'T_max: the waiting time of the run'],
  [/\bblocked_i/, 'blocked_i: how long message i, all of it at the host, waited for bytes before it'],
];

function symbolsIn(formula: string): string {
  return SYMBOLS.flatMap(([symbol, words]) =>
    symbol.test(formula) && !words.startsWith(formula.slice(0, 2)) ? [words] : [],
  ).join('; ');
}

function betterWords({ better }: Metric): string {
  return better ?? 'neither less nor more';
}

function intervalWords({ interval }: Metric): string {
  return interval === 'wilson'
    ? "Wilson's, of a share of messages"
    : 'bootstrap over repetitions; none of a count or an extreme';
}
