// A run as text for a terminal of 80 columns: the verdict first, then the figures.
import type { ChalkInstance } from 'chalk';
import Table from 'cli-table3';
import type { Cell, RunResult, Verdict } from '../src/bench/result.ts';
import { count, milliseconds, percent, seconds } from './numbers.ts';
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
  const ran = `${count(sent)} messages over the ${backend} backend in ${seconds(environment.tookMs)}, ${scenario.repetitions} repetitions`;
  const lines = [paint.bold(scenario.title), ...wrap(scenario.question, WIDTH), paint.dim(ran)];
  if (status.kind === 'incomplete') lines.push(paint.yellow(`INCOMPLETE: ${status.why}.`));
  return lines.join('\n');
}

function verdicts({ verdicts: all, backend }: RunResult, paint: ChalkInstance): string {
  return all.map((verdict, index) => verdictBlock(verdict, index + 1, backend, paint)).join('\n\n');
}

function verdictBlock(verdict: Verdict, number: number, backend: string, paint: ChalkInstance): string {
  const { outcome, because } = verdictWords(verdict, backend);
  const sentence = wrap(`“${verdict.sentence}”`, WIDTH - 3).map(
    (line, i) => `${i === 0 ? `${number}. ` : '   '}${paint.bold(line)}`,
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

function figuresTable(cells: readonly Cell[], paint: ChalkInstance): string {
  const table = new Table({
    head: ['link', 'over', 'sent', 'lost', 'twice', 'reordered', 'p50 ms', 'p99 ms'].map((name) => paint.bold(name)),
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 1 },
    chars: RULES,
  });
  for (const cell of cells) table.push(figureRow(cell, paint));
  return table.toString();
}

const RULES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' ',
};

function figureRow(
  { link, transport, figures, notAvailable }: Cell,
  paint: ChalkInstance,
): (string | { colSpan: number; hAlign: 'left'; content: string })[] {
  if (figures === undefined) {
    return [
      link,
      transport,
      {
        colSpan: 6,
        hAlign: 'left',
        content: paint.dim(notAvailable === undefined ? 'nothing measured' : 'not available'),
      },
    ];
  }
  return [
    link,
    transport,
    count(figures.sent),
    percent(figures.loss.ratio),
    count(figures.duplicates),
    percent(figures.reordering),
    milliseconds(figures.delayMs.p50),
    milliseconds(figures.delayMs.p99),
  ];
}

function notes({ cells, scenario }: RunResult, paint: ChalkInstance): string {
  const reasons = new Map<string, string[]>();
  for (const { link, transport, notAvailable } of cells) {
    if (notAvailable !== undefined)
      reasons.set(notAvailable, [...(reasons.get(notAvailable) ?? []), `${link} over ${transport}`]);
  }
  const timerErrors = cells.flatMap(({ figures }) =>
    figures?.timerErrorMs === undefined ? [] : [figures.timerErrorMs.p99],
  );
  const lines = [
    `Delay counts from the planned instant, over all messages sent; lost is what has not come within ${seconds(scenario.waitingMs)}.`,
    `Every message crosses the link twice: up to the server, and down to its receiver.`,
    `The lab itself sent late by at most ${milliseconds(Math.max(0, ...timerErrors))} ms (p99, worst cell).`,
    ...[...reasons].map(([why, where]) => `Not available (${where.join(', ')}): ${why}.`),
    ...cells.flatMap(failures),
  ];
  return lines
    .flatMap((line) => wrap(line, WIDTH))
    .map((line) => paint.dim(line))
    .join('\n');
}

function failures({ link, transport, repetitions }: Cell): string[] {
  return repetitions.flatMap(({ number, outcome }) =>
    outcome.kind === 'failed' ? [`Repetition ${number} of ${link} over ${transport} failed: ${outcome.why}`] : [],
  );
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}
