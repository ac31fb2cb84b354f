// A run as text for a terminal of 80 columns: the verdict first, then the figures.
import type { ChalkInstance } from 'chalk';
import type { Cell, RunResult, Verdict } from '../src/bench/result.ts';
import { milliseconds, percent, plural, seconds, shortCount } from './numbers.ts';
import { type Column, type Row, sentence, tableLines, wrap } from './plain-text.ts';
import { verdictWords } from './verdict-words.ts';

const WIDTH = 80;

/** @param paint a chalk of the level that the terminal has; of level 0 for none */
export function terminalReport(result: RunResult, paint: ChalkInstance): string {
  return [heading(result, paint), verdicts(result, paint), figuresTable(result.cells, paint), notes(result, paint)]
    .filter((part) => part !== '')
    .join('\n\n');
}

function heading({ scenario, backend, status, environment, cells }: RunResult, paint: ChalkInstance): string {
  const sent = cells.reduce((sum, { figures }) => sum + (figures?.sent ?? 0), 0);
  const ran = `${plural(sent, 'message')} over the ${backend} backend in ${seconds(environment.tookMs)}, ${plural(scenario.repetitions, 'repetition')}`;
  return [
    ...wrap(scenario.title, WIDTH).map((line) => paint.bold(line)),
    ...wrap(scenario.question, WIDTH),
    ...wrap(ran, WIDTH).map((line) => paint.dim(line)),
    ...(status.kind === 'complete'
      ? []
      : wrap(`INCOMPLETE: ${sentence(status.why)}`, WIDTH).map((line) => paint.yellow(line))),
  ].join('\n');
}

function verdicts({ verdicts: all, backend }: RunResult, paint: ChalkInstance): string {
  return all.map((verdict, index) => verdictBlock(verdict, index + 1, backend, paint)).join('\n\n');
}

function verdictBlock(verdict: Verdict, number: number, backend: string, paint: ChalkInstance): string {
  const { outcome, because } = verdictWords(verdict, backend);
  const indent = `${number}. `;
  const sentence = wrap(`“${verdict.sentence}”`, WIDTH - indent.length).map(
    (line, i) => `${i === 0 ? indent : ' '.repeat(indent.length)}${paint.bold(line)}`,
  );
  const reasons = because.flatMap((text) =>
    wrap(text, WIDTH - 5).map((line, i) => `${i === 0 ? '   - ' : '     '}${line}`),
  );
  return [...sentence, `   ${mark(verdict, paint)(outcome.toUpperCase())}`, ...reasons].join('\n');
}

function mark({ outcome }: Verdict, paint: ChalkInstance): ChalkInstance {
  if (outcome === 'held') return paint.green.bold;
  return outcome === 'refuted' ? paint.red.bold : paint.yellow.bold;
}

const COLUMNS: readonly Column[] = [
  { name: 'link', align: 'left', narrow: 10 },
  { name: 'over', align: 'left', narrow: 6 },
  { name: 'sent', align: 'right' },
  { name: 'lost', align: 'right' },
  { name: 'twice', align: 'right' },
  { name: 'reordered', align: 'right' },
  { name: 'p50 ms', align: 'right' },
  { name: 'p99 ms', align: 'right' },
];

function figuresTable(cells: readonly Cell[], paint: ChalkInstance): string {
  const [head, ...rows] = tableLines(COLUMNS, cells.map(figureRow), WIDTH);
  const painted = rows.map((lines, at) =>
    cells[at]!.figures === undefined ? lines.map((line) => paint.dim(line)) : lines,
  );
  return [...head!.map((line) => paint.bold(line)), ...painted.flat()].join('\n');
}

function figureRow({ link, transport, figures, notAvailable }: Cell): Row {
  if (figures === undefined) {
    return [link, transport, notAvailable === undefined ? 'nothing measured' : 'not available'];
  }
  return [
    link,
    transport,
    shortCount(figures.sent),
    percent(figures.loss.ratio),
    shortCount(figures.duplicates),
    percent(figures.reordering),
    milliseconds(figures.delayMs.p50),
    milliseconds(figures.delayMs.p99),
  ];
}

function notes({ cells, scenario, backend, backendWhy }: RunResult, paint: ChalkInstance): string {
  const reasons = new Map<string, string[]>();
  for (const { link, transport, notAvailable } of cells) {
    if (notAvailable !== undefined)
      reasons.set(notAvailable, [...(reasons.get(notAvailable) ?? []), `${link} over ${transport}`]);
  }
  const timerErrors = cells.flatMap(({ figures }) =>
    figures?.timerErrorMs === undefined ? [] : [figures.timerErrorMs.p99],
  );
  const lines = [
    ...(backendWhy === undefined ? [] : [`Why the ${backend} backend: ${sentence(backendWhy)}`]),
    `Delay counts from the planned instant, over all messages sent; lost is what has not come within ${seconds(scenario.waitingMs)}.`,
    `Every message crosses the link twice: up to the server, and down to its receiver.`,
    ...(timerErrors.length === 0
      ? []
      : [`The lab itself sent late by at most ${milliseconds(Math.max(...timerErrors))} ms (p99, worst cell).`]),
    ...[...reasons].map(([why, where]) => `Not available (${where.join(', ')}): ${sentence(why)}`),
    ...cells.flatMap(failures),
  ];
  return lines
    .flatMap((line) => wrap(line, WIDTH))
    .map((line) => paint.dim(line))
    .join('\n');
}

/** Many repetitions may fail for one reason: it is said once. */
function failures({ link, transport, repetitions }: Cell): string[] {
  const numbers = new Map<string, number[]>();
  for (const { number, outcome } of repetitions) {
    if (outcome.kind === 'failed') numbers.set(outcome.why, [...(numbers.get(outcome.why) ?? []), number]);
  }
  return [...numbers].map(([why, failed]) => {
    const which =
      failed.length === 1 ? `Repetition ${failed[0]}` : `${failed.length} repetitions (first: ${failed[0]})`;
    return `${which} of ${link} over ${transport} failed: ${sentence(why)}`;
  });
}
