// Two contestants over one link at one point: every figure of both, and message k over one against message k over the other.

import type { ComparedFigure, Comparison, Pairs, SignedFigure, SignedReading } from '../result.ts';
import { estimate, signedEstimate } from '../statistics/bootstrap.ts';
import { compare } from '../statistics/compare.ts';
import { type PairSamples, pairsOf } from '../statistics/pairs.ts';
import type { Sample } from '../statistics/sample.ts';
import { METRIC_IDS } from './cell-figures.ts';
import type { GrowingCell, KeptRepetition } from './growing-cell.ts';
import { pairGrid } from './pair-grid.ts';

/** @returns undefined where one of them measured nothing */
export function compareCells(
  baseline: GrowingCell,
  other: GrowingCell,
  isClosedLoop: boolean,
  seed: number,
): Comparison | undefined {
  const both = inBoth(baseline.kept, other.kept);
  if (both.length === 0) return undefined;
  const pairs = isClosedLoop ? undefined : pairsFigures(both, seed);
  return {
    link: baseline.name.link,
    point: baseline.name.point,
    baseline: baseline.name.transport,
    other: other.name.transport,
    figures: comparedFigures(both, seed),
    ...(pairs && { pairs }),
  };
}

type Both = readonly (readonly [KeptRepetition, KeptRepetition])[];

/** Repetition r of both crossed the same channel: only those that both have can be set side by side. */
export function inBoth(baseline: readonly KeptRepetition[], other: readonly KeptRepetition[]): Both {
  const byNumber = new Map(other.map((repetition) => [repetition.number, repetition]));
  return baseline.flatMap((own) => {
    const pair = byNumber.get(own.number);
    return pair === undefined ? [] : [[own, pair] as const];
  });
}

function comparedFigures(both: Both, seed: number): Record<string, ComparedFigure> {
  const figures: Record<string, ComparedFigure> = {};
  for (const id of METRIC_IDS) {
    const [ofBaseline, ofOther] = [both.map(([own]) => own.samples[id]), both.map(([, pair]) => pair.samples[id])];
    const compared = compare(ofBaseline, ofOther, { paired: true, seed });
    if (compared === undefined) continue;
    const { repetitions: _, ...figure } = compared;
    figures[id] = figure;
  }
  return figures;
}

const PAIR_FIGURES: Readonly<Record<string, (pairs: PairSamples) => Sample>> = {
  'baseline-earlier': ({ a }) => a.earlier,
  'baseline-ahead-p50': ({ a }) => a.aheadMs,
  'other-earlier': ({ b }) => b.earlier,
  'other-ahead-p50': ({ b }) => b.aheadMs,
  tied: ({ tied }) => tied,
  'only-baseline': ({ a }) => a.alone,
  'only-baseline-delay-p50': ({ a }) => a.aloneDelayMs,
  'only-other': ({ b }) => b.alone,
  'only-other-delay-p50': ({ b }) => b.aloneDelayMs,
};

function pairsFigures(both: Both, seed: number): Pairs | undefined {
  if (both.some(([own, pair]) => own.delayNs.length !== pair.delayNs.length)) return undefined;
  const samples = both.map(([own, pair]) => pairsOf(own.delayNs, pair.delayNs));
  const figures: Record<string, SignedFigure> = {};
  for (const [name, pick] of Object.entries(PAIR_FIGURES)) {
    const figure = estimate(samples.map(pick), { seed });
    if (figure !== undefined) figures[name] = figure;
  }
  const differenceMs: Record<string, SignedReading> = {};
  for (const [at, { p }] of samples[0]!.differenceMs.entries()) {
    const figure = signedEstimate(
      samples.map(({ differenceMs: each }) => each[at]!.sample),
      { seed },
    );
    if (figure !== undefined) differenceMs[String(p)] = figure.value;
  }
  return { figures, differenceMs, grid: pairGrid(both.map(([own, pair]) => [own.delayNs, pair.delayNs])) };
}
