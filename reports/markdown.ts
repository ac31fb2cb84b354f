// A run as Markdown: for a hand-in, an issue, a repository.
import type { Reading } from '../src/bench/result.ts';
import { comparisonWords } from './comparison-words.ts';
import { fairnessTable } from './fairness-words.ts';
import { placeOf } from './figure-of.ts';
import type { Told } from './language/told.ts';
import { allFigures, figureSections } from './markdown-figures.ts';
import { accounts, carrier, wire } from './markdown-ledger.ts';
import { environment, method } from './markdown-method.ts';
import { model } from './markdown-model.ts';
import { table } from './markdown-table.ts';
import { paragraph, plain } from './markdown-text.ts';
import { notAvailableLines } from './not-available.ts';
import { sentence } from './plain-text.ts';
import { endingWords, warningWords } from './reason-words.ts';
import { verdictWords } from './verdict-words.ts';

export function markdownReport(result: Told): string {
  return [
    opening(result),
    verdicts(result),
    warnings(result),
    ...figureSections(result),
    comparisons(result),
    model(result),
    notAvailable(result),
    accounts(result),
    fairness(result),
    wire(result),
    carrier(result),
    spread(result),
    method(result),
    environment(result),
    allFigures(result),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function opening({ scenario, status, say }: Told): string {
  return [
    `# ${plain(scenario.title)}`,
    ...(status.kind === 'complete'
      ? []
      : [`> **${say.reasons.incomplete}:** ${plain(sentence(endingWords(status.why, say)))}`]),
    paragraph(scenario.question),
    `**${say.page.lookFor}** ${plain(scenario.lookFor)}`,
    ...(scenario.teaches === '' ? [] : [`**${say.page.teaches}** ${plain(scenario.teaches)}`]),
  ].join('\n\n');
}

function verdicts(result: Told): string {
  const { verdicts: all, say } = result;
  if (all.length === 0) return '';
  const blocks = all.map((verdict, index) => {
    const { outcome, because } = verdictWords(verdict, result);
    return [
      `${index + 1}. ${say.terminal.quotes[0]}${plain(verdict.sentence)}${say.terminal.quotes[1]} — **${outcome}**`,
      ...because.map((text) => `   - ${paragraph(text)}`),
    ].join('\n');
  });
  return [`## ${say.page.verdict}`, ...blocks].join('\n\n');
}

function warnings(result: Told): string {
  const lines = result.warnings.map((warning) => warningWords(warning, result));
  return lines.length === 0 ? '' : section(result.say.page.beforeYouBelieve, lines);
}

function comparisons(result: Told): string {
  const { comparisons: all, say } = result;
  const blocks = all.flatMap((comparison) => {
    const words = comparisonWords(comparison, result);
    if (words.length === 0) return [];
    const title = say.comparisons.against(comparison.other, comparison.baseline, placeOf(comparison, true));
    return [`### ${plain(title)}\n\n${words.map((text) => `- ${paragraph(text)}`).join('\n')}`];
  });
  if (blocks.length === 0) return '';
  const pairs = all.some((comparison) => comparison.pairs !== undefined) ? say.comparisons.pairs : '';
  return [`## ${say.comparisons.title}`, `${pairs}${say.comparisons.intervals}`, ...blocks].join('\n\n');
}

function fairness(result: Told): string {
  const own = fairnessTable(result);
  return own === undefined ? '' : `## ${result.say.fairness.title}\n\n${table(own.head, own.rows, own.words)}`;
}

function notAvailable(result: Told): string {
  const lines = notAvailableLines(result);
  return lines.length === 0 ? '' : section(result.say.page.notAvailable, lines);
}

/** From the lowest to the highest repetition: how far one run alone could have been believed. */
function spread({ cells, metrics, say }: Told): string {
  const rows = cells.flatMap((cell) => {
    const measured = cell.repetitions.flatMap(({ outcome }) => (outcome.kind === 'measured' ? [outcome.figures] : []));
    if (measured.length === 0) return [];
    const column = (metric: string, unit: string) =>
      range(
        measured.map((figures) => figures[metric]),
        unit,
        say,
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
  const title = (id: string, unit: string) => `${metrics[id]?.title ?? id}${unit}`;
  const figures = [title('loss', ''), title('delay-p50', ', ms'), title('delay-p99', ', ms')];
  const head = [say.figures.link, say.figures.over, say.figures.repetitions, ...figures];
  return rows.length === 0 ? '' : `## ${say.figures.spread}\n\n${table(head, rows)}`;
}

function range(values: readonly (Reading | undefined)[], unit: string, say: Told['say']): string {
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return say.reading(undefined, unit);
  const sorted = [...known].sort((a, b) => (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY));
  const [low, high] = [say.reading(sorted[0], unit), say.reading(sorted.at(-1), unit)];
  return low === high ? low : say.figures.range(low!, high!);
}

function section(title: string, lines: readonly string[]): string {
  return `## ${title}\n\n${lines.map((line) => `- ${paragraph(sentence(line))}`).join('\n')}`;
}
