// A run as text for a terminal of 80 columns: the verdict first, then the figures that carry it.
import type { ChalkInstance } from 'chalk';
import type { Cell, RunResult, Verdict } from '../src/bench/result.ts';
import { figureOf, placeOf, repetitionsOf, sentInAll } from './figure-of.ts';
import { count, milliseconds, plural, seconds } from './numbers.ts';
import { sentence, wrap } from './plain-text.ts';
import { WIDTH } from './screen.ts';
import { comparisons } from './terminal-comparisons.ts';
import { figures, sentByEach } from './terminal-figures.ts';
import { verdictWords } from './verdict-words.ts';

/** Of one kind, on a screen; report.md has all. */
const MOST_LINES = 8;

/** @param paint a chalk of the level that the terminal has; of level 0 for none */
export function terminalReport(result: RunResult, paint: ChalkInstance): string {
  return [
    heading(result, paint),
    verdicts(result, paint),
    figures(result, paint),
    comparisons(result, paint),
    warnings(result, paint),
    notes(result, paint),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function heading(result: RunResult, paint: ChalkInstance): string {
  const { scenario, backend, status, environment, cells } = result;
  const each = sentByEach(cells);
  const messages = `${plural(sentInAll(cells), 'message')}${each === undefined ? '' : ` (${count(each)} a cell)`}`;
  const ran = `${messages} over the ${backend} backend in ${seconds(environment.tookMs)}, ${plural(repetitionsOf(result), 'repetition')}`;
  return [
    ...wrap(scenario.title, WIDTH).map((line) => paint.bold(line)),
    ...wrap(scenario.question, WIDTH),
    ...wrap(ran, WIDTH).map((line) => paint.dim(line)),
    ...(status.kind === 'complete'
      ? []
      : wrap(`INCOMPLETE: ${sentence(status.why)}`, WIDTH).map((line) => paint.yellow(line))),
  ].join('\n');
}

function verdicts(result: RunResult, paint: ChalkInstance): string {
  return result.verdicts.map((verdict, index) => verdictBlock(verdict, index + 1, result, paint)).join('\n\n');
}

function verdictBlock(verdict: Verdict, number: number, { backend, metrics }: RunResult, paint: ChalkInstance): string {
  const { outcome, because } = verdictWords(verdict, backend, metrics);
  const indent = `${number}. `;
  const words = wrap(`“${verdict.sentence}”`, WIDTH - indent.length).map(
    (line, i) => `${i === 0 ? indent : ' '.repeat(indent.length)}${paint.bold(line)}`,
  );
  const reasons = first(because).flatMap((text) =>
    wrap(text, WIDTH - 5).map((line, i) => `${i === 0 ? '   - ' : '     '}${line}`),
  );
  return [...words, `   ${mark(verdict, paint)(outcome.toUpperCase())}`, ...reasons].join('\n');
}

function mark({ outcome }: Verdict, paint: ChalkInstance): ChalkInstance {
  if (outcome === 'held') return paint.green.bold;
  return outcome === 'refuted' ? paint.red.bold : paint.yellow.bold;
}

function first(texts: readonly string[]): string[] {
  if (texts.length <= MOST_LINES) return [...texts];
  const shown = texts.slice(0, MOST_LINES - 1);
  return [...shown, `And ${texts.length - shown.length} more: they are in report.md.`];
}

function warnings({ warnings: all }: RunResult, paint: ChalkInstance): string {
  return first(all.map((text) => `Warning: ${sentence(text)}`))
    .flatMap((text) => wrap(text, WIDTH))
    .map((line) => paint.yellow(line))
    .join('\n');
}

function notes({ cells, scenario, backend, backendWhy }: RunResult, paint: ChalkInstance): string {
  const reasons = new Map<string, string[]>();
  for (const cell of cells) {
    const { transport, notAvailable } = cell;
    if (notAvailable !== undefined)
      reasons.set(notAvailable, [...(reasons.get(notAvailable) ?? []), `${placeOf(cell, true)} over ${transport}`]);
  }
  const timerErrors = cells.flatMap((cell) => figureOf(cell, 'timer-error-p99') ?? []);
  const late =
    timerErrors.length === 0
      ? ''
      : ` The lab itself sent late by at most ${milliseconds(Math.max(...timerErrors))} ms (p99, worst cell).`;
  const lines = [
    ...(backendWhy === undefined ? [] : [`Why the ${backend} backend: ${sentence(backendWhy)}`]),
    `Delay counts from the planned instant, over all messages sent; lost is what has not come within ${seconds(scenario.waitingMs)}. Every message crosses the link twice: up to the server, and down to its receiver.${late}`,
    ...first([...reasons].map(([why, where]) => `Not available (${where.join(', ')}): ${sentence(why)}`)),
    ...first(cells.flatMap(failures)),
  ];
  return lines
    .flatMap((line) => wrap(line, WIDTH))
    .map((line) => paint.dim(line))
    .join('\n');
}

/** Many repetitions may fail for one reason: it is said once. */
function failures(cell: Cell): string[] {
  const { transport, repetitions } = cell;
  const numbers = new Map<string, number[]>();
  for (const { number, outcome } of repetitions) {
    if (outcome.kind === 'failed') numbers.set(outcome.why, [...(numbers.get(outcome.why) ?? []), number]);
  }
  return [...numbers].map(([why, failed]) => {
    const which =
      failed.length === 1 ? `Repetition ${failed[0]}` : `${failed.length} repetitions (first: ${failed[0]})`;
    return `${which} of ${placeOf(cell, true)} over ${transport} failed: ${sentence(why)}`;
  });
}
