// One cell of the result of a run that is under way: every repetition adds to it.

import type { MetricId } from '../metrics/catalogue.ts';
import type { Account, Cell, CellName, Obstacle, Prediction, Repetition } from '../result.ts';
import type { FinishedTrial, MeasuredOutcome } from '../run/trial.ts';
import { isPrecise } from '../statistics/precision.ts';
import type { ChannelMoments } from './bad-moments.ts';
import { figuresOf, readingsOf, type Samples, samplesOf } from './cell-figures.ts';
import { type CurvePoints, curvePointsOf, curvesOf } from './curves.ts';
import { staircaseOf } from './staircase.ts';
import { sumOfAccounts } from './sum-of-accounts.ts';
import { timelineOf } from './timeline.ts';

/** What is kept of a repetition for the figures over all of them. */
export interface KeptRepetition {
  readonly number: number;
  readonly samples: Samples;
  readonly curves: CurvePoints;
  /** For pairs: of every message in the order of the plan. */
  readonly delayNs: Float64Array;
  readonly account: Account;
}

interface CellOptions {
  /** Why it can't be measured. */
  readonly notAvailable?: Obstacle | undefined;
  readonly prediction?: Prediction | undefined;
  /** How long messages are planned. */
  readonly durationMs?: number;
  /** When the channel of a repetition loses what crosses it. */
  readonly momentsOf?: (channelSeed: number) => ChannelMoments;
}

/** What is drawn message by message, or moment by moment. */
interface Pictures {
  readonly repetition: number;
  readonly drawn: Pick<Cell, 'staircase' | 'timeline'>;
}

const NO_STATE: ChannelMoments = { up: undefined, down: undefined };

export class GrowingCell {
  readonly name: CellName;
  readonly kept: KeptRepetition[] = [];
  readonly #notAvailable: Obstacle | undefined;
  readonly #prediction: Prediction | undefined;
  readonly #durationMs: number;
  readonly #momentsOf: (channelSeed: number) => ChannelMoments;
  readonly #repetitions: Repetition[] = [];
  /** Of the repetition with the lowest number: the others would show the same in another place. */
  #pictures: Pictures | undefined;

  constructor(
    name: CellName,
    { notAvailable, prediction, durationMs = 1000, momentsOf = () => NO_STATE }: CellOptions = {},
  ) {
    this.name = name;
    this.#notAvailable = notAvailable;
    this.#prediction = prediction;
    this.#durationMs = durationMs;
    this.#momentsOf = momentsOf;
  }

  add({ plan, outcome }: FinishedTrial): void {
    const { repetition: number, channelSeed } = plan;
    if (outcome.kind === 'failed') {
      this.#repetitions.push({ number, channelSeed, outcome });
      return;
    }
    const kept = keep(number, outcome);
    this.kept.push(kept);
    if (this.#pictures === undefined || number < this.#pictures.repetition)
      this.#pictures = this.#picturesOf(outcome, number, this.#momentsOf(channelSeed));
    this.#repetitions.push({ number, channelSeed, outcome: measured(outcome, kept) });
  }

  #picturesOf({ record, observation }: MeasuredOutcome, repetition: number, moments: ChannelMoments): Pictures {
    const staircase = staircaseOf(record, repetition, moments);
    const timeline = timelineOf(observation, this.#durationMs, repetition, moments);
    return { repetition, drawn: { ...(staircase && { staircase }), ...(timeline && { timeline }) } };
  }

  /** @param seed of the intervals; undefined: none yet */
  cell(seed: number | undefined): Cell {
    const cell = { ...this.name, ...(this.#notAvailable !== undefined && { notAvailable: this.#notAvailable }) };
    const repetitions = [...this.#repetitions];
    if (this.kept.length === 0) return { ...cell, repetitions };
    return {
      ...cell,
      ...this.#pictures?.drawn,
      ...(this.#prediction && { prediction: this.#prediction }),
      figures: figuresOf(
        this.kept.map(({ samples }) => samples),
        seed,
      ),
      curves: curvesOf(this.kept.map(({ curves }) => curves)),
      account: sumOfAccounts(this.kept.map(({ account }) => account)),
      repetitions,
    };
  }

  isAsPreciseAs(metric: MetricId, relativeWidth: number, seed: number): boolean {
    if (this.#notAvailable !== undefined) return true;
    const figure = figuresOf(
      this.kept.map(({ samples }) => samples),
      seed,
      [metric],
    )[metric];
    return figure !== undefined && isPrecise(figure, relativeWidth);
  }
}

function keep(number: number, { observation, account }: MeasuredOutcome): KeptRepetition {
  return {
    number,
    samples: samplesOf(observation),
    curves: curvePointsOf(observation),
    delayNs: observation.delayNs,
    account,
  };
}

const NO_CPU = { workers: 0 };

function measured(outcome: MeasuredOutcome, { samples, account }: KeptRepetition): Repetition['outcome'] {
  const { link, hosts, bulk, observation, stoodStillMs } = outcome;
  const { cpuMs = NO_CPU, setUpsMs, setUpRoundTrips } = observation;
  return {
    kind: 'measured',
    figures: readingsOf(samples),
    account,
    link: link.count,
    cpuMs,
    setUpsMs,
    ...(setUpRoundTrips && { setUpRoundTrips }),
    ...(hosts && { hosts }),
    ...(bulk && { bulkBitsPerSecond: (bulk.deliveredBytes * 8) / bulk.seconds }),
    ...(stoodStillMs && { stoodStillMs }),
  };
}
