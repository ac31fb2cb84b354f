// A run as Markdown: for a hand-in, an issue, a repository.
import type { Cell, Reading, RunResult } from '../src/bench/result.ts';
import { comparisonWords } from './comparison-words.ts';
import { placeOf } from './figure-of.ts';
import { fairnessTable } from './figure-tables.ts';
import { accounts } from './markdown-account.ts';
import { allFigures, figureSections } from './markdown-figures.ts';
import { carrier, wire } from './markdown-link.ts';
import { environment, method } from './markdown-method.ts';
import { model } from './markdown-model.ts';
import { table } from './markdown-table.ts';
import { paragraph, plain } from './markdown-text.ts';
import { notAvailableLines } from './not-available.ts';
import { reading } from './numbers.ts';
import { sentence } from './plain-text.ts';
import { verdictWords } from './verdict-words.ts';

export function markdownReport(result: RunResult): string {
  return [
    opening(result),
    verdicts(result),
    warnings(result),
    ...figureSections(result),
    comparisons(result),
    model(result),
    notAvailable(result.cells),
    accounts(result),
    fairness(result),
    wire(result),
    carrier(result),
    spread(result.cells),
    method(result),
    environment(result),
    allFigures(result),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function opening({ scenario, status }: RunResult): string {
  return [
    `# ${plain(scenario.title)}`,
    ...(status.kind === 'complete' ? [] : [`> **Incomplete:** ${plain(sentence(status.why))}`]),
    paragraph(scenario.question),
    `**What to look for.** ${plain(scenario.lookFor)}`,
    ...(scenario.teaches === '' ? [] : [`**What it teaches.** ${plain(scenario.teaches)}`]),
  ].join('\n\n');
}

function verdicts({ verdicts: all, backend, metrics }: RunResult): string {
  if (all.length === 0) return '';
  const blocks = all.map((verdict, index) => {
    const { outcome, because } = verdictWords(verdict, backend, metrics);
    return [
      `${index + 1}. “${plain(verdict.sentence)}” — **${outcome}**`,
      ...because.map((text) => `   - ${paragraph(text)}`),
    ].join('\n');
  });
  return ['## Verdict', ...blocks].join('\n\n');
}

function warnings({ warnings: all }: RunResult): string {
  return all.length === 0 ? '' : section('Before you believe a figure', all);
}

function comparisons({ comparisons: all, metrics }: RunResult): string {
  const blocks = all.flatMap((comparison) => {
    const words = comparisonWords(comparison, metrics);
    if (words.length === 0) return [];
    const title = `${comparison.other} against ${comparison.baseline}, ${placeOf(comparison, true)}`;
    return [`### ${plain(title)}\n\n${words.map((text) => `- ${paragraph(text)}`).join('\n')}`];
  });
  if (blocks.length === 0) return '';
  const pairs = all.some((comparison) => comparison.pairs !== undefined)
    ? 'Message *k* over one and message *k* over the other have the same body, recipient, planned instant and channel. '
    : '';
  return [
    '## Side by side',
    `${pairs}In parentheses: intervals of 95 %. A difference is one where its interval does not contain 0.`,
    ...blocks,
  ].join('\n\n');
}

function fairness(result: RunResult): string {
  const own = fairnessTable(result);
  return own === undefined ? '' : `## What else differs\n\n${table(own.head, own.rows, own.words)}`;
}

function notAvailable(cells: readonly Cell[]): string {
  const lines = notAvailableLines(cells);
  return lines.length === 0 ? '' : section('Not available, and why', lines);
}

/** From the lowest to the highest repetition: how far one run alone could have been believed. */
function spread(cells: readonly Cell[]): string {
  const rows = cells.flatMap((cell) => {
    const measured = cell.repetitions.flatMap(({ outcome }) => (outcome.kind === 'measured' ? [outcome.figures] : []));
    if (measured.length === 0) return [];
    const column = (metric: string, unit: string) =>
      range(
        measured.map((figures) => figures[metric]),
        unit,
      );
    return [
      [
        placeOf(cell, true),
        cell.transport,
        String(measured.length),
        column('loss', 'share'),
        column('delay-p50', 'ms'),
        column('delay-p99', 'ms'),
      ],
    ];
  });
  const head = ['link', 'over', 'repetitions', 'loss', 'delay p50, ms', 'delay p99, ms'];
  return rows.length === 0 ? '' : `## From repetition to repetition\n\n${table(head, rows)}`;
}

function range(values: readonly (Reading | undefined)[], unit: string): string {
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return reading(undefined, unit);
  const sorted = [...known].sort((a, b) => (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY));
  const [low, high] = [reading(sorted[0], unit), reading(sorted.at(-1), unit)];
  return low === high ? low : `${low} – ${high}`;
}

function section(title: string, lines: readonly string[]): string {
  return `## ${title}\n\n${lines.map((line) => `- ${paragraph(sentence(line))}`).join('\n')}`;
}
