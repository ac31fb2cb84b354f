// The main job: runs one scenario after another, shows where it is, and leaves a folder for each.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RunFolder } from '../../src/bench/folder/run-folder.ts';
import type { WantedPrecision } from '../../src/bench/run/run.ts';
import { CallerError } from '../../src/core/errors.ts';
import { stopSignal } from '../stop-signal.ts';
import { checkSettings, type ExperimentSettings } from './experiment-settings.ts';
import { openRig } from './open-rig.ts';
import { wantedPrecision } from './precision.ts';
import { runExperiment } from './run-experiment.ts';
import { findScenario, type NamedScenario } from './scenario-library.ts';

export async function runExperiments(settings: ExperimentSettings): Promise<void> {
  checkSettings(settings);
  const precision = wantedPrecision(settings);
  const scenarios = await Promise.all(settings.scenario.map(findScenario));
  const { abort } = stopSignal();
  for (const named of scenarios) {
    if (abort.aborted) return;
    await runOne(named, settings, precision, abort);
  }
}

async function runOne(
  { given, name, scenario: whole, text }: NamedScenario,
  settings: ExperimentSettings,
  precision: WantedPrecision | undefined,
  signal: AbortSignal,
): Promise<void> {
  const scenario = { ...whole, repetitions: settings.repetitions ?? whole.repetitions };
  const startedAt = new Date();
  const folder = settings.out ?? join('runs', `${startedAt.toISOString().slice(0, 19).replaceAll(':', '-')}-${name}`);
  if (existsSync(folder)) throw new CallerError(`${folder} is there already. Give another folder with --out.`);
  const journal = new RunFolder(folder, { 'scenario.yaml': text });
  await journal.tryPlace();
  const rig = await openRig(settings.server ?? settings.backend, {
    mtuBytes: scenario.mtuBytes,
    captureFile: settings.pcap,
  });
  const seed = settings.seed ?? scenario.seed;
  await runExperiment({
    name,
    scenario,
    seed,
    chosen: rig,
    command: commandFor(given, settings, rig.rig.backend, seed),
    startedAt,
    folder,
    journal,
    telling: settings,
    signal,
    precision,
  });
}

/** What was given, with what was chosen for it: the backend that ran, and the seed. */
function commandFor(given: string, settings: ExperimentSettings, backend: string, seed: number): string {
  const { repetitions, until, untilMetric, maxTime, server } = settings;
  const options = [
    ...(server === undefined ? ['--backend', backend] : ['--server', quoted(server)]),
    '--seed',
    String(seed),
    ...(repetitions === undefined ? [] : ['--repetitions', String(repetitions)]),
    ...(until === undefined ? [] : ['--until', until, '--until-metric', untilMetric, '--max-time', maxTime]),
  ];
  return ['lab run', quoted(given), ...options].join(' ');
}

function quoted(text: string): string {
  return /^[\w./:%-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
