// Pairs of messages by both delays: every pair is in one field, and a field says where it begins.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pairGrid } from '../../../src/bench/figures/pair-grid.ts';
import { observe } from '../../../src/bench/record/observe.ts';
import type { PairGrid } from '../../../src/bench/result.ts';
import { delayed } from '../made-run.ts';

const MS = 1e6;
const NEVER = Number.POSITIVE_INFINITY;

type Pair = readonly [baselineMs: number, otherMs: number];

/** Of one repetition, or of several. */
function grid(...repetitions: (readonly Pair[])[]): PairGrid {
  return pairGrid(
    repetitions.map((pairs) => [
      Float64Array.from(pairs, ([ms]) => ms * MS),
      Float64Array.from(pairs, ([, ms]) => ms * MS),
    ]),
  );
}

/** As rows: baseline, other, pairs. */
function fields({ baselineMs, otherMs, pairs }: PairGrid) {
  return pairs.map((count, at) => [baselineMs[at], otherMs[at], count]);
}

describe('fields', () => {
  test('count the pairs whose delays are in the same steps', () => {
    const found = grid([
      [1, 10],
      [1.1, 11],
      [10, 1],
      [1, 100],
    ]);
    expect(found.stepsPerDecade).toBe(20);
    expect(fields(found)).toEqual([
      [1, 10, 2],
      [1, 100, 1],
      [10, 1, 1],
    ]);
  });

  test('count those of all repetitions together', () => {
    const found = grid(
      [[1, 10]],
      [],
      [
        [1, 10],
        [1, 1],
      ],
    );
    expect(fields(found)).toEqual([
      [1, 1, 1],
      [1, 10, 2],
    ]);
  });

  test('what never came is there, on either side and on both', () => {
    const found = grid([
      [NEVER, 1],
      [1, NEVER],
      [NEVER, NEVER],
      [NEVER, NEVER],
      [1, 1],
    ]);
    expect(fields(found)).toEqual([
      [1, 1, 1],
      [1, null, 1],
      [null, 1, 1],
      [null, null, 2],
    ]);
  });

  test('begin at the least delay of the first that can be told', () => {
    const found = grid([
      [0, 0.01],
      [0.000_001, 0.011],
      [0.009_999, 0.0112],
      [-0.002, 0],
    ]);
    expect(fields(found)).toEqual([[0.01, 0.01, 4]]);
  });

  test('stand in the order of the baseline, then of the other, as numbers, and what never came last', () => {
    const delaysMs = [NEVER, 9, 100, 0.05, 2000, 10];
    const found = grid(delaysMs.flatMap((own) => delaysMs.map((other) => [own, other] as const)));
    const edges = [0.0446684, 8.91251, 10, 100, 1995.26, null];
    expect(found.baselineMs).toEqual(edges.flatMap((edge) => edges.map(() => edge)));
    expect(found.otherMs).toEqual(edges.flatMap(() => edges));
    expect(new Set(found.pairs)).toEqual(new Set([1]));
  });

  test('of no pairs there are none', () => {
    expect(grid()).toEqual({ stepsPerDecade: 20, baselineMs: [], otherMs: [], pairs: [] });
    expect(grid([], [])).toEqual(grid());
  });
});

describe('a step', () => {
  const edgeOf = (ms: number) => grid([[ms, 1]]).baselineMs[0];

  test.each([0.01, 0.1, 1, 10, 100, 1000, 10_000, 100_000])('begins at each decade: %f ms', (ms) => {
    expect(edgeOf(ms)).toBe(ms);
    expect(edgeOf(ms * 1.1)).toBe(ms);
  });

  test.each([
    // 10^(1/20), 10^(13/20) and 10^(59/20), to six digits.
    [1.122, 1],
    [1.1221, 1.12202],
    [4.466, 3.98107],
    [4.467, 4.46684],
    [891.2, 794.328],
    [891.3, 891.251],
    [999.999, 891.251],
  ])('that holds %f ms begins at %f ms', (ms, edge) => expect(edgeOf(ms)).toBe(edge));
});

describe('whatever the delays', () => {
  const anyMs = fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(NEVER, 0, 1, 10) },
    { weight: 4, arbitrary: fc.double({ min: -2.5, max: 5, noNaN: true }).map((power) => 10 ** power) },
  );
  const anyPairs = fc.array(fc.array(fc.tuple(anyMs, anyMs), { maxLength: 60 }), { maxLength: 4 });
  /** Of the six digits of an edge. */
  const ROUNDING = 1 + 5e-6;

  /** As what came sooner than that came then. */
  function isIn(ms: number, edge: number | null): boolean {
    if (edge === null || ms === NEVER) return edge === null && ms === NEVER;
    const told = Math.max(0.01, ms);
    return edge <= told * ROUNDING && told < edge * 10 ** (1 / 20) * ROUNDING;
  }

  test('every pair is counted once', () => {
    fc.assert(
      fc.property(anyPairs, (repetitions) => {
        const { baselineMs, otherMs, pairs } = grid(...repetitions);
        expect(pairs.reduce((sum, count) => sum + count, 0)).toBe(repetitions.flat().length);
        expect([baselineMs.length, otherMs.length]).toEqual([pairs.length, pairs.length]);
        expect(new Set(pairs.map((_, at) => `${baselineMs[at]} ${otherMs[at]}`)).size).toBe(pairs.length);
        expect(pairs.filter((count) => count === 0)).toEqual([]);
      }),
    );
  });

  test('in a field whose edges are the lower ones', () => {
    fc.assert(
      fc.property(anyMs, anyMs, (own, other) => {
        const found = grid([[own, other]]);
        expect(isIn(own, found.baselineMs[0]!)).toBe(true);
        expect(isIn(other, found.otherMs[0]!)).toBe(true);
      }),
    );
  });

  test('sides exchanged, each field is the other way round', () => {
    fc.assert(
      fc.property(anyPairs, (repetitions) => {
        const exchanged = repetitions.map((pairs) => pairs.map(([own, other]) => [other, own] as const));
        const sorted = (rows: readonly (readonly unknown[])[]) => rows.map((row) => row.join()).toSorted();
        const mirrored = fields(grid(...exchanged)).map(([own, other, count]) => [other, own, count]);
        expect(sorted(fields(grid(...repetitions)))).toEqual(sorted(mirrored));
      }),
    );
  });
});

test('is made of what two contestants had of the same messages', () => {
  const [own, other] = [
    [20, 20, undefined, 200],
    [20, undefined, undefined, 100],
  ].map((delaysMs) => observe(delayed(delaysMs), 1000, { setUpsMs: [] }).delayNs);
  expect(fields(pairGrid([[own!, other!]]))).toEqual([
    [19.9526, 19.9526, 1],
    [19.9526, null, 1],
    [199.526, 100, 1],
    [null, null, 1],
  ]);
});
