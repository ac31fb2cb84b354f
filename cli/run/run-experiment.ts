// One experiment from an open rig to a folder with its report, whether it is begun or gone on with.
import { join } from 'node:path';
import { csvReport } from '../../reports/csv.ts';
import type { Language } from '../../reports/language/language.ts';
import { speechIn } from '../../reports/language/speech.ts';
import { type Told, told } from '../../reports/language/told.ts';
import { markdownReport } from '../../reports/markdown.ts';
import { terminalReport } from '../../reports/terminal.ts';
import type { RunFolder } from '../../src/bench/folder/run-folder.ts';
import { describeEnvironment } from '../../src/bench/run/environment.ts';
import { run, type WantedPrecision } from '../../src/bench/run/run.ts';
import type { FinishedTrial } from '../../src/bench/run/trial.ts';
import type { Scenario } from '../../src/bench/scenario/scenario.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import { openInBrowser } from '../open-in-browser.ts';
import { labVersion } from '../package.ts';
import { paintFor } from '../paint.ts';
import { PROGRAMS } from '../programs.ts';
import type { ChosenRig } from './open-rig.ts';
import { showProgress } from './progress.ts';
import { TRANSPORT_FACTS } from './transport-facts.ts';

/** How a run is told of. */
export interface Telling {
  readonly json: boolean;
  readonly language: Language;
  readonly open: boolean;
}

export interface Experiment {
  readonly name: string;
  readonly scenario: Scenario;
  readonly seed: number;
  /** Closed at the end, whatever it is. */
  readonly chosen: ChosenRig;
  readonly command: string;
  readonly startedAt: Date;
  readonly folder: string;
  readonly journal: RunFolder;
  readonly telling: Telling;
  readonly signal: AbortSignal;
  readonly precision: WantedPrecision | undefined;
  readonly finished?: readonly FinishedTrial[];
  readonly tookBeforeMs?: number;
}

/** Something failed: what was measured is there, and not all of it could be. */
const EXIT_INCOMPLETE = 1;
/** Ctrl-C, as a shell knows it. */
const EXIT_INTERRUPTED = 130;

export async function runExperiment(experiment: Experiment): Promise<void> {
  const { chosen, telling, signal } = experiment;
  const { reasons } = speechIn(telling.language);
  if (chosen.why !== undefined && !telling.json) process.stderr.write(`${reasons.backendWhy(chosen.why)}\n`);
  try {
    const result = await carryOut(experiment);
    await tell(result, experiment, await addPage(result, experiment));
    if (result.status.kind === 'incomplete') process.exitCode = signal.aborted ? EXIT_INTERRUPTED : EXIT_INCOMPLETE;
  } catch (error) {
    await chosen.rig.close().catch(() => {});
    throw error;
  }
  await chosen.rig.close();
}

async function carryOut(experiment: Experiment): Promise<Told> {
  const { name, scenario, seed, chosen, command, startedAt, journal, telling, signal, precision, finished } =
    experiment;
  const { tookBeforeMs = 0 } = experiment;
  const options = {
    name,
    scenario,
    seed,
    rig: chosen.rig,
    ...(chosen.why === undefined ? {} : { backendWhy: chosen.why }),
    programs: PROGRAMS,
    clock: monotonicNs,
    command,
    environment: { ...describeEnvironment(labVersion()), startedAt: startedAt.toISOString() },
    signal,
    journal,
    facts: TRANSPORT_FACTS,
    ...(precision && { precision }),
    ...(finished && { finished }),
    tookBeforeMs,
  };
  const [title, say] = [titleOf(scenario, telling.language), speechIn(telling.language)];
  const result = await showProgress(title, say, !telling.json, (onProgress) => run({ ...options, onProgress }));
  const inLanguage = told(result, telling.language);
  await journal.finish(result, { 'report.md': markdownReport(inLanguage), 'figures.csv': csvReport(result) });
  return inLanguage;
}

/**
 * Drawing takes a library of many files. Where the machine has no room for them at once the run is on disk already, and
 * nothing is missing but the page.
 * @returns whether it was made
 */
async function addPage(result: Told, { journal, folder }: Experiment): Promise<boolean> {
  try {
    const { htmlReport } = await import('../../reports/html/page.ts');
    await journal.add('report.html', htmlReport(result));
    return true;
  } catch (error) {
    const { message } = error as Error;
    const command = `lab report ${folder} --open`;
    process.stderr.write(`${result.say.terminal.pageNotMade(message, command)}\n`);
    return false;
  }
}

async function tell({ say, ...result }: Told, { folder, telling }: Experiment, hasPage: boolean): Promise<void> {
  if (telling.json) return console.log(JSON.stringify(result, null, 2));
  const report = terminalReport({ ...result, say }, paintFor(process.stdout));
  const toRead = hasPage ? say.terminal.and('report.html', 'report.md') : 'report.md';
  console.log(`\n${report}\n\n${say.terminal.written(folder, toRead)}`);
  if (telling.open && hasPage) await openInBrowser(join(folder, 'report.html'));
}

function titleOf({ title, translations }: Scenario, language: Language): string {
  return translations[language]?.title ?? title;
}
