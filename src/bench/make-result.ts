// From finished trials to the result: cell by cell, then the verdicts. No process, no clock.
import { describeProfile } from '../link/profile.ts';
import { figuresOf } from './figures.ts';
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
import type { FinishedTrial, RunOptions } from './run.ts';
import type { Scenario } from './scenario.ts';
import { judge } from './verdict.ts';

export function makeResult(
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
