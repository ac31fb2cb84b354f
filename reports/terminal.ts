// A run as text for a terminal of 80 columns: the verdict first, then the figures that carry it.
import type { ChalkInstance } from 'chalk';
import type { Cell, Verdict } from '../src/bench/result.ts';
import { figureOf, repetitionsOf, sentInAll } from './figure-of.ts';
import type { Speech } from './language/speech.ts';
import type { Told } from './language/told.ts';
import { sentence, wrap } from './plain-text.ts';
import { endingWords, obstacleWords, warningWords } from './reason-words.ts';
import { WIDTH } from './screen.ts';
import { arrivals } from './terminal-arrivals.ts';
import { comparisons } from './terminal-comparisons.ts';
import { figures, sentByEach } from './terminal-figures.ts';
import { verdictWords } from './verdict-words.ts';

/** Of one kind, on a screen; report.md has all. */
const MOST_LINES = 8;

/** @param paint a chalk of the level that the terminal has; of level 0 for none */
export function terminalReport(result: Told, paint: ChalkInstance): string {
  return [
    heading(result, paint),
    verdicts(result, paint),
    figures(result, paint),
    arrivals(result, paint),
    comparisons(result, paint),
    warnings(result, paint),
    notes(result, paint),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function heading(result: Told, paint: ChalkInstance): string {
  const { scenario, backend, status, environment, cells, say } = result;
  const each = sentByEach(cells);
  const ran = say.terminal.ran(
    say.plural(sentInAll(cells), 'message'),
    each === undefined ? undefined : say.count(each),
    backend,
    say.seconds(environment.tookMs),
    say.plural(repetitionsOf(result), 'repetition'),
  );
  return [
    ...wrap(scenario.title, WIDTH).map((line) => paint.bold(line)),
    ...wrap(scenario.question, WIDTH),
    ...wrap(ran, WIDTH).map((line) => paint.dim(line)),
    ...(status.kind === 'complete'
      ? []
      : wrap(`${say.reasons.incomplete.toUpperCase()}: ${sentence(endingWords(status.why, say))}`, WIDTH).map((line) =>
          paint.yellow(line),
        )),
  ].join('\n');
}

function verdicts(result: Told, paint: ChalkInstance): string {
  return result.verdicts.map((verdict, index) => verdictBlock(verdict, index + 1, result, paint)).join('\n\n');
}

function verdictBlock(verdict: Verdict, number: number, result: Told, paint: ChalkInstance): string {
  const { outcome, because } = verdictWords(verdict, result);
  const [open, close] = result.say.terminal.quotes;
  const indent = `${number}. `;
  const words = wrap(`${open}${verdict.sentence}${close}`, WIDTH - indent.length).map(
    (line, i) => `${i === 0 ? indent : ' '.repeat(indent.length)}${paint.bold(line)}`,
  );
  const reasons = first(because, result.say).flatMap((text) =>
    wrap(text, WIDTH - 5).map((line, i) => `${i === 0 ? '   - ' : '     '}${line}`),
  );
  return [...words, `   ${mark(verdict, paint)(outcome.toUpperCase())}`, ...reasons].join('\n');
}

function mark({ outcome }: Verdict, paint: ChalkInstance): ChalkInstance {
  if (outcome === 'held') return paint.green.bold;
  return outcome === 'refuted' ? paint.red.bold : paint.yellow.bold;
}

function first(texts: readonly string[], say: Speech): string[] {
  if (texts.length <= MOST_LINES) return [...texts];
  const shown = texts.slice(0, MOST_LINES - 1);
  return [...shown, say.terminal.andMore(say.count(texts.length - shown.length))];
}

function warnings(result: Told, paint: ChalkInstance): string {
  const { warnings: all, say } = result;
  const texts = all.map((warning) => `${say.reasons.warning}: ${sentence(warningWords(warning, result))}`);
  return first(texts, say)
    .flatMap((text) => wrap(text, WIDTH))
    .map((line) => paint.yellow(line))
    .join('\n');
}

function notes({ cells, scenario, backend, backendWhy, say }: Told, paint: ChalkInstance): string {
  const reasons = new Map<string, string[]>();
  for (const cell of cells) {
    if (cell.notAvailable === undefined) continue;
    const why = obstacleWords(cell.notAvailable, say);
    reasons.set(why, [...(reasons.get(why) ?? []), say.cell(cell)]);
  }
  const timerErrors = cells.flatMap((cell) => figureOf(cell, 'timer-error-p99') ?? []);
  const late = timerErrors.length === 0 ? '' : say.terminal.labWasLate(say.milliseconds(Math.max(...timerErrors)));
  const lines = [
    ...(backendWhy === undefined
      ? []
      : [say.terminal.whyBackend(backend, sentence(say.reasons.backendWhy(backendWhy)))]),
    `${say.terminal.notes(say.seconds(scenario.waitingMs))}${late}`,
    ...first(
      [...reasons].map(([why, where]) => say.terminal.notAvailable(where.join(', '), sentence(why))),
      say,
    ),
    ...first(
      cells.flatMap((cell) => failures(cell, say)),
      say,
    ),
  ];
  return lines
    .flatMap((line) => wrap(line, WIDTH))
    .map((line) => paint.dim(line))
    .join('\n');
}

/** Many repetitions may fail for one reason: it is said once. */
function failures(cell: Cell, say: Speech): string[] {
  const { repetitions } = cell;
  const numbers = new Map<string, number[]>();
  for (const { number, outcome } of repetitions) {
    if (outcome.kind === 'failed') numbers.set(outcome.why, [...(numbers.get(outcome.why) ?? []), number]);
  }
  return [...numbers].map(([why, failed]) => {
    const first = String(failed[0]);
    const which =
      failed.length === 1
        ? say.reasons.oneFailed(first)
        : say.reasons.repetitionsFailed(say.plural(failed.length, 'repetition'), first);
    return say.reasons.failed(which, say.cell(cell), sentence(why));
  });
}
