// A claim about figures, cell against cell or cell against number: it holds where every interval supports it.

import { isMetricId, type MetricId } from '../metrics/catalogue.ts';
import type { ComparedFigure, Figure, FigureEvidence, Verdict } from '../result.ts';
import type { CellReference, FigureClaim } from '../scenario/scenario.ts';
import { compare } from '../statistics/compare.ts';
import { figuresOf } from './cell-figures.ts';
import { inBoth } from './comparisons.ts';
import type { GrowingCell } from './growing-cell.ts';
import { untestedLink } from './verdict.ts';

type Conclusion = ComparedFigure['conclusion'];

export function judgeFigures(claim: FigureClaim, cells: readonly GrowingCell[], seed: number): Verdict {
  const { sentence, test, metric } = claim;
  // A cell that the others are set against is not set against itself.
  const asked = cells.filter((cell) => matches(cell, claim.of) && !isOther(cell, claim.than));
  const figures = isMetricId(metric) ? asked.flatMap((cell) => evidenceOf(claim, metric, cell, cells, seed)) : [];
  const untested = asked.map((cell) => cell.cell(undefined)).flatMap(untestedLink);
  const outcome = outcomeOf(
    test,
    figures.map(({ conclusion }) => conclusion),
  );
  const isWhole = untested.length === 0 && figures.length === asked.length;
  return {
    sentence,
    test,
    transport: '',
    outcome: outcome === 'held' && !isWhole ? 'partly' : outcome,
    evidence: [],
    vanishing: [],
    figures,
    untested,
  };
}

function outcomeOf(test: FigureClaim['test'], conclusions: readonly Conclusion[]): Verdict['outcome'] {
  const wanted: Conclusion = ({ above: 'more', below: 'less', alike: 'no-difference' } as const)[test];
  const opposite = (conclusion: Conclusion) =>
    test === 'alike'
      ? conclusion === 'more' || conclusion === 'less'
      : conclusion === (test === 'above' ? 'less' : 'more');
  if (conclusions.some(opposite)) return 'refuted';
  const shown = conclusions.filter((conclusion) => conclusion === wanted).length;
  if (shown === 0) return 'not-tested';
  return shown === conclusions.length ? 'held' : 'partly';
}

function evidenceOf(
  { than }: FigureClaim,
  metric: MetricId,
  cell: GrowingCell,
  cells: readonly GrowingCell[],
  seed: number,
): FigureEvidence[] {
  const figure = figureOf(cell, metric, seed);
  if (figure === undefined) return [];
  const own = { metric, of: cell.name, value: figure.value };
  if (typeof than === 'number') {
    return [{ ...own, thanValue: than, conclusion: againstNumber(figure, than) }];
  }
  const other = cells.find((each) => isOtherOf(each, cell, than));
  const otherFigure = other && figureOf(other, metric, seed);
  if (other === undefined || otherFigure === undefined) return [];
  const compared = compareSamples(other, cell, metric, seed);
  if (compared === undefined) return [];
  const { difference, conclusion } = compared;
  return [
    {
      ...own,
      than: other.name,
      thanValue: otherFigure.value,
      ...(difference && { difference }),
      conclusion,
    },
  ];
}

/** Over one link repetition r crossed the same channel, at every point; over two links each had its own. */
function compareSamples(a: GrowingCell, b: GrowingCell, metric: MetricId, seed: number) {
  if (a.name.link !== b.name.link) {
    const samples = [a, b].map(({ kept }) => kept.map((repetition) => repetition.samples[metric]));
    return compare(samples[0]!, samples[1]!, { paired: false, seed });
  }
  const both = inBoth(a.kept, b.kept);
  return compare(
    both.map(([own]) => own.samples[metric]),
    both.map(([, other]) => other.samples[metric]),
    { paired: true, seed },
  );
}

function figureOf({ kept }: GrowingCell, metric: MetricId, seed: number): Figure | undefined {
  const samples = kept.map((repetition) => repetition.samples);
  return figuresOf(samples, seed, [metric])[metric];
}

function againstNumber({ low, high }: Figure, limit: number): Conclusion {
  if (low === undefined || high === undefined) return 'not-supported';
  if ((low ?? Number.POSITIVE_INFINITY) > limit) return 'more';
  return (high ?? Number.POSITIVE_INFINITY) < limit ? 'less' : 'no-difference';
}

function matches({ name }: GrowingCell, { transport, link, point }: CellReference): boolean {
  return (
    (transport === undefined || transport === name.transport) &&
    (link === undefined || link === name.link) &&
    (point === undefined || point === name.point)
  );
}

function isOther(cell: GrowingCell, than: FigureClaim['than']): boolean {
  return typeof than !== 'number' && isOtherOf(cell, cell, than);
}

/** The cell that `than` means for one that `of` means: what it does not say is the same. */
function isOtherOf(other: GrowingCell, { name }: GrowingCell, than: CellReference): boolean {
  return (
    other.name.transport === (than.transport ?? name.transport) &&
    other.name.link === (than.link ?? name.link) &&
    other.name.point === (than.point ?? name.point)
  );
}
