// What a reader must know before he believes a figure: where the lab itself may have made a difference.
import type { Cell, Comparison, SignedFigure } from '../result.ts';
import { cellWords, inShort, placeWords } from './cell-words.ts';

/** The carrier's own lateness above which delays of its kind mean little. */
const LATE_LINK_MS = 1;
const DELAYS = ['delay-p50', 'delay-p90', 'delay-p95', 'delay-p99'];

export function warningsOf(cells: readonly Cell[], comparisons: readonly Comparison[]): string[] {
  return [
    ...cells.flatMap(unexplained),
    ...cells.flatMap(lossesOfTheLab),
    ...cells.flatMap(disagreements),
    ...lateLink(cells),
    ...comparisons.flatMap((comparison) => withinTimerError(comparison, cells)),
  ];
}

function unexplained(cell: Cell): string[] {
  const { unexplained: count } = cell.account ?? { unexplained: 0 };
  return count === 0 ? [] : [`${count} messages of ${cellWords(cell)} are lost without an explanation`];
}

function lossesOfTheLab(cell: Cell): string[] {
  const lost = sum(cell, ({ link }) => link?.droppedPackets['carrier'] ?? 0);
  return lost === 0 ? [] : [`the machine itself lost ${lost} packets of ${cellWords(cell)}, and no link was meant to`];
}

function disagreements(cell: Cell): string[] {
  const off = new Map<string, number>();
  for (const { outcome } of cell.repetitions) {
    if (outcome.kind !== 'measured') continue;
    for (const { what, hosts, path } of outcome.hosts?.agreement ?? []) {
      if (hosts !== path) off.set(what, (off.get(what) ?? 0) + Math.abs(hosts - path));
    }
  }
  return [...off].map(([what, by]) => `${cellWords(cell)}: the hosts and the path differ by ${by} in ${what}`);
}

function lateLink(cells: readonly Cell[]): string[] {
  const worst = cells.reduce((most, cell) => Math.max(most, largest(cell)), 0);
  return worst <= LATE_LINK_MS ? [] : [`the link itself was up to ${inShort(worst)} ms late for 1 % of the packets`];
}

function largest({ repetitions }: Cell): number {
  return repetitions.reduce(
    (most, { outcome }) => Math.max(most, outcome.kind === 'measured' ? (outcome.link?.latenessP99Ms ?? 0) : 0),
    0,
  );
}

/** A difference that is smaller than the lab's own lateness may be of its making. */
function withinTimerError({ link, point, baseline, other, figures }: Comparison, cells: readonly Cell[]): string[] {
  const timerErrorMs = Math.max(
    ...[baseline, other].map((transport) => {
      const cell = cells.find((each) => each.transport === transport && each.link === link && each.point === point);
      return cell?.figures?.['timer-error-p99']?.value ?? 0;
    }),
  );
  const small = DELAYS.filter((id) => {
    const figure = figures[id];
    const isClaimed = figure?.conclusion === 'less' || figure?.conclusion === 'more';
    return isClaimed && magnitude(figure.difference) < timerErrorMs;
  });
  if (small.length === 0) return [];
  return [
    `${other} against ${baseline} over ${placeWords({ link, point })}: the difference in ${small.join(', ')} is smaller than the lab's own lateness (timer error p99 ${inShort(timerErrorMs)} ms), and may be of its making`,
  ];
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
