// Trials that never took place: many messages from eight senders, of which some are lost, some come twice, and some out of
// order. What is made of their records is the lab's own.
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { GrowingCell } from '../src/bench/figures/growing-cell.ts';
import { seededChance, uniform } from '../src/bench/load/chance.ts';
import { flowsOf } from '../src/bench/load/flows.ts';
import { closeAccount } from '../src/bench/path/close-account.ts';
import { observe } from '../src/bench/record/observe.ts';
import { mergeRecords } from '../src/bench/record/record.ts';
import type { FinishedTrial } from '../src/bench/run/trial.ts';
import type { Workload } from '../src/bench/scenario/workload.ts';
import type { WorkerRecord } from '../src/bench/worker/worker.ts';

export const SEED = 1;
const WAITING_MS = 2000;
const RATE = 100_000;

export function workloadOf(messages: number): Workload {
  return {
    pattern: 'pairs',
    users: 16,
    arrivals: { kind: 'constant' },
    sizes: { kind: 'fixed', bytes: 64 },
    ratePerSecond: RATE,
    durationMs: (messages / RATE) * 1000,
    workers: 1,
    bulk: undefined,
  };
}

export function analyse(
  noted: WorkerRecord,
  workload: Workload,
  repetition: number,
  { name }: GrowingCell,
): FinishedTrial {
  const { record } = mergeRecords([noted], workload, SEED);
  const observation = observe(record, WAITING_MS, { setUpsMs: [1], cpuMs: { server: 1, workers: 1 } });
  const { fate, ...closed } = closeAccount({
    transport: name.transport,
    workload,
    record,
    observation,
    flows: flowsOf(workload),
    ports: [],
    ended: new Set(),
    link: {},
    hosts: undefined,
    waitingMs: WAITING_MS,
    endNs: Number.POSITIVE_INFINITY,
    isQuiet: true,
  });
  const plan = { ...name, number: repetition, repetition, channelSeed: repetition, loadSeed: SEED };
  return {
    plan,
    outcome: { kind: 'measured', record: fate ? { ...record, fate } : record, observation, link: {}, ...closed },
  };
}

/** @param isBad whether messages are lost, doubled and overtaken; all are late, by some 10 ms */
export function noteTrial(workload: Workload, seed: number, isBad: boolean): WorkerRecord {
  const chance = seededChance(seed, isBad ? 2 : 1);
  const count = Math.round((workload.ratePerSecond * workload.durationMs) / 1000);
  const message = Uint32Array.from({ length: count }, (_, number) => number);
  const sentNs = Float64Array.from(message, (number) => number * (1e9 / RATE) + uniform(chance) * 1e5);
  const arrivals: { readonly message: number; readonly atNs: number }[] = [];
  let lastNs = 0;
  for (const number of message) {
    if (isBad && uniformInt(chance, 0, 99) === 0) continue;
    const atNs = sentNs[number]! + 10e6 + uniform(chance) * 1e6;
    arrivals.push({ message: number, atNs: isBad ? atNs : Math.max(lastNs, atNs) });
    if (isBad && uniformInt(chance, 0, 99) === 0) arrivals.push({ message: number, atNs: atNs + 1e6 });
    lastNs = Math.max(lastNs, atNs);
  }
  arrivals.sort((a, b) => a.atNs - b.atNs);
  return {
    sent: { message, sentNs },
    arrived: {
      message: Uint32Array.from(arrivals, (arrival) => arrival.message),
      arrivedNs: Float64Array.from(arrivals, ({ atNs }) => atNs),
    },
    damaged: 0,
    refused: 0,
    ended: [],
    cpuMs: 1,
  };
}
