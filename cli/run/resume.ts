// `lab run --resume RUN`: carries out the trials that are missing in a run that has not come to its end.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readResult } from '../../src/bench/folder/read-result.ts';
import { readTrials } from '../../src/bench/folder/read-trials.ts';
import { RunFolder } from '../../src/bench/folder/run-folder.ts';
import { readScenario } from '../../src/bench/scenario/read-scenario.ts';
import { CallerError } from '../../src/core/errors.ts';
import { stopSignal } from '../stop-signal.ts';
import { type BackendChoice, openRig } from './open-rig.ts';
import { runExperiment, type Telling } from './run-experiment.ts';
import { VOCABULARY } from './vocabulary.ts';

/** Backends that a run can be gone on with; a server elsewhere may be another by now. */
const BACKENDS: readonly BackendChoice[] = ['tun', 'relay', 'loopback'];

/** @throws CallerError where there is nothing to go on with */
export async function resume(folder: string, telling: Telling): Promise<void> {
  const result = await readResult(folder);
  if (result.status.kind === 'complete') throw new CallerError(`${folder} is complete: there is nothing to resume.`);
  const backend = BACKENDS.find((known) => known === result.backend);
  if (backend === undefined) {
    throw new CallerError(`${folder} was measured over "${result.backend}", which can't be gone on with. Run it anew.`);
  }
  const file = join(folder, 'scenario.yaml');
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new CallerError(`${folder} has no scenario to go on with: ${error.message}.`);
  });
  const read = readScenario(text, file, VOCABULARY);
  const scenario = { ...read, repetitions: result.scenario.repetitions };
  const finished = await readTrials(folder, result);
  const journal = await RunFolder.reopen(folder, result, new Set(finished.map(({ plan }) => plan.number)));
  const { abort } = stopSignal();
  const chosen = await openRig(backend, { mtuBytes: scenario.mtuBytes, captureFile: undefined });
  await runExperiment({
    name: result.scenario.name,
    scenario,
    seed: result.seed,
    chosen,
    command: result.command,
    startedAt: new Date(result.environment.startedAt),
    folder,
    journal,
    telling,
    signal: abort,
    precision: undefined,
    finished,
    tookBeforeMs: result.environment.tookMs,
  });
}
