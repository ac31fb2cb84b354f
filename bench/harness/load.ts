// One load through the lab itself: a real run with its server and its worker, each a process, and its tables on disk. What
// it came to is in the run's own figures; what it cost is asked of the operating system.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROGRAMS } from '../../cli/programs.ts';
import { TRANSPORT_FACTS } from '../../cli/run/transport-facts.ts';
import { VOCABULARY } from '../../cli/run/vocabulary.ts';
import { RunFolder } from '../../src/bench/folder/run-folder.ts';
import type { Reading, RunResult } from '../../src/bench/result.ts';
import { loopbackRig, type Rig } from '../../src/bench/rig/rig.ts';
import { tunRig } from '../../src/bench/rig/tun-rig.ts';
import { describeEnvironment } from '../../src/bench/run/environment.ts';
import { run } from '../../src/bench/run/run.ts';
import type { FinishedTrial } from '../../src/bench/run/trial.ts';
import { readScenario } from '../../src/bench/scenario/read-scenario.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import { peakBytes, waitedMs } from './process-costs.ts';

export interface LoadSettings {
  readonly backend: 'loopback' | 'tun';
  readonly transport: string;
  readonly ratePerSecond: number;
  readonly seconds: number;
  readonly repetitions: number;
}

export interface LoadFigures {
  readonly sent: number;
  readonly delivered: number;
  /** Messages that the transport did not take. */
  readonly notTaken: number;
  readonly timerErrorP50Ms: Reading;
  readonly timerErrorP99Ms: Reading;
  /** Of the message that was sent latest. */
  readonly latestMs: number;
  readonly delayP50Ms: Reading;
  readonly delayP99Ms: Reading;
  readonly peakBytes: { readonly controller: number; readonly server: number; readonly worker: number };
  /** How long the server and the worker could have run and had no processor: other work of the machine. */
  readonly waitedMs: number;
}

/** Users, half of them senders. */
const USERS = 16;
const BODY_BYTES = 64;
const MTU = undefined;

export async function measureLoad(settings: LoadSettings): Promise<LoadFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'lab-bench-'));
  const pids = { server: 0, worker: 0 };
  const costs: Costs = { notTaken: 0, latestMs: 0, waitedMs: 0, server: 0, worker: 0 };
  const rig = await openRig(settings.backend, pids);
  try {
    const journal = new RunFolder(join(folder, 'run'));
    const keep = async (trial: FinishedTrial, result: RunResult) => {
      note(costs, trial, pids);
      await journal.keep(trial, result);
    };
    const result = await run({
      name: 'load',
      scenario: scenarioOf(settings),
      seed: 1,
      rig,
      programs: PROGRAMS,
      clock: monotonicNs,
      command: 'npm run bench:harness',
      environment: { ...describeEnvironment(''), startedAt: new Date().toISOString() },
      signal: new AbortController().signal,
      onProgress: () => {},
      journal: { begin: (empty) => journal.begin(empty), keep },
      facts: TRANSPORT_FACTS,
    });
    return figuresOf(result, costs);
  } finally {
    await rig.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function scenarioOf({ transport, ratePerSecond, seconds, repetitions }: LoadSettings) {
  const text = `
title: A load
question: Is it sustained?
lookFor: That it is.
transports: [${transport}]
links: { clean: {} }
workload: { users: ${USERS}, ratePerSecond: ${ratePerSecond}, duration: ${seconds}s, bodyBytes: ${BODY_BYTES} }
repetitions: ${repetitions}
waitingTime: 2s
`;
  return readScenario(text, 'load.yaml', VOCABULARY);
}

/** @param pids where those of the run's processes are put */
async function openRig(backend: LoadSettings['backend'], pids: { server: number; worker: number }): Promise<Rig> {
  const rig =
    backend === 'tun'
      ? await tunRig({ program: PROGRAMS.emulator, mtuBytes: MTU, captureFile: undefined })
      : loopbackRig(MTU);
  return {
    ...rig,
    launch: (host, program) => {
      const child = rig.launch(host, program);
      pids[host === 'server' ? 'server' : 'worker'] = child.pid ?? 0;
      return child;
    },
  };
}

interface Costs {
  notTaken: number;
  latestMs: number;
  waitedMs: number;
  server: number;
  worker: number;
}

/** After a trial, while its processes are still there. */
function note(costs: Costs, { outcome }: FinishedTrial, pids: { server: number; worker: number }): void {
  if (outcome.kind === 'failed') throw new Error(outcome.why);
  const { sentNs, plannedNs } = outcome.observation;
  for (let message = 0; message < sentNs.length; message++) {
    const lateMs = (sentNs[message]! - plannedNs[message]!) / 1e6;
    if (Number.isNaN(lateMs)) costs.notTaken++;
    else costs.latestMs = Math.max(costs.latestMs, lateMs);
  }
  costs.server = peakBytes(pids.server);
  costs.worker = peakBytes(pids.worker);
  costs.waitedMs = waitedMs(pids.server) + waitedMs(pids.worker);
}

function figuresOf({ cells, status }: RunResult, costs: Costs): LoadFigures {
  const figures = cells[0]?.figures;
  if (figures === undefined)
    throw new Error(status.kind === 'incomplete' ? JSON.stringify(status.why) : 'nothing was measured');
  const reading = (id: string) => figures[id]?.value ?? null;
  return {
    sent: reading('sent') ?? 0,
    delivered: reading('delivered') ?? 0,
    notTaken: costs.notTaken,
    timerErrorP50Ms: reading('timer-error-p50'),
    timerErrorP99Ms: reading('timer-error-p99'),
    latestMs: costs.latestMs,
    delayP50Ms: reading('delay-p50'),
    delayP99Ms: reading('delay-p99'),
    peakBytes: { controller: peakBytes(process.pid), server: costs.server, worker: costs.worker },
    waitedMs: costs.waitedMs,
  };
}
