// Runs that never took place: the trials are made by hand, and everything that is made of them is the lab's own.
import { vi } from 'vitest';
import { GrowingCell } from '../../src/bench/figures/growing-cell.ts';
import { GrowingResult } from '../../src/bench/figures/growing-result.ts';
import { observe } from '../../src/bench/record/observe.ts';
import type { TrialRecord } from '../../src/bench/record/record.ts';
import type { CellName, Obstacle, RunResult } from '../../src/bench/result.ts';
import type { Rig } from '../../src/bench/rig/rig.ts';
import type { PlannedTrial } from '../../src/bench/run/plan.ts';
import type { RunOptions } from '../../src/bench/run/run.ts';
import type { FinishedTrial, MeasuredOutcome } from '../../src/bench/run/trial.ts';
import type { Scenario } from '../../src/bench/scenario/scenario.ts';
import { recordOf } from './record/records.ts';

export const WAITING_MS = 1000;

/** Why a cell is not available. */
export const OBSTACLE: Obstacle = { kind: 'relay-carries-one' };

const MS = 1e6;

interface MadeTrial extends Partial<CellName> {
  readonly repetition?: number;
  /** Of each message in the order of the plan, 10 ms apart; undefined: lost. */
  readonly delaysMs?: readonly (number | undefined)[];
  readonly record?: TrialRecord;
  readonly setUpsMs?: readonly number[];
  readonly changes?: Partial<MeasuredOutcome>;
}

export function measuredTrial({
  delaysMs = [1, 1, 1],
  record,
  setUpsMs = [],
  changes,
  ...where
}: MadeTrial): FinishedTrial {
  const seen = record ?? delayed(delaysMs);
  const observation = observe(seen, WAITING_MS, { setUpsMs });
  const [sent, delivered] = [observation.plannedNs.length, observation.sortedDelaysMs.length];
  const account = { sent, delivered, lost: { link: sent - delivered }, unexplained: 0 };
  return {
    plan: planned(where),
    outcome: { kind: 'measured', record: seen, observation, link: {}, account, ...changes },
  };
}

export function failedTrial(why: string, where: Partial<PlannedTrial> = {}): FinishedTrial {
  return { plan: planned(where), outcome: { kind: 'failed', why } };
}

function planned(where: Partial<PlannedTrial>): PlannedTrial {
  return {
    transport: 'udp',
    link: 'clean',
    point: '',
    number: 1,
    repetition: 1,
    channelSeed: 9,
    loadSeed: 8,
    ...where,
  };
}

/** A record of messages that come after these delays. */
export function delayed(delaysMs: readonly (number | undefined)[]): TrialRecord {
  const plannedNs = delaysMs.map((_, message) => message * 10 * MS);
  const arrivals = delaysMs.flatMap((ms, message) =>
    ms === undefined ? [] : [[message, plannedNs[message]! + ms * MS] as const],
  );
  return recordOf({ plannedNs, arrivals: arrivals.toSorted(([, a], [, b]) => a - b) });
}

/** The cell that these trials make, in the order of their repetitions. */
export function cellOf(trials: readonly Omit<MadeTrial, 'repetition'>[], notAvailable?: Obstacle): GrowingCell {
  const { transport = 'udp', link = 'clean', point = '' } = trials[0] ?? {};
  const cell = new GrowingCell({ transport, link, point }, { notAvailable });
  for (const [index, trial] of trials.entries()) cell.add(measuredTrial({ ...trial, repetition: index + 1 }));
  return cell;
}

const ENVIRONMENT = {
  startedAt: '2026-01-31T12:00:00.000Z',
  lab: '0.1.0',
  node: 'v20.19.0',
  system: 'Linux 6.1.0',
  processor: 'A Processor @ 2.00GHz',
  cores: 2,
  memoryBytes: 8 * 2 ** 30,
  kernel: { 'net.ipv4.tcp_congestion_control': 'cubic', 'net.core.rmem_default': '212992' },
};

/** What a run over `scenario` is told, with a link that nothing can cross. */
export function optionsFor(scenario: Scenario, changes: Partial<RunOptions> = {}): RunOptions {
  return {
    name: 'made',
    scenario,
    seed: 5,
    rig: rigThatCarries(() => ({ available: true })),
    programs: { server: new URL('file:///none'), worker: new URL('file:///none') },
    clock: () => 0,
    command: 'lab run made',
    environment: ENVIRONMENT,
    signal: new AbortController().signal,
    onProgress: () => {},
    journal: { begin: async () => {}, keep: async () => {} },
    facts: new Map([['tcp', { framingBytes: 4, keepAliveMs: 5000 }]]),
    ...changes,
  };
}

export function rigThatCarries(carries: Rig['carries'], changes: Partial<Rig> = {}): Rig {
  return {
    backend: 'loopback',
    serverHost: '127.0.0.1',
    broken: new Promise(() => {}),
    carries,
    tune: async () => {},
    readCounters: async () => undefined,
    quiet: async () => undefined,
    launch: vi.fn<Rig['launch']>(),
    openLink: vi.fn<Rig['openLink']>(),
    close: async () => {},
    ...changes,
  };
}

/** The result of a run over `scenario` that had these trials. */
export function resultOf(
  scenario: Scenario,
  trials: readonly FinishedTrial[],
  changes: Partial<RunOptions> = {},
): RunResult {
  const growing = new GrowingResult(optionsFor(scenario, changes));
  for (const trial of trials) growing.add(trial);
  return growing.result({ kind: 'complete' }, 1234, true);
}
