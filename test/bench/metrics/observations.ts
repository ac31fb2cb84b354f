// Observations of trials made by hand, and by chance.
import fc from 'fast-check';
import { METRICS, type MetricId } from '../../../src/bench/metrics/catalogue.ts';
import type { FlowObservation, Observation } from '../../../src/bench/record/observation.ts';
import { type BesideRecord, observe } from '../../../src/bench/record/observe.ts';
import type { Sample } from '../../../src/bench/statistics/sample.ts';
import { type MadeRecord, recordOf } from '../record/records.ts';

const FOREVER_MS = 1e6;

export function observed(made: MadeRecord, beside: Partial<BesideRecord> = {}): Observation {
  return observe(recordOf(made), FOREVER_MS, { setUpsMs: [], ...beside });
}

export function sampleOf(id: MetricId, observation: Observation): Sample | undefined {
  return METRICS[id].sample(observation);
}

/** What a figure of this one repetition would be: NaN where it says nothing, infinite where it is not reached. */
export function figureOf(id: MetricId, observation: Observation): number | undefined {
  const sample = sampleOf(id, observation);
  if (sample === undefined) return undefined;
  switch (sample.kind) {
    case 'ratio':
      return sample.part / sample.whole;
    case 'quantile': {
      if (sample.count === 0) return Number.NaN;
      const rank = Math.max(1, Math.ceil(sample.p * sample.count - 1e-9));
      return sample.sorted[rank - 1] ?? Number.POSITIVE_INFINITY;
    }
    default:
      return sample.value;
  }
}

/** One flow whose messages arrive in this order; the numbers that are missing are lost. */
export function arrivalsOf(order: readonly number[], count = Math.max(-1, ...order) + 1): FlowObservation {
  return {
    messages: Uint32Array.from({ length: count }, (_, i) => i),
    lost: Uint8Array.from({ length: count }, (_, i) => (order.includes(i) ? 0 : 1)),
    arrivedNumber: Uint32Array.from(order),
    arrivedNs: Float64Array.from(order, (_, i) => i * 1e6),
  };
}

/** `1` came, `0` was lost. */
export function lossesOf(pattern: string): { readonly lost: Uint8Array } {
  return { lost: Uint8Array.from(pattern, (came) => (came === '0' ? 1 : 0)) };
}

/** Numbers from 0, each at most once, in any order. */
export const anyOrder = fc
  .nat({ max: 40 })
  .chain((count) => fc.shuffledSubarray(Array.from({ length: count }, (_, i) => i)));

export const anyLosses = fc.array(fc.boolean(), { maxLength: 120 }).map((came) => came.map(Number).join(''));

/** A few flows with losses, copies and overtaking; instants are whole ns, so that they can be shifted exactly. */
export const anyMade: fc.Arbitrary<Required<Pick<MadeRecord, 'plannedNs' | 'flow' | 'arrivals'>>> = fc
  .integer({ min: 1, max: 25 })
  .chain((count) =>
    fc.record({
      plannedNs: fc
        .array(fc.integer({ min: 0, max: 1000 }), { minLength: count, maxLength: count })
        .map((planned) => planned.toSorted((a, b) => a - b)),
      flow: fc.array(fc.nat({ max: 2 }), { minLength: count, maxLength: count }),
      arrivals: fc
        .array(fc.tuple(fc.nat({ max: count - 1 }), fc.integer({ min: 1000, max: 5000 })), { maxLength: 50 })
        .map((arrivals) => arrivals.toSorted(([, a], [, b]) => a - b)),
    }),
  );
