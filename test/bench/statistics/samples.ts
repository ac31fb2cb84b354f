// Samples in short, and arbitrary ones.
import fc from 'fast-check';
import type { Sample } from '../../../src/bench/statistics/sample.ts';

export function ratio(part: number, whole = 1): Sample {
  return { kind: 'ratio', part, whole };
}

/** @param values infinite ones are counted, and are not among the sorted */
export function quantile(values: readonly number[], p = 0.5): Sample {
  const came = values.filter((value) => value < Number.POSITIVE_INFINITY);
  return { kind: 'quantile', sorted: Float64Array.from(came).sort(), count: values.length, p };
}

/** Of one repetition: few distinct values, so that ties are common, and some that never came. */
export const delaysOrLost: fc.Arbitrary<number[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 40 }) },
    { weight: 1, arbitrary: fc.constant(Number.POSITIVE_INFINITY) },
  ),
  { maxLength: 150 },
);

/** The quantile by its definition, over the values of all repetitions. */
export function naiveQuantile(values: readonly number[], percent: number): number | undefined {
  const ascending = [...values].sort((a, b) => a - b);
  return ascending.find((x) => values.filter((value) => value <= x).length * 100 >= percent * values.length);
}
