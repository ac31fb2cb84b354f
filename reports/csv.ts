// Every figure of every cell for a program: tidy, a line for each, as RFC 4180 has it.
import type { Cell, Reading, RunResult } from '../src/bench/result.ts';
import { oneLine } from './plain-text.ts';

const HEAD = ['transport', 'link', 'point', 'metric', 'value', 'low', 'high', 'unit', 'no_interval'];

/** What is infinite is `inf`; what is not there is empty. */
export function csvReport({ cells, metrics }: RunResult): string {
  const rows = cells.flatMap((cell) => cellRows(cell, metrics));
  return [HEAD, ...rows].map((row) => `${row.map(field).join(',')}\n`).join('');
}

function cellRows({ transport, link, point, figures = {} }: Cell, metrics: RunResult['metrics']): string[][] {
  return Object.entries(figures).map(([metric, { value, low, high, noInterval }]) => [
    transport,
    link,
    point,
    metric,
    number(value),
    number(low),
    number(high),
    metrics[metric]?.unit ?? '',
    noInterval?.kind ?? '',
  ]);
}

function number(value: Reading | undefined): string {
  if (value === undefined) return '';
  return value === null ? 'inf' : String(value);
}

function field(text: string): string {
  const line = oneLine(text);
  return /[",]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
}
