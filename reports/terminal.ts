// A run as text for a terminal of 80 columns: the verdict first, then the figures.
import type { ChalkInstance } from 'chalk';
import type { Cell, ComparedFigure, Comparison, MetricText, RunResult, Verdict } from '../src/bench/result.ts';
import { countOf, figureOf, placeOf } from './figure-of.ts';
import { milliseconds, percent, plural, reading, seconds, shortCount } from './numbers.ts';
import { type Column, type Row, sentence, tableLines, wrap } from './plain-text.ts';
import { verdictWords } from './verdict-words.ts';

const WIDTH = 80;

/** @param paint a chalk of the level that the terminal has; of level 0 for none */
export function terminalReport(result: RunResult, paint: ChalkInstance): string {
  return [
    heading(result, paint),
    verdicts(result, paint),
    figuresTable(result, paint),
    comparisons(result, paint),
    warnings(result, paint),
    notes(result, paint),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function heading({ scenario, backend, status, environment, cells }: RunResult, paint: ChalkInstance): string {
  const sent = cells.reduce((sum, cell) => sum + countOf(cell, 'sent'), 0);
  const repetitions = Math.max(scenario.repetitions, ...cells.map((cell) => cell.repetitions.length));
  const ran = `${plural(sent, 'message')} over the ${backend} backend in ${seconds(environment.tookMs)}, ${plural(repetitions, 'repetition')}`;
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

function figuresTable({ cells, scenario }: RunResult, paint: ChalkInstance): string {
  const hasLinks = scenario.links.length > 1;
  const columns = COLUMNS.map((column, at) =>
    at === 0 && scenario.points.length > 1
      ? { ...column, name: hasLinks ? 'link, point' : 'point', narrow: 16 }
      : column,
  );
  const rows = cells.map((cell) => figureRow(cell, placeOf(cell, hasLinks)));
  const [head, ...lines] = tableLines(columns, rows, WIDTH);
  const painted = lines.map((own, at) => (cells[at]!.figures === undefined ? own.map((line) => paint.dim(line)) : own));
  return [...head!.map((line) => paint.bold(line)), ...painted.flat()].join('\n');
}

function figureRow(cell: Cell, place: string): Row {
  const { transport, notAvailable } = cell;
  if (cell.figures === undefined) {
    return [place, transport, notAvailable === undefined ? 'nothing measured' : 'not available'];
  }
  return [
    place,
    transport,
    shortCount(countOf(cell, 'sent')),
    percent(figureOf(cell, 'loss') ?? undefined),
    percent(figureOf(cell, 'duplication') ?? undefined),
    percent(figureOf(cell, 'reordered') ?? undefined),
    milliseconds(figureOf(cell, 'delay-p50')),
    milliseconds(figureOf(cell, 'delay-p99')),
  ];
}

/** Side by side, one table for each pair of contestants; report.md has the intervals. */
function comparisons(result: RunResult, paint: ChalkInstance): string {
  const pairs = new Map<string, Comparison[]>();
  for (const comparison of result.comparisons) {
    const key = `${comparison.other} against ${comparison.baseline}`;
    pairs.set(key, [...(pairs.get(key) ?? []), comparison]);
  }
  const tables = [...pairs.values()].map((own) => comparisonTable(own, result, paint));
  return tables.length === 0 ? '' : [...tables, ...legend(result, paint)].join('\n');
}

const COMPARED = ['loss', 'delay-p50', 'delay-p99'];

function comparisonTable(own: readonly Comparison[], { metrics, scenario }: RunResult, paint: ChalkInstance): string {
  const { baseline, other } = own[0]!;
  const hasLinks = scenario.links.length > 1;
  const compared = COMPARED.filter((id) => metrics[id] !== undefined);
  const columns: Column[] = [
    { name: `${other} against ${baseline}`, align: 'left', narrow: 16 },
    { name: `${other} earlier`, align: 'right' },
    { name: `${baseline} alone`, align: 'right' },
    ...compared.map((id): Column => ({ name: titleOf(metrics[id]!), align: 'right' })),
  ];
  const rows = own.map((comparison) => [
    placeOf(comparison, hasLinks),
    pairShare(comparison, 'other-earlier'),
    pairShare(comparison, 'only-baseline'),
    ...compared.map((id) => differenceWords(comparison.figures[id], metrics[id]!.unit)),
  ]);
  const [head, ...lines] = tableLines(columns, rows, WIDTH);
  return [...head!.map((line) => paint.bold(line)), ...lines.flat()].join('\n');
}

function titleOf({ title, unit }: MetricText): string {
  return unit === 'share' ? title : `${title}, ${unit}`;
}

function pairShare({ pairs }: Comparison, name: string): string {
  const value = pairs?.figures[name]?.value;
  return typeof value === 'number' ? percent(value) : '–';
}

/** `=`: no difference; `?`: too little to say. */
function differenceWords(figure: ComparedFigure | undefined, unit: string): string {
  if (figure === undefined) return '–';
  switch (figure.conclusion) {
    case 'no-difference':
      return '=';
    case 'not-supported':
      return '?';
    case 'less':
    case 'more': {
      const value = figure.difference?.value;
      if (typeof value !== 'number') return figure.conclusion === 'more' ? 'not reached' : 'reached';
      return value > 0 ? `+${reading(value, unit)}` : reading(value, unit);
    }
  }
}

function legend({ comparisons: all }: RunResult, paint: ChalkInstance): string[] {
  const figures = all.flatMap(({ figures: each }) => COMPARED.map((id) => each[id]));
  const why = figures.find(
    (figure) => figure?.conclusion === 'not-supported' && !figure.why?.startsWith('neither'),
  )?.why;
  const lines = [
    'Message by message, then by how much the figures differ; =: no difference (its 95 % interval contains 0).',
    ...(why === undefined ? [] : [`?: ${sentence(why)}`]),
  ];
  return lines.flatMap((line) => wrap(line, WIDTH)).map((line) => paint.dim(line));
}

function warnings({ warnings: all }: RunResult, paint: ChalkInstance): string {
  return all
    .flatMap((text) => wrap(`Warning: ${sentence(text)}`, WIDTH))
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
