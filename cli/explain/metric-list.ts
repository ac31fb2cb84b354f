// All metrics by group: name, unit, and what they say.
import type { ChalkInstance } from 'chalk';
import type { Speech } from '../../reports/language/speech.ts';
import { tableLines, wrap } from '../../reports/plain-text.ts';
import { METRIC_GROUPS, METRICS } from '../../src/bench/metrics/catalogue.ts';
import { METRIC_WORDS } from './metric-words.ts';

const WIDTH = 80;

export function metricList(say: Speech, paint: ChalkInstance): string {
  const words = METRIC_WORDS[say.language];
  const groups = METRIC_GROUPS.map(({ title, ids }) => {
    const rows = ids.map((id) => [id, say.unit(METRICS[id].unit), firstSentence(words[id].reading)]);
    const lines = tableLines(COLUMNS, rows, WIDTH).slice(1).flat();
    return [paint.bold(say.explain.groups[title] ?? title), ...lines].join('\n');
  });
  const end = wrap(say.explain.inFull, WIDTH);
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
