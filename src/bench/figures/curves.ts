// What pictures of a cell are drawn from: small, however many messages there were.

import { DEADLINES_MS, deadlineCurve } from '../metrics/deadline.ts';
import { sortedIpdvMs } from '../metrics/delay-variation.ts';
import { lossRuns } from '../metrics/loss-pattern.ts';
import { reorderBufferDensity, reorderDensity } from '../metrics/reorder-density.ts';
import { sortedBlockedMs } from '../metrics/stream.ts';
import type { Observation } from '../record/observation.ts';
import type { Curve } from '../result.ts';

const DENSITY_LIMIT = 32;
const LONGEST_RUN = 32;

interface CurveOf {
  readonly title: string;
  readonly x: readonly number[];
  /** Undefined where the repetition lacks what it is drawn from. */
  readonly y: (observation: Observation) => Float64Array | undefined;
}

const CURVES: Readonly<Record<string, CurveOf>> = {
  deadlines: {
    title: 'share of all sent that came within x ms',
    x: [...DEADLINES_MS],
    y: (observation) => deadlineCurve(observation),
  },
  'reorder-density': {
    title: 'share displaced by x places (RFC 5236, RD)',
    x: range(-DENSITY_LIMIT, DENSITY_LIMIT),
    y: ({ flows }) => reorderDensity(flows, DENSITY_LIMIT),
  },
  'reorder-buffer-density': {
    title: 'share of arrivals after which x messages are buffered (RFC 5236, RBD)',
    x: range(0, DENSITY_LIMIT),
    y: ({ flows }) => reorderBufferDensity(flows, DENSITY_LIMIT),
  },
  'loss-runs': {
    title: `loss periods of x messages in a row, in one repetition; the last is ${LONGEST_RUN} and more (RFC 3357)`,
    x: range(1, LONGEST_RUN),
    y: ({ flows }) => lossRuns(flows, LONGEST_RUN),
  },
  'delay-variation': {
    title: 'share of neighbours whose delays differ by more than x ms (RFC 3393, |IPDV|)',
    x: [...DEADLINES_MS],
    y: (observation) => exceeding(sortedIpdvMs(observation)),
  },
  blocking: {
    title: 'share of messages seen on the path that waited more than x ms for bytes before them',
    x: [...DEADLINES_MS],
    y: (observation) => (observation.path === undefined ? undefined : exceeding(sortedBlockedMs(observation))),
  },
};

/** Of one repetition, by the curve's name. */
export type CurvePoints = Readonly<Record<string, Float64Array>>;

export function curvePointsOf(observation: Observation): CurvePoints {
  const points: Record<string, Float64Array> = {};
  for (const [name, { y }] of Object.entries(CURVES)) {
    const own = y(observation);
    if (own !== undefined) points[name] = own;
  }
  return points;
}

/** The mean over the repetitions that have it, each counted alike. */
export function curvesOf(repetitions: readonly CurvePoints[]): Record<string, Curve> {
  const curves: Record<string, Curve> = {};
  for (const [name, { title, x }] of Object.entries(CURVES)) {
    const known = repetitions.flatMap((points) => points[name] ?? []);
    if (known.length === 0) continue;
    curves[name] = { title, x, y: x.map((_, at) => known.reduce((sum, own) => sum + own[at]!, 0) / known.length) };
  }
  return curves;
}

/** The share of the values above each of the limits; both ascend. All 0 where there is none. */
function exceeding(sorted: Float64Array): Float64Array {
  const shares = new Float64Array(DEADLINES_MS.length);
  let within = 0;
  for (const [at, limitMs] of DEADLINES_MS.entries()) {
    while (within < sorted.length && sorted[within]! <= limitMs) within++;
    shares[at] = sorted.length === 0 ? 0 : 1 - within / sorted.length;
  }
  return shares;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
