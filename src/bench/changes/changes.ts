// Two runs set side by side, cell by cell: what changed, what can't be compared and why, and what else differs. The runs
// are independent samples: nothing is paired, whatever their seeds.
import type {
  Cell,
  CellChange,
  CellName,
  ChangedFigure,
  Figure,
  Incomparable,
  PointSummary,
  RunChanges,
  RunLabel,
  RunResult,
} from '../result.ts';
import { independentDifference } from '../statistics/independent.ts';
import { settingDifferences } from './setting-differences.ts';

export interface NamedRun {
  /** As it was asked for. */
  readonly folder: string;
  readonly result: RunResult;
}

export function changesBetween(before: NamedRun, after: NamedRun): RunChanges {
  const pairs = pairCells(before.result, after.result);
  const obstacles = pairs.map((pair) => obstacleOf(pair, before.result, after.result));
  const comparable = pairs.filter((_, at) => obstacles[at] === undefined);
  return {
    before: labelOf(before),
    after: labelOf(after),
    metrics: { ...before.result.metrics, ...after.result.metrics },
    cells: comparable.map(({ name, before: own, after: other }) => cellChange(name, own!, other!)),
    incomparable: obstacles.filter((obstacle) => obstacle !== undefined),
    differences: settingDifferences(before.result, after.result),
  };
}

function labelOf({ folder, result }: NamedRun): RunLabel {
  const { name, title, translations } = result.scenario;
  return {
    folder,
    scenario: name,
    title,
    ...(translations && { translations }),
    startedAt: result.environment.startedAt,
  };
}

interface CellPair {
  readonly name: CellName;
  readonly before: Cell | undefined;
  readonly after: Cell | undefined;
}

/** In the order of the first run, and then what the second has alone. */
function pairCells(before: RunResult, after: RunResult): CellPair[] {
  const find = (cells: readonly Cell[], name: CellName) => cells.find((cell) => isSame(cell, name));
  const own = before.cells.map((cell) => ({ name: nameOf(cell), before: cell, after: find(after.cells, cell) }));
  const others = after.cells.filter((cell) => find(before.cells, cell) === undefined);
  return [...own, ...others.map((cell) => ({ name: nameOf(cell), before: undefined, after: cell }))];
}

function nameOf({ transport, link, point }: Cell): CellName {
  return { transport, link, point };
}

function isSame(a: CellName, b: CellName): boolean {
  return a.transport === b.transport && a.link === b.link && a.point === b.point;
}

/** The first reason why the two sides of a cell can't be compared; undefined where they can. */
function obstacleOf({ name, before, after }: CellPair, a: RunResult, b: RunResult): Incomparable | undefined {
  if (before === undefined) return { ...name, kind: 'only-in', side: 'after' };
  if (after === undefined) return { ...name, kind: 'only-in', side: 'before' };
  if (before.figures === undefined) return { ...name, kind: 'not-measured', side: 'before' };
  if (after.figures === undefined) return { ...name, kind: 'not-measured', side: 'after' };
  for (const { kind, of } of MUST_AGREE) {
    const [own, other] = [of(a, name), of(b, name)];
    if (own !== other) return { ...name, kind, before: own, after: other };
  }
  return undefined;
}

interface Agreement {
  readonly kind: Extract<Incomparable, { before: string }>['kind'];
  readonly of: (result: RunResult, name: CellName) => string;
}

/** Where one of these differs, a figure is one of something else. */
const MUST_AGREE: readonly Agreement[] = [
  { kind: 'link', of: (result, name) => pointOf(result, name)?.links[name.link] ?? '' },
  { kind: 'workload', of: (result, name) => JSON.stringify(pointOf(result, name)?.workload) },
  { kind: 'waiting-time', of: ({ scenario }) => `${scenario.waitingMs} ms` },
  { kind: 'chance', of: ({ scenario: { chance } }) => `${chance.mode}, ${chance.slotMs} ms` },
  { kind: 'mtu', of: ({ scenario }) => String(scenario.mtuBytes ?? '') },
];

function pointOf({ scenario }: RunResult, { point }: CellName): PointSummary | undefined {
  return scenario.points.find(({ name }) => name === point);
}

function cellChange(name: CellName, before: Cell, after: Cell): CellChange {
  const [own, other] = [before.figures!, after.figures!];
  const isInBoth = (metric: string) => Object.hasOwn(other, metric);
  const shared = Object.keys(own).filter(isInBoth);
  const figures = Object.fromEntries(shared.map((metric) => [metric, changedFigure(own[metric]!, other[metric]!)]));
  const missing = Object.keys(own).filter((metric) => !isInBoth(metric));
  return { ...name, figures, missing };
}

function changedFigure(before: Figure, after: Figure): ChangedFigure {
  const relative = relativeChange(before, after);
  return {
    before,
    after,
    ...independentDifference(before, after),
    ...(relative !== undefined && { relative }),
  };
}

/** Undefined where there was nothing, or nothing reached, to be a share of; null where it is no longer reached. */
function relativeChange({ value: before }: Figure, { value: after }: Figure): number | null | undefined {
  if (before === null || before === 0) return undefined;
  return after === null ? null : (after - before) / Math.abs(before);
}
