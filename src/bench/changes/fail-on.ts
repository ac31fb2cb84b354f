// A limit on what may change from one run to the next, for CI: "p99 > 10%", "loss > 2 points", "delay-p50 > 5ms".
import type { CellChange, CellName, ChangedFigure, Incomparable, NoInterval, RunChanges } from '../result.ts';

export interface Limit {
  /** As it was written. */
  readonly text: string;
  readonly metric: string;
  readonly direction: 'more' | 'less';
  /** `relative`: a share of what it was before; `absolute`: in the metric's own unit. */
  readonly kind: 'relative' | 'absolute';
  readonly by: number;
}

/** The limit is broken, or whether it is can't be told: what nobody can see is not kept. */
export type Breach =
  | { readonly kind: 'broken'; readonly limit: Limit; readonly cell: CellName; readonly figure: ChangedFigure }
  | { readonly kind: 'not-known'; readonly limit: Limit; readonly cell: CellName; readonly why: Unknown };

export type Unknown =
  | { readonly kind: 'no-interval'; readonly of: NoInterval | undefined }
  | { readonly kind: 'incomparable'; readonly of: Incomparable }
  /** The first run has the figure, and the second has not. */
  | { readonly kind: 'no-figure' };

const NOTATION = /^\s*([\w.-]+)\s*([<>])\s*([\d.]+)\s*(%|points?|ms|)\s*$/;

export const LIMIT_NOTATION =
  'a metric, > or <, and by how much: "p99 > 10%", "loss > 2 points" (of a share), "delay-p50 > 5ms"';

/**
 * @param unitOf the unit of a metric; undefined for what is none
 * @returns undefined where it is no limit, or not in the metric's unit
 */
export function parseLimit(text: string, unitOf: (metric: string) => string | undefined): Limit | undefined {
  const [, name, sign, amount, suffix] = NOTATION.exec(text) ?? [];
  const metric = [name, `delay-${name}`].find((each) => each !== undefined && unitOf(each) !== undefined);
  const number = Number(amount);
  if (metric === undefined || suffix === undefined || !Number.isFinite(number)) return undefined;
  const isRelative = suffix === '%';
  const isShare = unitOf(metric) === 'share';
  // A bare number of a share could be one or a hundredth of it.
  const fits = isShare ? suffix !== 'ms' && suffix !== '' : suffix === '' || suffix === unitOf(metric);
  if (!isRelative && !fits) return undefined;
  return {
    text: text.trim(),
    metric,
    direction: sign === '>' ? 'more' : 'less',
    kind: isRelative ? 'relative' : 'absolute',
    by: isRelative || isShare ? number / 100 : number,
  };
}

/** A limit is broken where a figure went beyond it and the interval of the difference says that it changed at all. */
export function breachesOf(limits: readonly Limit[], { cells, incomparable }: RunChanges): Breach[] {
  const unseen = incomparable.filter(wasThere);
  return limits.flatMap((limit) => [
    ...cells.flatMap((cell) => breachIn(cell, limit)),
    ...unseen.map(({ transport, link, point, ...why }): Breach => {
      const cell = { transport, link, point };
      return { kind: 'not-known', limit, cell, why: { kind: 'incomparable', of: { ...cell, ...why } } };
    }),
  ]);
}

/** A cell that the first run has not measured can't have become worse. */
function wasThere(cell: Incomparable): boolean {
  if (cell.kind === 'only-in') return cell.side === 'before';
  return cell.kind !== 'not-measured' || cell.side === 'after';
}

function breachIn({ figures, missing, ...cell }: CellChange, limit: Limit): Breach[] {
  if (missing.includes(limit.metric)) return [{ kind: 'not-known', limit, cell, why: { kind: 'no-figure' } }];
  const figure = figures[limit.metric];
  if (figure === undefined || !isBeyond(figure, limit) || figure.conclusion === 'no-difference') return [];
  if (figure.conclusion === limit.direction) return [{ kind: 'broken', limit, cell, figure }];
  return [{ kind: 'not-known', limit, cell, why: { kind: 'no-interval', of: figure.why } }];
}

/** What is left of reckoning with shares is not beyond anything. */
const CLOSE = 1e-9;

function isBeyond({ before, after, relative }: ChangedFigure, { kind, direction, by }: Limit): boolean {
  const sign = direction === 'more' ? 1 : -1;
  const [own, other] = [before.value ?? Number.POSITIVE_INFINITY, after.value ?? Number.POSITIVE_INFINITY];
  if (own === other) return false;
  // Of nothing, anything is infinitely more.
  const share =
    relative === undefined ? (other - own) * Number.POSITIVE_INFINITY : (relative ?? Number.POSITIVE_INFINITY);
  return sign * (kind === 'absolute' ? other - own : share) > by * (1 + CLOSE) + CLOSE * CLOSE;
}
