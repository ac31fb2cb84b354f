// The main job: runs one scenario after another, shows where it is, and leaves a folder for each.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { csvReport } from '../../reports/csv.ts';
import { markdownReport } from '../../reports/markdown.ts';
import { terminalReport } from '../../reports/terminal.ts';
import { describeEnvironment } from '../../src/bench/environment.ts';
import type { RunResult } from '../../src/bench/result.ts';
import { run } from '../../src/bench/run.ts';
import { RunFolder } from '../../src/bench/run-folder.ts';
import { CallerError } from '../../src/core/errors.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import { labVersion } from '../package.ts';
import { paintFor } from '../paint.ts';
import { PROGRAMS } from '../programs.ts';
import { stopSignal } from '../stop-signal.ts';
import { type BackendChoice, openRig } from './open-rig.ts';
import { showProgress } from './progress.ts';
import { findScenario, type NamedScenario } from './scenario-library.ts';
import { TRANSPORT_FACTS } from './transport-facts.ts';

export interface ExperimentSettings {
  readonly scenario: readonly string[];
  readonly backend: BackendChoice;
  readonly repetitions: number | undefined;
  readonly seed: number | undefined;
  readonly out: string | undefined;
  readonly pcap: string | undefined;
  readonly json: boolean;
}

/** Something failed: what was measured is there, and not all of it could be. */
const EXIT_INCOMPLETE = 1;
/** Ctrl-C, as a shell knows it. */
const EXIT_INTERRUPTED = 130;

export async function runExperiments(settings: ExperimentSettings): Promise<void> {
  checkSettings(settings);
  const scenarios = await Promise.all(settings.scenario.map(findScenario));
  const { abort } = stopSignal();
  for (const named of scenarios) {
    if (abort.aborted) return;
    await runExperiment(withOverrides(named, settings), settings, abort);
  }
}

async function runExperiment(
  { given, name, scenario }: NamedScenario,
  settings: ExperimentSettings,
  abort: AbortSignal,
): Promise<void> {
  const startedAt = new Date();
  const folder = settings.out ?? join('runs', `${startedAt.toISOString().slice(0, 19).replaceAll(':', '-')}-${name}`);
  if (existsSync(folder)) throw new CallerError(`${folder} is there already. Give another folder with --out.`);
  const kept = new RunFolder(folder);
  await kept.tryPlace();
  const { rig, why } = await openRig(settings.backend, { mtuBytes: scenario.mtuBytes, captureFile: settings.pcap });
  if (why !== undefined && !settings.json) process.stderr.write(`${why}\n`);
  const seed = settings.seed ?? scenario.seed;
  const result = await showProgress(scenario.title, !settings.json, (onProgress) =>
    run({
      name,
      scenario,
      seed,
      rig,
      ...(why === undefined ? {} : { backendWhy: why }),
      programs: PROGRAMS,
      clock: monotonicNs,
      command: commandFor(given, settings, rig.backend, seed),
      environment: { ...describeEnvironment(labVersion()), startedAt: startedAt.toISOString() },
      signal: abort,
      onProgress,
      journal: kept,
      facts: TRANSPORT_FACTS,
    }).finally(() => rig.close()),
  );
  await kept.finish(result, { 'report.md': markdownReport(result), 'figures.csv': csvReport(result) });
  tell(result, folder, settings.json);
  if (result.status.kind === 'incomplete') process.exitCode = abort.aborted ? EXIT_INTERRUPTED : EXIT_INCOMPLETE;
}

function tell(result: RunResult, folder: string, json: boolean): void {
  if (json) console.log(JSON.stringify(result, null, 2));
  else
    console.log(
      `\n${terminalReport(result, paintFor(process.stdout))}\n\nWritten to ${folder}: report.md to read; run.json, figures.csv and *.csv.gz for programs.`,
    );
}

function withOverrides({ scenario, ...named }: NamedScenario, { repetitions }: ExperimentSettings): NamedScenario {
  return { ...named, scenario: { ...scenario, repetitions: repetitions ?? scenario.repetitions } };
}

/** What was given, with what was chosen for it: the backend that ran, and the seed. */
function commandFor(given: string, { repetitions }: ExperimentSettings, backend: string, seed: number): string {
  const source = /^[\w./-]+$/.test(given) ? given : `'${given.replaceAll("'", `'\\''`)}'`;
  const repeated = repetitions === undefined ? [] : ['--repetitions', repetitions];
  return ['lab run', source, '--backend', backend, '--seed', seed, ...repeated].join(' ');
}

function checkSettings({ scenario, backend, out, pcap, repetitions, seed }: ExperimentSettings): void {
  if (pcap !== undefined && scenario.length > 1) {
    throw new CallerError('--pcap names one file, and there are several scenarios. Run them one by one.');
  }
  if (pcap !== undefined && backend !== 'tun') {
    throw new CallerError('--pcap captures packets, and only the tun backend has them. Add --backend tun.');
  }
  if (out !== undefined && scenario.length > 1) {
    throw new CallerError(
      '--out names one folder, and there are several scenarios. Leave it out, or run them one by one.',
    );
  }
  if (repetitions !== undefined && !(Number.isInteger(repetitions) && repetitions >= 1 && repetitions <= 1000)) {
    throw new CallerError(`--repetitions ${repetitions} is not allowed. Give a whole number from 1 to 1000.`);
  }
  if (seed !== undefined && !(Number.isSafeInteger(seed) && seed >= 0)) {
    throw new CallerError(`--seed ${seed} is not allowed. Give a whole number from 0.`);
  }
}
