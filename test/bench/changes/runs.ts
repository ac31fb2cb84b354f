// Two runs that never took place, set side by side.
import { changesBetween } from '../../../src/bench/changes/changes.ts';
import type {
  CellChange,
  CellName,
  ContestantSummary,
  Environment,
  PointSummary,
  RunChanges,
  RunResult,
  ScenarioSummary,
} from '../../../src/bench/result.ts';
import { cellName, point, result } from '../../reports/results.ts';

/** Of a run over two links. */
export const CLEAN_TCP = cellName('tcp', 'clean');
export const CLEAN_UDP = cellName('udp', 'clean');
export const LOSSY_TCP = cellName('tcp', 'lossy');
export const LOSSY_UDP = cellName('udp', 'lossy');

export function changes(before: RunResult, after: RunResult): RunChanges {
  return changesBetween({ folder: 'runs/monday', result: before }, { folder: 'runs/tuesday', result: after });
}

export function inScenario(own: Partial<ScenarioSummary>): RunResult {
  return result({ scenario: { ...result().scenario, ...own } });
}

export function inEnvironment(own: Partial<Environment>): RunResult {
  return result({ environment: { ...result().environment, ...own } });
}

/** A run without a sweep, whose only point is this one. */
export function at(own: Partial<PointSummary>): RunResult {
  return inScenario({ points: [{ ...point(), ...own }] });
}

export function contestant(name: string, own: Partial<ContestantSummary> = {}): ContestantSummary {
  return { name, transport: name, knobs: {}, kernel: {}, ...own };
}

export function nameOf({ transport, link, point: at }: CellName): CellName {
  return { transport, link, point: at };
}

export function changeOf({ cells }: RunChanges, { transport, link, point: at }: CellName): CellChange | undefined {
  return cells.find((cell) => cell.transport === transport && cell.link === link && cell.point === at);
}
