// One trial: opens the link, joins all users, lets them send by the schedule whatever comes back, and collects what was
// seen. Everything that goes wrong with it is its outcome.
import { setTimeout as pause } from 'node:timers/promises';
import { MachineError } from '../../core/errors.ts';
import { countersBetween } from '../../link/tun/host-counters.ts';
import type { Remote } from '../../rpc.ts';
import { type Flow, flowsOf } from '../load/flows.ts';
import { closeAccount } from '../path/close-account.ts';
import { messagePath } from '../path/message-path.ts';
import { setUpRoundTrips } from '../path/set-up-turns.ts';
import { besideOf } from '../record/beside-record.ts';
import type { Observation } from '../record/observation.ts';
import { observe } from '../record/observe.ts';
import { mergeRecords, type TrialRecord } from '../record/record.ts';
import type { Account, HostsCount, LabProcess, Standstills } from '../result.ts';
import type { HostCounters, LinkAccount, OpenLink, PathTables, Rig } from '../rig/rig.ts';
import type { Contestant, Point, Scenario } from '../scenario/scenario.ts';
import type { Workload } from '../scenario/workload.ts';
import type { BulkCount } from '../worker/bulk.ts';
import { probeMark } from '../worker/probe.ts';
import type { Joined, WorkerApi, WorkerRecord } from '../worker/worker.ts';
import { collect } from './collect.ts';
import type { Crew, RunningServer } from './crew.ts';
import { openFilesLimit, tooFewFiles } from './open-files.ts';
import type { PlannedTrial } from './plan.ts';

/** One trial and what came of it. */
export interface FinishedTrial {
  readonly plan: PlannedTrial;
  readonly outcome: Outcome;
}

export type Outcome = MeasuredOutcome | { readonly kind: 'failed'; readonly why: string };

export interface MeasuredOutcome {
  readonly kind: 'measured';
  readonly record: TrialRecord;
  readonly observation: Observation;
  readonly link: LinkAccount;
  /** Where all messages went. */
  readonly account: Account;
  readonly hosts?: HostsCount;
  readonly bulk?: BulkCount;
  readonly stoodStillMs?: Standstills;
}

export interface TrialOptions {
  readonly scenario: Scenario;
  readonly rig: Rig;
  readonly clock: () => number;
}

/** How long the last packets of joining, and of the load, may take to arrive. */
const QUIET_LIMIT_MS = 3000;

/** Before the first message: every process has heard of the origin by then. */
const LEAD_NS = 30e6;

export async function carryOut(trial: PlannedTrial, options: TrialOptions, crew: Crew): Promise<Outcome> {
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
  { scenario, rig, clock }: TrialOptions,
  crew: Crew,
  opened: OpenLink[],
): Promise<MeasuredOutcome> {
  const point = scenario.points.find(({ name }) => name === trial.point)!;
  const contestant = point.contestants.get(trial.transport)!;
  const { workload } = point;
  const short = tooFewFiles(openFilesLimit(), rig, contestant, workload);
  if (short !== undefined) throw new MachineError('EMFILE', short);
  const { server, link } = await open(trial, point, contestant, { scenario, rig, crew });
  opened.push(link);
  const workers = crew.workers(workload.workers);
  const joined = await joinAll(workers, link, contestant, workload);
  const load = { workload, seed: trial.loadSeed, trial: trial.number, waitingMs: scenario.waitingMs };
  const task = { ...load, names: joined.names, isSeen: rig.seesPackets === true };
  await Promise.all(workers.map((worker) => worker.prepare(task)));
  const beganQuiet = await rig.quiet(QUIET_LIMIT_MS);
  const originNs = clock() + LEAD_NS;
  const joining = await link.begin(originNs);
  const before = { hosts: await rig.readCounters(), server: await server.load() };
  const tellingMs = (clock() - (originNs - LEAD_NS)) / 1e6;
  const counts = await Promise.all(workers.map((worker) => worker.run(originNs)));
  const endNs = clock() - originNs;
  const served = await server.load();
  const cpuMs = {
    ...(served && { server: served.cpuMs - (before.server?.cpuMs ?? 0) }),
    workers: total(counts, (each) => each.cpuMs),
  };
  const isQuiet = (await rig.quiet(QUIET_LIMIT_MS)) === true && beganQuiet === true;
  const after = await rig.readCounters();
  // Before the users leave: what they say then is no part of the trial, and a clean link lets it through.
  const seen = await link.close();
  const records = await Promise.all(workers.map((worker, index) => collect(worker, counts[index]!)));
  await Promise.all(workers.map((worker) => worker.leave(undefined)));
  const { merged, account } = recordOf(records, joined, seen, workload, trial.loadSeed);
  const observation = observe(merged, scenario.waitingMs, {
    setUpsMs: joined.setUpsMs,
    cpuMs,
    ...(joining && { setUpRoundTrips: setUpRoundTrips(joining, joined.ports) }),
    ...besideOf(merged, account),
  });
  const { fate, ...closed } = closeAccount({
    transport: contestant.transport,
    workload,
    record: merged,
    observation,
    flows: withReplies(flowsOf(workload), workload),
    ports: joined.ports,
    ended: new Set(records.flatMap(({ ended }) => ended)),
    link: account,
    hosts: before.hosts && after && between(before.hosts, after),
    waitingMs: scenario.waitingMs,
    endNs,
    isQuiet,
  });
  const record = fate === undefined ? merged : { ...merged, fate };
  const stoodStillMs = standstills({
    controller: tellingMs,
    server: served?.stoodStillMs ?? 0,
    worker: Math.max(...counts.map((each) => each.stoodStillMs)),
    link: seen.stoodStillMs ?? 0,
  });
  return { kind: 'measured', record, observation, link: account, ...closed, ...bulkOf(records), ...stoodStillMs };
}

/** A busy machine lets every process wait a little. */
const STANDSTILL_MS = 500;

/** Those long enough to be doubted for. */
function standstills(all: Readonly<Record<LabProcess, number>>): Pick<MeasuredOutcome, 'stoodStillMs'> {
  const long = Object.entries(all).filter(([, ms]) => ms >= STANDSTILL_MS);
  return long.length === 0 ? {} : { stoodStillMs: Object.fromEntries(long) };
}

async function open(
  trial: PlannedTrial,
  { links, workload }: Point,
  contestant: Contestant,
  { scenario, rig, crew }: { scenario: Scenario; rig: Rig; crew: Crew },
): Promise<{ server: RunningServer; link: OpenLink }> {
  await rig.tune(contestant.kernel);
  const server = await crew.server(contestant, workload.bulk === undefined ? [] : ['tcp']);
  const link = await rig.openLink({
    transport: contestant.transport,
    profile: links.get(trial.link)!,
    chance: { ...scenario.chance, seed: trial.channelSeed },
    serverPort: server.port,
    mark: probeMark(trial.number),
  });
  return { server, link };
}

/** Pairs share a worker, where there are several; the others are dealt out in turn. */
async function joinAll(
  workers: readonly Remote<WorkerApi>[],
  link: OpenLink,
  { transport, knobs }: Contestant,
  { pattern, users, bulk }: Workload,
): Promise<Joined> {
  const server = { transport, host: link.host, port: link.port };
  const workerOf = (user: number) => (pattern === 'pairs' ? user % (users / 2) : user) % workers.length;
  const indices = Array.from({ length: users }, (_, user) => user);
  const parts = await Promise.all(
    workers.map(async (worker, index) => {
      const own = indices.filter((user) => workerOf(user) === index);
      const bulkServer = bulk === undefined || index > 0 ? {} : { bulkServer: { ...server, transport: 'tcp' } };
      return { own, joined: await worker.join({ server, knobs, users: own, ...bulkServer }) };
    }),
  );
  const names: string[] = [];
  const setUpsMs: number[] = [];
  const ports: number[] = [];
  for (const { own, joined } of parts) {
    for (const [at, user] of own.entries()) {
      names[user] = joined.names[at]!;
      setUpsMs[user] = joined.setUpsMs[at]!;
      ports[user] = joined.ports[at]!;
    }
  }
  return { names, setUpsMs, ports };
}

function recordOf(
  records: readonly WorkerRecord[],
  { ports }: Joined,
  seen: LinkAccount,
  workload: Workload,
  seed: number,
): { merged: TrialRecord; account: LinkAccount } {
  const merged = mergeRecords(records, workload, seed);
  if (seen.path === undefined) return { merged: merged.record, account: seen };
  const path = merged.numberOf === undefined ? seen.path : renumbered(seen.path, merged.numberOf);
  const flows = withReplies(flowsOf(workload), workload);
  const way = messagePath(merged, { flows, ports, arrivals: path.arrivals });
  return { merged: { ...merged.record, path: way }, account: { ...seen, path } };
}

/** The path reads numbers off the wire. */
function renumbered(path: PathTables, numberOf: (onTheWire: number) => number): PathTables {
  const { packets, arrivals } = path;
  return {
    ...path,
    packets: { ...packets, message: packets.message.map(numberOf) },
    arrivals: { ...arrivals, message: arrivals.message.map(numberOf) },
  };
}

export function withReplies(flows: readonly Flow[], { arrivals }: Workload): Flow[] {
  const replies = arrivals.kind === 'ping-pong' ? flows.map(({ from, to }) => ({ from: to, to: from })) : [];
  return [...flows, ...replies];
}

function total<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}

function between(before: HostCounters, after: HostCounters): HostCounters {
  return {
    server: countersBetween(before.server, after.server),
    clients: countersBetween(before.clients, after.clients),
  };
}

function bulkOf(records: readonly WorkerRecord[]): { bulk?: BulkCount } {
  const bulk = records.find((record) => record.bulk !== undefined)?.bulk;
  return bulk === undefined ? {} : { bulk };
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
