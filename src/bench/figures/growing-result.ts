// The result of a run that is under way, and of one that has ended: a trial changes the figures of its own cell alone. While
// it is under way no figure has an interval: those take thousands of draws, and are of use at the end.

import { lossIntervals } from '../../link/loss-intervals.ts';
import { METRICS } from '../metrics/catalogue.ts';
import { predictGoodput } from '../models/square-root.ts';
import {
  type Cell,
  type CellName,
  type Comparison,
  type MetricText,
  type Prediction,
  RESULT_FORMAT,
  RESULT_VERSION,
  type RunResult,
  type RunStatus,
  type VanishObservation,
  type Verdict,
} from '../result.ts';
import { availability } from '../run/availability.ts';
import { cellNames } from '../run/plan.ts';
import type { RunOptions, WantedPrecision } from '../run/run.ts';
import type { FinishedTrial } from '../run/trial.ts';
import type { Point, Scenario } from '../scenario/scenario.ts';
import { isClosedLoop } from '../scenario/workload.ts';
import type { ChannelMoments } from './bad-moments.ts';
import { compareCells } from './comparisons.ts';
import { fairness } from './fairness.ts';
import { judgeFigures } from './figure-verdict.ts';
import { GrowingCell } from './growing-cell.ts';
import { summarise } from './summarise.ts';
import { judge } from './verdict.ts';
import { warningsOf } from './warnings.ts';

export class GrowingResult {
  readonly #options: RunOptions;
  readonly #cells: readonly GrowingCell[];
  readonly #vanishing: VanishObservation[] = [];

  constructor(options: RunOptions) {
    const { scenario, rig } = options;
    this.#options = options;
    this.#cells = cellNames(scenario).map((name) => {
      const carries = availability(scenario, rig, name);
      return new GrowingCell(name, {
        notAvailable: carries.available ? undefined : carries.obstacle,
        prediction: predictionOf(scenario, name),
        durationMs: pointOf(scenario, name).workload.durationMs,
        momentsOf: (channelSeed) => channelMoments(scenario, name, channelSeed),
      });
    });
  }

  add(trial: FinishedTrial): void {
    const { transport, link, point } = trial.plan;
    this.#cell(transport, link, point)?.add(trial);
  }

  addVanishing(observation: VanishObservation): void {
    this.#vanishing.push(observation);
  }

  isAsPreciseAs({ metric, relativeWidth }: WantedPrecision): boolean {
    return this.#cells.every((cell) => cell.isAsPreciseAs(metric, relativeWidth, this.#options.seed));
  }

  /** @param isOver whether figures get their intervals, contestants are compared and claims judged */
  result(status: RunStatus, tookMs: number, isOver: boolean): RunResult {
    const { name, scenario, rig, backendWhy, seed, command, environment, facts } = this.#options;
    const cells = this.#cells.map((cell) => cell.cell(isOver ? seed : undefined));
    const comparisons = isOver ? this.#comparisons() : [];
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
      metrics: metricTexts(cells),
      cells,
      comparisons,
      fairness: fairness(scenario.points[0].contestants, cells, environment, facts),
      vanishing: [...this.#vanishing],
      verdicts: isOver ? this.#verdicts(cells) : [],
      warnings: warningsOf(cells, comparisons),
    };
  }

  #comparisons(): Comparison[] {
    const { scenario, seed } = this.#options;
    return scenario.points.flatMap((point) =>
      [...point.links.keys()].flatMap((link) =>
        scenario.comparisons.flatMap(([baseline, other]) => {
          const sides = [baseline, other].map((transport) => this.#cell(transport, link, point.name)!);
          const compared = compareCells(sides[0]!, sides[1]!, isClosedLoop(point.workload), seed);
          return compared === undefined ? [] : [compared];
        }),
      ),
    );
  }

  #verdicts(cells: readonly Cell[]): Verdict[] {
    const { scenario, seed } = this.#options;
    return scenario.claims.map((claim) =>
      'metric' in claim ? judgeFigures(claim, this.#cells, seed) : judge(claim, cells, this.#vanishing),
    );
  }

  #cell(transport: string, link: string, point: string): GrowingCell | undefined {
    return this.#cells.find(({ name }) => name.transport === transport && name.link === link && name.point === point);
  }
}

function pointOf(scenario: Scenario, { point: name }: CellName): Point {
  return scenario.points.find((point) => point.name === name)!;
}

function predictionOf(scenario: Scenario, name: CellName): Prediction | undefined {
  const { transport, link } = name;
  const { contestants, links, workload } = pointOf(scenario, name);
  const { mode } = scenario.chance;
  return predictGoodput(contestants.get(transport)!, links.get(link)!, workload, mode, scenario.mtuBytes);
}

function channelMoments(scenario: Scenario, name: CellName, seed: number): ChannelMoments {
  const { links, workload } = pointOf(scenario, name);
  const { up, down } = links.get(name.link)!;
  const chance = { ...scenario.chance, seed };
  return {
    up: lossIntervals(up, 'up', chance, workload.durationMs),
    down: lossIntervals(down, 'down', chance, workload.durationMs),
  };
}

/** Of those that have a figure somewhere. */
function metricTexts(cells: readonly Cell[]): Record<string, MetricText> {
  const texts: Record<string, MetricText> = {};
  for (const [id, metric] of Object.entries(METRICS)) {
    if (!cells.some(({ figures }) => figures?.[id] !== undefined)) continue;
    const { title, unit, formula, source, reading } = metric;
    texts[id] = { title, unit, formula, source, reading, ...('better' in metric && { better: metric.better }) };
  }
  return texts;
}
