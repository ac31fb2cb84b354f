// The sample of a percentile that has no lost messages to count.
import type { Observation } from '../record/observation.ts';
import type { Sample } from '../statistics/sample.ts';

/** A percentile over exactly these values, which are sorted in place: none of them is missing, as a lost message would be. */
export function quantileOf(values: Float64Array, p: number): Sample {
  return quantileOfSorted(values.sort(), p);
}

export function quantileOfSorted(sorted: Float64Array, p: number): Sample {
  return { kind: 'quantile', sorted, count: sorted.length, p };
}

/** Values of which several percentiles are told are computed and sorted once for an observation, and kept once. */
export function sortedOnce(
  valuesOf: (observation: Observation) => Float64Array,
): (observation: Observation) => Float64Array {
  const known = new WeakMap<Observation, Float64Array>();
  return (observation) => {
    const found = known.get(observation) ?? valuesOf(observation).sort();
    known.set(observation, found);
    return found;
  };
}
