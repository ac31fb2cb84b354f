// What workers are told to do in a trial, and the trial that it makes.

import { vi } from 'vitest';
import { mergeRecords, type TrialRecord } from '../../../src/bench/record/record.ts';
import { collect } from '../../../src/bench/run/collect.ts';
import type { Workload } from '../../../src/bench/scenario/workload.ts';
import type { LoopTask } from '../../../src/bench/worker/loop.ts';
import type { WorkerApi, WorkerRecord } from '../../../src/bench/worker/worker.ts';
import type { Remote } from '../../../src/rpc.ts';
import { scenarioWith } from '../scenario/library.ts';
import { clock } from './virtual-chat.ts';

export const SEED = 11;
export const TRIAL = 3;

/** As it would stand in a file: a hundred messages a second for 100 ms, by the first of two users. */
export function workloadOf(changes: Readonly<Record<string, unknown>> = {}): Workload {
  const plain = { users: 2, ratePerSecond: 100, duration: '100ms', bodyBytes: 100, ...changes };
  const defined = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  return scenarioWith({ workload: defined }).points[0].workload;
}

export interface RanTrial {
  readonly parts: readonly WorkerRecord[];
  readonly record: TrialRecord;
  readonly places: ReturnType<typeof mergeRecords>['places'];
  /** From the origin until the last worker had ended. */
  readonly tookMs: number;
  readonly originNs: number;
}

/** Runs a trial whose origin is 10 ms away. */
export async function runTrial(
  { workers, names }: { workers: readonly WorkerApi[]; names: readonly string[] },
  workload: Workload,
  changes: Partial<LoopTask> = {},
): Promise<RanTrial> {
  const originNs = clock() + 10e6;
  const task = { workload, seed: SEED, trial: TRIAL, waitingMs: 500, names, isSeen: true, ...changes };
  for (const worker of workers) worker.prepare(task);
  let tookMs = Number.NaN;
  const running = Promise.all(workers.map((worker) => worker.run(originNs))).then((counts) => {
    tookMs = (clock() - originNs) / 1e6;
    return counts;
  });
  await vi.advanceTimersByTimeAsync(10_000);
  const counts = await running;
  const parts = await Promise.all(workers.map((worker, at) => collect(asRemote(worker), counts[at]!)));
  const { record, places } = mergeRecords(parts, workload, SEED);
  return { parts, record, places, tookMs, originNs };
}

/** In this process every call is answered at once; whoever awaits it does not mind. */
function asRemote(worker: WorkerApi): Remote<WorkerApi> {
  return worker as unknown as Remote<WorkerApi>;
}

/** Delay of each message's first copy in ms, rounded; undefined: it never came. */
export function delaysMs({ plannedNs, arrivedMessage, arrivedNs }: TrialRecord): (number | undefined)[] {
  return [...plannedNs].map((planned, message) => {
    const at = arrivedMessage.indexOf(message);
    return at === -1 ? undefined : Math.round((arrivedNs[at]! - planned) / 1e6);
  });
}

export const inMs = (ns: ArrayLike<number>): number[] => Array.from(ns, (each) => Math.round(each / 1e6));
