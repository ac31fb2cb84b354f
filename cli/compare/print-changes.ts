// Two runs that are on disk, set side by side in the form that is asked for; the exit code tells of broken limits.
import { whyNot } from '../../reports/changes/change-words.ts';
import { markdownChanges } from '../../reports/changes/markdown.ts';
import { terminalChanges } from '../../reports/changes/terminal.ts';
import { type ToldChanges, toldChanges } from '../../reports/changes/told-changes.ts';
import type { Language } from '../../reports/language/language.ts';
import type { Speech } from '../../reports/language/speech.ts';
import { noIntervalWords } from '../../reports/reason-words.ts';
import { changesBetween } from '../../src/bench/changes/changes.ts';
import {
  type Breach,
  breachesOf,
  LIMIT_NOTATION,
  type Limit,
  parseLimit,
  type Unknown,
} from '../../src/bench/changes/fail-on.ts';
import { readResult } from '../../src/bench/folder/read-result.ts';
import { isMetricId, METRICS } from '../../src/bench/metrics/catalogue.ts';
import { CallerError } from '../../src/core/errors.ts';
import { paintFor } from '../paint.ts';
import { printable } from '../printable.ts';

export type ChangesFormat = 'terminal' | 'html' | 'markdown' | 'json';

export interface Asked {
  readonly before: string;
  readonly after: string;
  readonly format: ChangesFormat;
  readonly failOn: readonly string[];
  readonly language: Language;
}

const EXIT_BROKEN = 1;

/** @throws CallerError where a run can't be read or a limit is none */
export async function printChanges({ before, after, format, failOn, language }: Asked): Promise<void> {
  const limits = failOn.map(limitOf);
  const [own, other] = await Promise.all([before, after].map(readResult));
  const changes = changesBetween({ folder: before, result: own! }, { folder: after, result: other! });
  const told = toldChanges(changes, language);
  process.stdout.write(await rendered(told, format));
  if (limits.length === 0) return;
  const breaches = breachesOf(limits, changes);
  const nothing = changes.cells.length === 0;
  for (const line of nothing ? [told.say.changes.nothingToCompare] : limitWords(limits, breaches, told)) {
    process.stderr.write(`${printable(line)}\n`);
  }
  // What can't be told is not kept: a gate that nobody can see through stays shut.
  if (nothing || breaches.length > 0) process.exitCode = EXIT_BROKEN;
}

function limitOf(text: string): Limit {
  const limit = parseLimit(text, unitOf);
  if (limit === undefined) {
    throw new CallerError(
      `--fail-on "${text}" is no limit. Write ${LIMIT_NOTATION} ("lab explain" lists the metrics).`,
    );
  }
  return limit;
}

function unitOf(name: string): string | undefined {
  return isMetricId(name) ? METRICS[name].unit : undefined;
}

async function rendered({ say, ...changes }: ToldChanges, format: ChangesFormat): Promise<string> {
  const told = { say, ...changes };
  switch (format) {
    case 'terminal':
      return `${terminalChanges(told, paintFor(process.stdout))}\n`;
    case 'html': {
      const { htmlChanges } = await import('../../reports/html/changes-page.ts');
      return htmlChanges(told);
    }
    case 'markdown':
      return markdownChanges(told);
    case 'json':
      return `${JSON.stringify(changes, null, 2)}\n`;
  }
}

function limitWords(limits: readonly Limit[], breaches: readonly Breach[], { say, metrics }: ToldChanges): string[] {
  const kept = limits.filter((limit) => !breaches.some((breach) => breach.limit === limit)).map(({ text }) => text);
  const words = breaches.map((breach) => {
    const { limit, cell } = breach;
    if (breach.kind === 'not-known')
      return say.changes.notKnown(limit.text, say.cell(cell), unknownWords(breach.why, say));
    const unit = metrics[limit.metric]?.unit ?? '';
    const [before, after] = [breach.figure.before, breach.figure.after].map(({ value }) => say.withUnit(value, unit));
    return say.changes.broken(limit.text, say.cell(cell), before!, after!);
  });
  return [...words, ...(kept.length === 0 ? [] : [say.changes.kept(kept.join(', '))])];
}

function unknownWords(why: Unknown, say: Speech): string {
  switch (why.kind) {
    case 'no-interval':
      return noIntervalWords(why.of, say);
    case 'incomparable':
      return whyNot(why.of, say);
    case 'no-figure':
      return say.changes.noFigure;
  }
}
