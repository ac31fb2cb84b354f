// Runs an experiment: starts the processes, carries out the trials one by one, and makes the result. Everything that
// goes wrong with one trial is that trial's outcome; what was measured is never thrown away.
import { setTimeout as pause } from 'node:timers/promises';
import type { Remote } from '../rpc.ts';
import { Crew } from './crew.ts';
import type { MeasuredTrial } from './figures.ts';
import { makeResult } from './make-result.ts';
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

export interface Run {
  readonly result: RunResult;
  readonly trials: readonly FinishedTrial[];
}

export async function run(options: RunOptions): Promise<Run> {
  const { scenario, rig, seed, clock, signal, onProgress } = options;
  const startedAtNs = clock();
  const plan = planTrials(
    scenario,
    seed,
    (transport, link) => rig.carries(scenario.links.get(link)!, transport).available,
  );
  onProgress({ kind: 'planned', trials: plan.length });
  const crew = new Crew(options);
  const trials: FinishedTrial[] = [];
  const vanishing: VanishObservation[] = [];
  const failures: string[] = [];
  const stopped = whenAborted(signal);
  let isBroken = false;
  void rig.broken.then(() => {
    isBroken = true;
  });
  try {
    for (const trial of plan) {
      if (signal.aborted || isBroken) break;
      onProgress({ kind: 'trial', trial, of: plan.length });
      const outcome = await Promise.race([carryOut(trial, options, crew), stopped]);
      if (outcome !== undefined) trials.push({ plan: trial, outcome });
      if (outcome?.kind === 'failed') await crew.dismiss();
    }
    for (const transport of scenario.vanishing === undefined ? [] : scenario.transports) {
      if (signal.aborted || isBroken) break;
      onProgress({ kind: 'vanishing', transport });
      const seen = await Promise.race([watchVanishing(transport, scenario.vanishing!.watchMs, options, crew), stopped]);
      if (seen?.kind === 'failed') failures.push(`the end of the server under ${transport} was not seen: ${seen.why}`);
      else if (seen !== undefined) vanishing.push(seen.observation);
    }
  } finally {
    await crew.dismiss();
  }
  if (isBroken)
    failures.push(
      `the ${rig.backend} link ended in trial ${trials.length} of ${plan.length}, and nothing was tried after that`,
    );
  const environment = { ...options.environment, tookMs: Math.round((clock() - startedAtNs) / 1e6) };
  const status = statusOf(trials, plan.length, failures, signal);
  return { result: makeResult(options, environment, status, trials, vanishing), trials };
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

function statusOf(
  trials: readonly FinishedTrial[],
  planned: number,
  failures: readonly string[],
  signal: AbortSignal,
): RunStatus {
  if (signal.aborted) return { kind: 'incomplete', why: `stopped after ${trials.length} of ${planned} trials` };
  const failed = trials.filter(({ outcome }) => outcome.kind === 'failed').length;
  const why = [...(failed === 0 ? [] : [`${failed} of ${planned} trials failed`]), ...failures];
  return why.length === 0 ? { kind: 'complete' } : { kind: 'incomplete', why: why.join('; ') };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
