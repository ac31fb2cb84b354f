// What the controller does with the records of a trial, on records that are made up: a million messages from eight senders, of
// which some are lost, some come twice, and some out of order. No process, no socket.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { compareCells } from '../../src/bench/figures/comparisons.ts';
import { GrowingCell } from '../../src/bench/figures/growing-cell.ts';
import { tablesOf } from '../../src/bench/folder/trial-tables.ts';
import { seededChance, uniform } from '../../src/bench/load/chance.ts';
import { flowsOf } from '../../src/bench/load/flows.ts';
import { closeAccount } from '../../src/bench/path/close-account.ts';
import { observe } from '../../src/bench/record/observe.ts';
import { mergeRecords } from '../../src/bench/record/record.ts';
import type { FinishedTrial } from '../../src/bench/run/trial.ts';
import type { Workload } from '../../src/bench/scenario/workload.ts';
import type { WorkerRecord } from '../../src/bench/worker/worker.ts';
import { peakBytes } from './process-costs.ts';

export interface AnalysisSettings {
  readonly messages: number;
  readonly repetitions: number;
}

export interface AnalysisFigures {
  /** Of one trial: records put together, observed, accounted for, and every metric's sample taken; medians. */
  readonly trialMs: number;
  /** The rows of one trial as text. */
  readonly tableMs: number;
  /** Figures of all repetitions of one cell with their intervals. */
  readonly figuresMs: number;
  /** Two such cells set side by side, and message by message. */
  readonly comparisonMs: number;
  /** What the controller keeps of all those repetitions, when the rest is gone. */
  readonly keptBytes: number;
  readonly peakBytes: number;
}

const SEED = 1;
const WAITING_MS = 2000;
const RATE = 100_000;
const TRANSPORTS = ['tcp', 'udp'] as const;

export function measureAnalysis({ messages, repetitions }: AnalysisSettings): AnalysisFigures {
  const workload = workloadOf(messages);
  const cells = TRANSPORTS.map((transport) => new GrowingCell({ transport, link: 'made up', point: '' }));
  const trialsMs: number[] = [];
  const tablesMs: number[] = [];
  const before = heldBytes();
  for (let repetition = 1; repetition <= repetitions; repetition++) {
    for (const cell of cells) {
      const noted = noteTrial(workload, repetition, cell.name.transport === 'udp');
      const startMs = performance.now();
      const trial = analyse(noted, workload, repetition, cell);
      cell.add(trial);
      trialsMs.push(performance.now() - startMs);
      if (repetition <= 2) tablesMs.push(took(() => tablesOf(trial).flatMap(({ chunks }) => [...chunks].length)));
    }
  }
  const keptBytes = heldBytes() - before;
  const figuresMs = took(() => cells[0]!.cell(SEED));
  const comparisonMs = took(() => compareCells(cells[0]!, cells[1]!, false, SEED));
  return {
    trialMs: median(trialsMs),
    tableMs: median(tablesMs),
    figuresMs,
    comparisonMs,
    keptBytes,
    peakBytes: peakBytes(process.pid),
  };
}

function workloadOf(messages: number): Workload {
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

function analyse(noted: WorkerRecord, workload: Workload, repetition: number, { name }: GrowingCell): FinishedTrial {
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
function noteTrial(workload: Workload, seed: number, isBad: boolean): WorkerRecord {
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

function took(work: () => unknown): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

/** What is alive: objects, and the bytes of arrays. */
function heldBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
