// One experiment from an open rig to a folder with its report, whether it is begun or gone on with.
import { csvReport } from '../../reports/csv.ts';
import { markdownReport } from '../../reports/markdown.ts';
import { terminalReport } from '../../reports/terminal.ts';
import type { RunFolder } from '../../src/bench/folder/run-folder.ts';
import type { RunResult } from '../../src/bench/result.ts';
import { describeEnvironment } from '../../src/bench/run/environment.ts';
import { run, type WantedPrecision } from '../../src/bench/run/run.ts';
import type { FinishedTrial } from '../../src/bench/run/trial.ts';
import type { Scenario } from '../../src/bench/scenario/scenario.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import { labVersion } from '../package.ts';
import { paintFor } from '../paint.ts';
import { PROGRAMS } from '../programs.ts';
import type { ChosenRig } from './open-rig.ts';
import { showProgress } from './progress.ts';
import { TRANSPORT_FACTS } from './transport-facts.ts';

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
  readonly json: boolean;
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
  const { chosen, json, signal } = experiment;
  if (chosen.why !== undefined && !json) process.stderr.write(`${chosen.why}\n`);
  try {
    const result = await carryOut(experiment);
    tell(result, experiment, await addPage(result, experiment));
    if (result.status.kind === 'incomplete') process.exitCode = signal.aborted ? EXIT_INTERRUPTED : EXIT_INCOMPLETE;
  } catch (error) {
    await chosen.rig.close().catch(() => {});
    throw error;
  }
  await chosen.rig.close();
}

async function carryOut(experiment: Experiment): Promise<RunResult> {
  const { name, scenario, seed, chosen, command, startedAt, journal, json, signal, precision, finished } = experiment;
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
  const result = await showProgress(scenario.title, !json, (onProgress) => run({ ...options, onProgress }));
  await journal.finish(result, {
    'report.md': markdownReport(result),
    'figures.csv': csvReport(result),
  });
  return result;
}

/**
 * Drawing takes a library of many files. Where the machine has no room for them at once the run is on disk already, and
 * nothing is missing but the page.
 * @returns whether it was made
 */
async function addPage(result: RunResult, { journal, folder }: Experiment): Promise<boolean> {
  try {
    const { htmlReport } = await import('../../reports/html/page.ts');
    await journal.add('report.html', htmlReport(result));
    return true;
  } catch (error) {
    const { message } = error as Error;
    process.stderr.write(`report.html was not made: ${message}. To make it: lab report ${folder} --format html\n`);
    return false;
  }
}

function tell(result: RunResult, { folder, json }: Experiment, hasPage: boolean): void {
  if (json) return console.log(JSON.stringify(result, null, 2));
  const report = terminalReport(result, paintFor(process.stdout));
  console.log(
    `\n${report}\n\nWritten to ${folder}: ${hasPage ? 'report.html and report.md' : 'report.md'} to read; run.json, figures.csv and *.csv.gz for programs.`,
  );
}
