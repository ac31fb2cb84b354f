// A claim and what was measured → what follows. It says only what was seen: a link that could not be put before a
// transport is named as not tested.
import type { Cell, CellEvidence, UntestedLink, VanishObservation, Verdict } from '../result.ts';
import type { PromiseClaim } from '../scenario/scenario.ts';

export function judge(claim: PromiseClaim, cells: readonly Cell[], vanishing: readonly VanishObservation[]): Verdict {
  const own = cells.filter((cell) => cell.transport === claim.transport);
  const evidence = own.flatMap((cell) => evidenceOf(cell));
  // The server is killed over a link of its own: for that sentence these links were not wanted.
  const untested = claim.test === 'no-connection' ? [] : own.flatMap(untestedLink);
  const outcome = TESTS[claim.test](claim, evidence, vanishing);
  // "Everywhere" was not seen where some of it could not be looked at.
  const isWhole = claim.test !== 'delivers-everything' || untested.length === 0;
  return {
    ...claim,
    outcome: outcome === 'held' && !isWhole ? 'partly' : outcome,
    evidence,
    vanishing,
    figures: [],
    untested,
  };
}

export function untestedLink(cell: Cell): UntestedLink[] {
  const { figures, notAvailable, link, point } = cell;
  if (figures !== undefined) return [];
  if (notAvailable !== undefined) return [{ link, point, kind: 'not-available' }];
  return [{ link, point, kind: 'not-measured' }];
}

type Outcome = Verdict['outcome'];

const TESTS: Record<
  PromiseClaim['test'],
  (claim: PromiseClaim, evidence: readonly CellEvidence[], vanishing: readonly VanishObservation[]) => Outcome
> = {
  'delivers-everything': (_claim, evidence) => {
    if (evidence.length === 0) return 'not-tested';
    return evidence.every(isFaultless) ? 'held' : 'refuted';
  },
  'may-lose-or-reorder': (_claim, evidence) => {
    if (evidence.length === 0) return 'not-tested';
    const shown = [evidence.some(({ lost }) => lost > 0), evidence.some(({ reordered }) => reordered > 0)];
    if (shown.every(Boolean)) return 'held';
    return shown.some(Boolean) ? 'partly' : 'not-tested';
  },
  // Without a connection nobody is told that the other end is gone; with one, the network says so.
  'no-connection': (claim, _evidence, vanishing) => {
    const own = vanishing.find(({ transport }) => transport === claim.transport);
    if (own === undefined) return 'not-tested';
    return own.noticedAfterMs === null ? 'held' : 'refuted';
  },
};

function isFaultless({ lost, duplicates, reordered, damaged }: CellEvidence): boolean {
  return lost + duplicates + reordered + damaged === 0;
}

function evidenceOf(cell: Cell): CellEvidence[] {
  if (cell.figures === undefined) return [];
  const whole = (metric: string) => Math.round(cell.figures?.[metric]?.value ?? 0);
  const delivered = whole('delivered');
  const share = (metric: string) => Math.round((cell.figures?.[metric]?.value ?? 0) * delivered);
  return [
    {
      link: cell.link,
      point: cell.point,
      sent: whole('sent'),
      lost: whole('lost'),
      duplicates: share('duplication'),
      reordered: share('reordered'),
      damaged: whole('damaged'),
    },
  ];
}
