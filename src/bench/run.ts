// Runs an experiment: starts the processes, carries out the trials one by one, and makes the result, which is kept after
// each of them. Everything that goes wrong with one trial is that trial's outcome; what was measured is never thrown away.
import { setTimeout as pause } from 'node:timers/promises';
import type { Remote } from '../rpc.ts';
import { Crew } from './crew.ts';
import type { MeasuredTrial } from './figures.ts';
import { GrowingResult } from './make-result.ts';
import { type PlannedTrial, planTrials } from './plan.ts';
import { mergeRecords } from './record.ts';
import type { Environment, RunResult, RunStatus, VanishObservation } from './result.ts';
import type { LinkAccount, OpenLink, Rig } from './rig.ts';
import type { Scenario } from './scenario.ts';
import { scheduleFor } from './schedule.ts';
import type { WorkerApi } from './worker.ts';

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

/** One trial and what came of it, with every message's record. */
export interface FinishedTrial {
  readonly plan: PlannedTrial;
  readonly outcome:
    | { readonly kind: 'measured'; readonly measured: MeasuredTrial; readonly link: LinkAccount }
    | { readonly kind: 'failed'; readonly why: string };
}

/** What only the path can see, packet by packet: columns of equal length. */
export interface PathTables {
  readonly packets: Columns;
  readonly arrivals: Columns;
  readonly queue: Columns;
}

/** Names to columns. */
export type Columns = { readonly [name: string]: readonly (string | number)[] };

/** A run that is under way. */
interface Course {
  readonly options: RunOptions;
  readonly plan: readonly PlannedTrial[];
  readonly crew: Crew;
  readonly growing: GrowingResult;
  /** Trials that have ended, whether they measured or failed, and those that failed. */
  ended: number;
  failed: number;
  /** What went wrong beside the trials. */
  readonly failures: string[];
  /** The link's own process has ended. */
  isBroken: boolean;
  readonly stopped: Promise<undefined>;
}

export async function run(options: RunOptions): Promise<RunResult> {
  const { scenario, rig, seed, clock, signal, onProgress, journal } = options;
  const startedAtNs = clock();
  const plan = planTrials(
    scenario,
    seed,
    (transport, link) => rig.carries(scenario.links.get(link)!, transport).available,
  );
  const course: Course = {
    options,
    plan,
    crew: new Crew(options),
    growing: new GrowingResult(options),
    ended: 0,
    failed: 0,
    failures: [],
    isBroken: false,
    stopped: whenAborted(signal),
  };
  void rig.broken.then(() => {
    course.isBroken = true;
  });
  const resultAs = (status: RunStatus) => course.growing.result(status, Math.round((clock() - startedAtNs) / 1e6));
  await journal.begin(resultAs(underWay(course)));
  onProgress({ kind: 'planned', trials: plan.length });
  try {
    await runTrials(course, (trial) => journal.keep(trial, resultAs(underWay(course))));
    await watchServers(course);
  } finally {
    await course.crew.dismiss();
  }
  return resultAs(atItsEnd(course));
}

async function runTrials(course: Course, keep: (trial: FinishedTrial) => Promise<void>): Promise<void> {
  const { options, plan, crew, growing, stopped } = course;
  for (const trial of plan) {
    if (options.signal.aborted || course.isBroken) return;
    options.onProgress({ kind: 'trial', trial, of: plan.length });
    const outcome = await Promise.race([carryOut(trial, options, crew), stopped]);
    if (outcome === undefined) return;
    if (outcome.kind === 'failed') await crew.dismiss();
    course.ended++;
    if (outcome.kind === 'failed') course.failed++;
    growing.add({ plan: trial, outcome });
    await keep({ plan: trial, outcome });
  }
}

/** At the end, where the scenario asks for it: the server is killed under each transport. */
async function watchServers(course: Course): Promise<void> {
  const { options, crew, growing, failures, stopped } = course;
  const { scenario, signal, onProgress } = options;
  const { vanishing } = scenario;
  for (const transport of vanishing === undefined ? [] : scenario.transports) {
    if (signal.aborted || course.isBroken) return;
    onProgress({ kind: 'vanishing', transport });
    const seen = await Promise.race([watchVanishing(transport, vanishing!.watchMs, options, crew), stopped]);
    if (seen?.kind === 'failed') failures.push(`the end of the server under ${transport} was not seen: ${seen.why}`);
    else if (seen !== undefined) growing.addVanishing(seen.observation);
  }
}

/** Between the joining and the first message: every process has heard of the origin by then. */
const LEAD_NS = 30e6;

async function carryOut(trial: PlannedTrial, options: RunOptions, crew: Crew): Promise<FinishedTrial['outcome']> {
  const opened: OpenLink[] = [];
  const death = crew.death();
  try {
    return await Promise.race([death, measure(trial, options, crew, opened)]);
  } catch (error) {
    // What a process saw of another's death may be here before the news of the death itself, which is the reason.
    const reason = await Promise.race([death.catch((why: unknown) => why), pause(DEATH_NEWS_MS, error)]);
    await Promise.all(opened.map((link) => link.close().catch(() => {})));
    return { kind: 'failed', why: wordsOf(reason) };
  }
}

/** How long after its consequences the end of a process may be told here. */
const DEATH_NEWS_MS = 250;

async function measure(
  trial: PlannedTrial,
  options: RunOptions,
  crew: Crew,
  opened: OpenLink[],
): Promise<FinishedTrial['outcome']> {
  const { scenario, clock } = options;
  const link = await openLink(trial.transport, trial.link, trial.channelSeed, options, crew);
  opened.push(link);
  const workers = crew.workers();
  const setUpsMs = await joinAll(workers, trial.transport, link, scenario.workload.pairs);
  const originNs = clock() + LEAD_NS;
  await link.begin(originNs);
  const task = {
    originNs,
    schedule: scheduleFor(scenario.workload),
    trial: trial.number,
    waitingMs: scenario.waitingMs,
  };
  const records = await Promise.all(workers.map((worker) => worker.run(task)));
  return { kind: 'measured', measured: { record: mergeRecords(records), setUpsMs }, link: await leave(workers, link) };
}

async function openLink(
  transport: string,
  link: string,
  seed: number,
  options: RunOptions,
  crew: Crew,
): Promise<OpenLink> {
  const { scenario, rig } = options;
  const profile = scenario.links.get(link)!;
  return rig.openLink({
    transport,
    profile,
    chance: { ...scenario.chance, seed },
    serverPort: await crew.serverPort(),
  });
}

async function joinAll(
  workers: Remote<WorkerApi>[],
  transport: string,
  link: OpenLink,
  pairs: number,
): Promise<number[]> {
  const server = { transport, host: link.host, port: link.port };
  const joined = workers.map((worker, index) => {
    const flows = Array.from({ length: pairs }, (_, flow) => flow).filter((flow) => flow % workers.length === index);
    return worker.join({ server, flows });
  });
  return (await Promise.all(joined)).flat();
}

async function leave(workers: Remote<WorkerApi>[], link: OpenLink): Promise<LinkAccount> {
  await Promise.all(workers.map((worker) => worker.leave(undefined)));
  return link.close();
}

/** Kills the server under a user, over a link without impairment, and watches what the user learns. */
async function watchVanishing(
  transport: string,
  watchMs: number,
  options: RunOptions,
  crew: Crew,
): Promise<{ kind: 'seen'; observation: VanishObservation } | { kind: 'failed'; why: string }> {
  const { scenario, clock, rig } = options;
  const chance = { ...scenario.chance, seed: 0 };
  try {
    const link = await rig.openLink({ transport, profile: NO_IMPAIRMENT, chance, serverPort: await crew.serverPort() });
    const worker = crew.workers()[0]!;
    await worker.join({ server: { transport, host: link.host, port: link.port }, flows: [0] });
    const fromNs = clock();
    crew.killServer();
    const { noticedAfterMs = null } = await worker.watch({ fromNs, watchMs });
    await leave([worker], link);
    return { kind: 'seen', observation: { transport, watchedMs: watchMs, noticedAfterMs } };
  } catch (error) {
    return { kind: 'failed', why: wordsOf(error) };
  }
}

const NO_IMPAIRMENT = { up: {}, down: {} };

function whenAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

/** What stands in the folder until the run has come to its end. */
function underWay({ ended, plan }: Course): RunStatus {
  return {
    kind: 'incomplete',
    why: `after ${ended} of ${plan.length} trials it is still under way, or was ended from outside`,
  };
}

function atItsEnd({ options, plan, ended, failed, failures, isBroken }: Course): RunStatus {
  if (options.signal.aborted) return { kind: 'incomplete', why: `stopped after ${ended} of ${plan.length} trials` };
  const link = `the ${options.rig.backend} link ended in trial ${ended} of ${plan.length}, and nothing was tried after that`;
  const why = [
    ...(failed === 0 ? [] : [`${failed} of ${plan.length} trials failed`]),
    ...failures,
    ...(isBroken ? [link] : []),
  ];
  return why.length === 0 ? { kind: 'complete' } : { kind: 'incomplete', why: why.join('; ') };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
