// Runs an experiment: starts the processes, carries out the trials one by one, and makes the result, which is kept after
// each of them. Everything that goes wrong with one trial is that trial's outcome; what was measured is never thrown away.

import type { TransportFacts } from '../figures/fairness.ts';
import { GrowingResult } from '../figures/growing-result.ts';
import type { MetricId } from '../metrics/catalogue.ts';
import type { CellName, Ending, Environment, RunResult, RunStatus } from '../result.ts';
import type { Rig } from '../rig/rig.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { availability } from './availability.ts';
import { Crew } from './crew.ts';
import { cellNames, type PlannedTrial, planRepetitions } from './plan.ts';
import { carryOut, type FinishedTrial } from './trial.ts';
import { watchVanishing } from './vanishing.ts';

export interface RunOptions {
  readonly name: string;
  readonly scenario: Scenario;
  readonly seed: number;
  readonly rig: Rig;
  readonly backendWhy?: string;
  readonly programs: { readonly server: URL; readonly worker: URL };
  readonly clock: () => number;
  readonly command: string;
  readonly environment: Omit<Environment, 'tookMs'>;
  /** Ends the run after the trial that is under way is given up. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  readonly journal: Journal;
  /** What each transport is made of, by its name. */
  readonly facts: ReadonlyMap<string, TransportFacts>;
  /** Repeats until the figures are as precise as this; the scenario's repetitions are the least then. */
  readonly precision?: WantedPrecision;
  /** Trials of an earlier, unfinished run of the same plan: they are not carried out again. */
  readonly finished?: readonly FinishedTrial[];
  /** What that run took. */
  readonly tookBeforeMs?: number;
}

export interface WantedPrecision {
  /** Of every cell. */
  readonly metric: MetricId;
  /** The half width of an interval, as a share of its figure. */
  readonly relativeWidth: number;
  /** Of the whole run. */
  readonly mostMs: number;
}

/** Where a run is kept while it is under way. What it throws ends the run. */
export interface Journal {
  /** Before anything is measured. */
  begin(result: RunResult): Promise<void>;
  /** A trial that has just ended, and the result that counts it. */
  keep(trial: FinishedTrial, result: RunResult): Promise<void>;
}

export type Progress =
  | { readonly kind: 'planned'; readonly trials: number }
  | { readonly kind: 'trial'; readonly trial: PlannedTrial; readonly of: number }
  | { readonly kind: 'vanishing'; readonly transport: string };

/** A run that is under way. */
interface Course {
  readonly options: RunOptions;
  crew: Crew;
  readonly growing: GrowingResult;
  readonly startedAtNs: number;
  /** Trials that are planned so far. */
  planned: number;
  /** Trials that have ended, whether they measured or failed, and those that failed. */
  ended: number;
  failed: number;
  /** What went wrong beside the trials. */
  readonly failures: Ending[];
  /** The link's own process has ended. */
  isBroken: boolean;
  readonly stopped: Promise<undefined>;
}

/** Repetitions at most, however precise it is to be. */
const MOST_REPETITIONS = 1000;

export async function run(options: RunOptions): Promise<RunResult> {
  const { scenario, rig, clock, signal, onProgress, journal, finished = [] } = options;
  const course: Course = {
    options,
    crew: new Crew(options),
    growing: new GrowingResult(options),
    startedAtNs: clock(),
    planned: scenario.repetitions * availableCells(options),
    ended: 0,
    failed: 0,
    failures: [],
    isBroken: false,
    stopped: whenAborted(signal),
  };
  void rig.broken.then(() => {
    course.isBroken = true;
  });
  for (const trial of finished) count(course, trial);
  await journal.begin(resultNow(course));
  onProgress({ kind: 'planned', trials: course.planned });
  try {
    await runRepetitions(course);
    await watchServers(course);
  } finally {
    await course.crew.dismiss();
  }
  return course.growing.result(atItsEnd(course), tookMs(course), true);
}

function availableCells(options: RunOptions): number {
  return cellNames(options.scenario).filter(isAvailable(options)).length;
}

function isAvailable({ scenario, rig }: RunOptions): (cell: CellName) => boolean {
  return (cell) => availability(scenario, rig, cell).available;
}

function resultNow(course: Course): RunResult {
  return course.growing.result(underWay(course), tookMs(course), false);
}

function tookMs({ options, startedAtNs }: Course): number {
  return (options.tookBeforeMs ?? 0) + Math.round((options.clock() - startedAtNs) / 1e6);
}

async function runRepetitions(course: Course): Promise<void> {
  const { options } = course;
  const { scenario, seed, finished = [] } = options;
  const done = new Set(finished.map(({ plan }) => plan.number));
  for (const round of planRepetitions(scenario, seed, isAvailable(options))) {
    const repetition = round[0]?.repetition ?? MOST_REPETITIONS + 1;
    if (!wantsAnother(course, repetition)) return;
    course.planned = Math.max(course.planned, repetition * round.length);
    for (const trial of round) {
      if (done.has(trial.number)) continue;
      if (options.signal.aborted || course.isBroken || !(await runTrial(course, trial))) return;
    }
  }
}

function wantsAnother(course: Course, repetition: number): boolean {
  const { options, growing } = course;
  const { scenario, precision } = options;
  if (repetition <= scenario.repetitions) return true;
  if (precision === undefined || repetition > MOST_REPETITIONS) return false;
  const untilNextMs = tookMs(course) * (repetition / (repetition - 1));
  return untilNextMs <= precision.mostMs && !growing.isAsPreciseAs(precision);
}

/** Answers false where it was given up. */
async function runTrial(course: Course, trial: PlannedTrial): Promise<boolean> {
  const { options, stopped } = course;
  options.onProgress({ kind: 'trial', trial, of: course.planned });
  const outcome = await Promise.race([carryOut(trial, options, course.crew), stopped]);
  if (outcome === undefined) return false;
  if (outcome.kind === 'failed') await replaceCrew(course);
  const finished = { plan: trial, outcome };
  count(course, finished);
  await options.journal.keep(finished, resultNow(course));
  return true;
}

async function replaceCrew(course: Course): Promise<void> {
  await course.crew.dismiss();
  course.crew = new Crew(course.options);
}

function count(course: Course, finished: FinishedTrial): void {
  course.ended++;
  if (finished.outcome.kind === 'failed') course.failed++;
  course.growing.add(finished);
}

/** At the end, where the scenario asks for it: the server is killed under each contestant. */
async function watchServers(course: Course): Promise<void> {
  const { options, crew, growing, failures, stopped } = course;
  const { scenario, signal, onProgress } = options;
  const { vanishing } = scenario;
  for (const name of vanishing === undefined ? [] : scenario.points[0].contestants.keys()) {
    if (signal.aborted || course.isBroken) return;
    onProgress({ kind: 'vanishing', transport: name });
    const seen = await Promise.race([watchVanishing(name, vanishing!.watchMs, options, crew), stopped]);
    if (seen?.kind === 'failed') failures.push({ kind: 'end-not-seen', transport: name, said: seen.why });
    else if (seen !== undefined) growing.addVanishing(seen.observation);
  }
}

function whenAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

/** What stands in the folder until the run has come to its end. */
function underWay({ ended, planned }: Course): RunStatus {
  return { kind: 'incomplete', why: [{ kind: 'under-way', ended, planned }] };
}

function atItsEnd({ options, planned, ended, failed, failures, isBroken }: Course): RunStatus {
  if (options.signal.aborted) return { kind: 'incomplete', why: [{ kind: 'stopped', ended, planned }] };
  const { backend } = options.rig;
  const why: Ending[] = [
    ...(failed === 0 ? [] : [{ kind: 'trials-failed', failed, planned } as const]),
    ...failures,
    ...(isBroken ? [{ kind: 'link-ended', backend, trial: ended, planned } as const] : []),
  ];
  return why.length === 0 ? { kind: 'complete' } : { kind: 'incomplete', why };
}
