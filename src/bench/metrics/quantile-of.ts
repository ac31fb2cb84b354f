// The sample of a percentile that has no lost messages to count.
import type { Sample } from '../statistics/sample.ts';

/** A percentile over exactly these values, which are sorted in place: none of them is missing, as a lost message would be. */
export function quantileOf(values: Float64Array, p: number): Sample {
  return { kind: 'quantile', sorted: values.sort(), count: values.length, p };
}
