// From finished trials to the result: cell by cell, then the verdicts. No process, no clock, no disk.
import { describeProfile } from '../link/profile.ts';
import { type FigureSettings, figuresOf, type MeasuredTrial } from './figures.ts';
import type { PlannedTrial } from './plan.ts';
import {
  type Cell,
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

/** The result of a run that is under way, and of one that has ended: a trial changes the figures of its own cell alone. */
export class GrowingResult {
  readonly #options: RunOptions;
  readonly #cells: GrowingCell[];
  readonly #vanishing: VanishObservation[] = [];

  constructor(options: RunOptions) {
    const { scenario } = options;
    this.#options = options;
    this.#cells = [...scenario.links.keys()].flatMap((link) =>
      scenario.transports.map((transport) => new GrowingCell(transport, link, options)),
    );
  }

  add({ plan, outcome }: FinishedTrial): void {
    const { transport, link } = plan;
    this.#cells.find(({ cell }) => cell.transport === transport && cell.link === link)?.add(plan, outcome);
  }

  addVanishing(observation: VanishObservation): void {
    this.#vanishing.push(observation);
  }

  result(status: RunStatus, tookMs: number): RunResult {
    const { name, scenario, rig, backendWhy, seed, command, environment } = this.#options;
    const cells = this.#cells.map(({ cell }) => cell);
    const vanishing = [...this.#vanishing];
    return {
      format: RESULT_FORMAT,
      version: RESULT_VERSION,
      status,
      scenario: summarise(name, scenario),
      backend: rig.backend,
      ...(backendWhy === undefined ? {} : { backendWhy }),
      seed,
      command,
      environment: { ...environment, tookMs },
      cells,
      vanishing,
      verdicts: scenario.claims.map((claim) => judge(claim, cells, vanishing)),
    };
  }
}

class GrowingCell {
  cell: Cell;
  readonly #settings: FigureSettings;
  /** Of these the figures over all repetitions are made: the messages, not what the path saw. */
  readonly #measured: MeasuredTrial[] = [];

  constructor(transport: string, link: string, { scenario, rig }: RunOptions) {
    const carries = rig.carries(scenario.links.get(link)!, transport);
    this.cell = { transport, link, ...(carries.available ? {} : { notAvailable: carries.reason }), repetitions: [] };
    this.#settings = { waitingMs: scenario.waitingMs, bodyBytes: scenario.workload.bodyBytes };
  }

  add({ repetition: number, channelSeed }: PlannedTrial, outcome: FinishedTrial['outcome']): void {
    const add = (repetition: Repetition, more: Partial<Cell> = {}) => {
      this.cell = { ...this.cell, ...more, repetitions: [...this.cell.repetitions, repetition] };
    };
    if (outcome.kind === 'failed') return add({ number, channelSeed, outcome });
    this.#measured.push(outcome.measured);
    const figures = figuresOf([outcome.measured], this.#settings);
    const overAll = { figures: figuresOf(this.#measured, this.#settings) };
    add({ number, channelSeed, outcome: { kind: 'measured', figures, link: outcome.link.count } }, overAll);
  }
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
