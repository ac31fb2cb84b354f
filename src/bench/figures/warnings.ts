// What a reader must know before he believes a figure: where the lab itself may have made a difference.
import type { Cell, CellName, Comparison, CountedTwice, LabProcess, SignedFigure, Warning } from '../result.ts';

/** The carrier's own lateness above which delays of its kind mean little. */
const LATE_LINK_MS = 1;
const DELAYS = ['delay-p50', 'delay-p90', 'delay-p95', 'delay-p99'];

export function warningsOf(cells: readonly Cell[], comparisons: readonly Comparison[]): Warning[] {
  return [
    ...cells.flatMap(unexplained),
    ...cells.flatMap(lossesOfTheLab),
    ...cells.flatMap(disagreements),
    ...cells.flatMap(standstills),
    ...lateLink(cells),
    ...comparisons.flatMap((comparison) => withinTimerError(comparison, cells)),
  ];
}

function unexplained(cell: Cell): Warning[] {
  const { unexplained: messages } = cell.account ?? { unexplained: 0 };
  return messages === 0 ? [] : [{ kind: 'unexplained', cell: nameOf(cell), messages }];
}

/** The machine itself lost packets, and no link was meant to. */
function lossesOfTheLab(cell: Cell): Warning[] {
  const packets = sum(cell, ({ link }) => link?.droppedPackets['carrier'] ?? 0);
  return packets === 0 ? [] : [{ kind: 'lost-by-the-machine', cell: nameOf(cell), packets }];
}

function disagreements(cell: Cell): Warning[] {
  const all = new Map<string, Pick<CountedTwice, 'what' | 'by'> & { off: number }>();
  for (const { outcome } of cell.repetitions) {
    if (outcome.kind !== 'measured') continue;
    for (const { what, by, hosts, path } of outcome.hosts?.agreement ?? []) {
      if (hosts === path) continue;
      const key = `${what} ${by}`;
      all.set(key, { what, by, off: (all.get(key)?.off ?? 0) + Math.abs(hosts - path) });
    }
  }
  return [...all.values()].map((counts) => ({ kind: 'counts-disagree', cell: nameOf(cell), ...counts }));
}

/** Of each of the lab's processes the longest, over all repetitions. */
function standstills(cell: Cell): Warning[] {
  const longest = new Map<LabProcess, number>();
  for (const { outcome } of cell.repetitions) {
    if (outcome.kind !== 'measured') continue;
    for (const [name, ms] of Object.entries(outcome.stoodStillMs ?? {})) {
      longest.set(name as LabProcess, Math.max(ms, longest.get(name as LabProcess) ?? 0));
    }
  }
  return [...longest].map(([process, ms]) => ({ kind: 'stood-still', cell: nameOf(cell), process, ms }));
}

function lateLink(cells: readonly Cell[]): Warning[] {
  const latenessMs = cells.reduce((most, cell) => Math.max(most, largest(cell)), 0);
  return latenessMs <= LATE_LINK_MS ? [] : [{ kind: 'late-link', latenessMs }];
}

function nameOf({ transport, link, point }: Cell): CellName {
  return { transport, link, point };
}

function largest({ repetitions }: Cell): number {
  return repetitions.reduce(
    (most, { outcome }) => Math.max(most, outcome.kind === 'measured' ? (outcome.link?.latenessP99Ms ?? 0) : 0),
    0,
  );
}

/** A difference that is smaller than the lab's own lateness may be of its making. */
function withinTimerError({ link, point, baseline, other, figures }: Comparison, cells: readonly Cell[]): Warning[] {
  const timerErrorMs = Math.max(
    ...[baseline, other].map((transport) => {
      const cell = cells.find((each) => each.transport === transport && each.link === link && each.point === point);
      return cell?.figures?.['timer-error-p99']?.value ?? 0;
    }),
  );
  const metrics = DELAYS.filter((id) => {
    const figure = figures[id];
    const isClaimed = figure?.conclusion === 'less' || figure?.conclusion === 'more';
    return isClaimed && magnitude(figure.difference) < timerErrorMs;
  });
  if (metrics.length === 0) return [];
  return [{ kind: 'within-timer-error', place: { link, point }, baseline, other, metrics, timerErrorMs }];
}

function magnitude(figure: SignedFigure | undefined): number {
  return typeof figure?.value === 'number' ? Math.abs(figure.value) : Number.POSITIVE_INFINITY;
}

function sum(
  { repetitions }: Cell,
  of: (outcome: Extract<Cell['repetitions'][number]['outcome'], { kind: 'measured' }>) => number,
): number {
  return repetitions.reduce((total, { outcome }) => total + (outcome.kind === 'measured' ? of(outcome) : 0), 0);
}
