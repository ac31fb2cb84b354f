// Message k over one against message k over the other, for a picture: every pair is counted in the field of its two delays.
import type { PairGrid, Reading } from '../result.ts';

/** 12 % from one to the next. */
const STEPS_PER_DECADE = 20;

/** What came sooner is as if it came then: a message takes longer to be looked at. */
const LEAST_MS = 0.01;

/** @param pairs of repetitions, the delays of message k on both sides at the same place; infinite: it never came */
export function pairGrid(pairs: readonly (readonly [Float64Array, Float64Array])[]): PairGrid {
  const counts = new Map<string, { readonly steps: readonly [Step, Step]; pairs: number }>();
  for (const [baseline, other] of pairs) {
    for (let k = 0; k < baseline.length; k++) {
      const steps = [stepOf(baseline[k]!), stepOf(other[k]!)] as const;
      const key = steps.join();
      const field = counts.get(key);
      if (field === undefined) counts.set(key, { steps, pairs: 1 });
      else field.pairs++;
    }
  }
  const fields = [...counts.values()].sort(({ steps: a }, { steps: b }) => order(a[0], b[0]) || order(a[1], b[1]));
  return {
    stepsPerDecade: STEPS_PER_DECADE,
    baselineMs: fields.map(({ steps }) => edgeOf(steps[0])),
    otherMs: fields.map(({ steps }) => edgeOf(steps[1])),
    pairs: fields.map((field) => field.pairs),
  };
}

/** Infinite where it never came. */
type Step = number;

function stepOf(delayNs: number): Step {
  return Math.floor(Math.log10(Math.max(LEAST_MS, delayNs / 1e6)) * STEPS_PER_DECADE);
}

function edgeOf(step: Step): Reading {
  return step === Number.POSITIVE_INFINITY ? null : Number((10 ** (step / STEPS_PER_DECADE)).toPrecision(6));
}

function order(a: Step, b: Step): number {
  return a === b ? 0 : a - b;
}
