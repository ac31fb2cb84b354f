// All metrics by group: name, unit, and what they say.
import type { ChalkInstance } from 'chalk';
import { tableLines, wrap } from '../../reports/plain-text.ts';
import { METRIC_GROUPS, METRICS } from '../../src/bench/metrics/catalogue.ts';

const WIDTH = 80;

export function metricList(paint: ChalkInstance): string {
  const groups = METRIC_GROUPS.map(({ title, ids }) => {
    const rows = ids.map((id) => [id, METRICS[id].unit, firstSentence(METRICS[id].reading)]);
    const lines = tableLines(COLUMNS, rows, WIDTH).slice(1).flat();
    return [paint.bold(title), ...lines].join('\n');
  });
  const end = wrap('In full, with formula and source: lab explain METRIC. All on one page: docs/metrics.md.', WIDTH);
  return [...groups, end.map((line) => paint.dim(line)).join('\n')].join('\n\n');
}

function firstSentence(text: string): string {
  return /^.*?[.](?= |$)/.exec(text)?.[0] ?? text;
}

const COLUMNS = [
  { name: '', align: 'left', narrow: 28 },
  { name: '', align: 'left', narrow: 8 },
  { name: '', align: 'left', narrow: 40 },
] as const;
