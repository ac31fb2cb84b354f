// Runs an experiment: starts the processes, carries out the trials one by one, and makes the result. Everything that
// goes wrong with one trial is that trial's outcome; what was measured is never thrown away.
import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { describeProfile } from '../link/profile.ts';
import { dismiss, type Remote, remote } from '../rpc.ts';
import { figuresOf, type MeasuredTrial } from './figures.ts';
import { type PlannedTrial, planTrials } from './plan.ts';
import { mergeRecords } from './record.ts';
import {
  type Cell,
  type Environment,
  RESULT_FORMAT,
  RESULT_VERSION,
  type Repetition,
  type RunResult,
  type RunStatus,
  type ScenarioSummary,
  type VanishObservation,
} from './result.ts';
import type { LinkAccount, OpenLink, Rig } from './rig.ts';
import type { Scenario } from './scenario.ts';
import { scheduleFor } from './schedule.ts';
import type { ServerApi } from './server-process.ts';
import { judge } from './verdict.ts';
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

/** The processes of a run, started when they are needed. After a trial that failed all of them are started anew. */
class Crew {
  readonly #options: RunOptions;
  #children: ChildProcess[] = [];
  #server: { child: ChildProcess; port: number } | undefined;
  #workers: Remote<WorkerApi>[] = [];
  #onDeath: (why: Error) => void = () => {};

  constructor(options: RunOptions) {
    this.#options = options;
    void options.rig.broken.then(() =>
      this.#onDeath(new Error(`the ${options.rig.backend} link ended before its time`)),
    );
  }

  /** Rejects when one of the processes ends, from now on: what is measured without it would be no measurement. */
  death(): Promise<never> {
    return new Promise((_, reject) => {
      this.#onDeath = reject;
    });
  }

  async serverPort(): Promise<number> {
    if (this.#server !== undefined) return this.#server.port;
    const { programs, scenario, rig } = this.#options;
    const child = this.#launch('server', 'server', programs.server);
    const at = { transports: scenario.transports, host: rig.serverHost };
    this.#server = { child, port: await remote<ServerApi>(child, 'server').listen(at) };
    return this.#server.port;
  }

  workers(): Remote<WorkerApi>[] {
    const { programs, scenario } = this.#options;
    while (this.#workers.length < scenario.workload.workers) {
      this.#workers.push(remote<WorkerApi>(this.#launch('clients', 'worker', programs.worker), 'worker'));
    }
    return this.#workers;
  }

  killServer(): void {
    this.#server?.child.kill('SIGKILL');
    this.#server = undefined;
  }

  async dismiss(): Promise<void> {
    const children = this.#children;
    this.#children = [];
    this.#server = undefined;
    this.#workers = [];
    await Promise.all(children.map(dismiss));
  }

  #launch(host: 'server' | 'clients', role: string, program: URL): ChildProcess {
    const child = this.#options.rig.launch(host, program);
    this.#children.push(child);
    child.once('exit', (code, signal) => {
      if (this.#children.includes(child))
        this.#onDeath(new Error(`the ${role} process ended (${signal ?? `exit code ${code}`})`));
    });
    return child;
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

function makeResult(
  options: RunOptions,
  environment: Environment,
  status: RunStatus,
  trials: readonly FinishedTrial[],
  vanishing: readonly VanishObservation[],
): RunResult {
  const { name, scenario, rig, seed, command } = options;
  const cells = [...scenario.links.keys()].flatMap((link) =>
    scenario.transports.map((transport) => makeCell(transport, link, options, trials)),
  );
  return {
    format: RESULT_FORMAT,
    version: RESULT_VERSION,
    status,
    scenario: summarise(name, scenario),
    backend: rig.backend,
    ...(options.backendWhy === undefined ? {} : { backendWhy: options.backendWhy }),
    seed,
    command,
    environment,
    cells,
    vanishing,
    verdicts: scenario.claims.map((claim) => judge(claim, cells, vanishing)),
  };
}

function makeCell(
  transport: string,
  link: string,
  { scenario, rig }: RunOptions,
  trials: readonly FinishedTrial[],
): Cell {
  const carries = rig.carries(scenario.links.get(link)!, transport);
  if (!carries.available) return { transport, link, notAvailable: carries.reason, repetitions: [] };
  const own = trials.filter(({ plan }) => plan.transport === transport && plan.link === link);
  const settings = { waitingMs: scenario.waitingMs, bodyBytes: scenario.workload.bodyBytes };
  const measured = own.flatMap(({ outcome }) => (outcome.kind === 'measured' ? [outcome.measured] : []));
  const repetitions = own.map(({ plan, outcome }): Repetition => {
    const { repetition: number, channelSeed } = plan;
    if (outcome.kind === 'failed') return { number, channelSeed, outcome };
    const figures = figuresOf([outcome.measured], settings);
    return { number, channelSeed, outcome: { kind: 'measured', figures, link: outcome.link.count } };
  });
  return measured.length === 0
    ? { transport, link, repetitions }
    : { transport, link, figures: figuresOf(measured, settings), repetitions };
}

function summarise(name: string, scenario: Scenario): ScenarioSummary {
  const { title, question, lookFor, transports, links, chance, workload, repetitions, waitingMs } = scenario;
  return {
    name,
    title,
    question,
    lookFor,
    transports,
    links: Object.fromEntries([...links].map(([link, profile]) => [link, describeProfile(profile)])),
    chance: { mode: chance.mode, slotMs: chance.slotMs ?? 1 },
    workload,
    repetitions,
    waitingMs,
  };
}
