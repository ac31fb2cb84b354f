// The order of arrival: RFC 4737 and RFC 5236.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  buffered,
  displacements,
  reorderBufferDensity,
  reorderDensity,
} from '../../../src/bench/metrics/reorder-density.ts';
import { nReordered, reorderedArrivals } from '../../../src/bench/metrics/reordering.ts';
import { anyOrder, arrivalsOf, figureOf, observed, sampleOf } from './observations.ts';

/** Numbers as the RFCs write them, from 1. */
const fromOne = (order: readonly number[]) => arrivalsOf(order.map((number) => number - 1));

describe('reordering (RFC 4737)', () => {
  test.each<[string, number[], number[]]>([
    // Two arrangements of the kind that the RFC's section 7 works out: one packet late by four, two by one and two.
    ['one packet late', [1, 2, 3, 5, 6, 7, 8, 4, 9, 10], [4]],
    ['two packets late', [1, 2, 3, 4, 7, 5, 6, 8, 9, 10], [1, 2]],
    ['the vector of n-reordering', [1, 2, 4, 5, 3, 6, 7, 8, 9, 10], [2]],
    ['in order', [1, 2, 3], []],
    ['a lost one leaves no trace', [1, 3, 4], []],
    ['reversed', [4, 3, 2, 1], [1, 2, 3]],
    ['nothing', [], []],
  ])('extents of %s', (_what, order, extents) => {
    expect([...reorderedArrivals(fromOne(order)).extents]).toEqual(extents);
  });

  test('late time is since the earliest that overtook', () => {
    const flow = { arrivedNumber: Uint32Array.of(0, 2, 3, 1), arrivedNs: Float64Array.of(68, 148, 168, 210) };
    expect([...reorderedArrivals(flow).lateNs]).toEqual([62]);
  });

  test('as figures, over two flows', () => {
    // Flow 0 comes as 2 0 1, flow 1 in order.
    const observation = observed({
      plannedNs: [0, 0, 0, 0, 0],
      flow: [0, 1, 0, 0, 1],
      arrivals: [
        [3, 1e6],
        [1, 2e6],
        [0, 4e6],
        [2, 9e6],
        [4, 10e6],
      ],
    });
    expect(sampleOf('reordered', observation)).toEqual({ kind: 'ratio', part: 2, whole: 5 });
    expect(sampleOf('reordering-extent-longest', observation)).toEqual({ kind: 'largest', value: 2 });
    expect(figureOf('reordering-extent-p95', observation)).toBe(2);
    expect(sampleOf('reordering-late-time-longest', observation)).toEqual({ kind: 'largest', value: 8 });
    expect(sampleOf('reordering-late-time-p95', observation)).toMatchObject({
      sorted: Float64Array.of(3, 8),
      count: 2,
    });
    expect(sampleOf('n-reordering-1', observation)).toEqual({ kind: 'ratio', part: 1, whole: 5 });
    expect(sampleOf('n-reordering-2', observation)).toEqual({ kind: 'ratio', part: 0, whole: 5 });
  });

  test('extents and late times by the definition, pair by pair', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const flow = arrivalsOf(order);
        const naive = order.flatMap((number, i) => {
          const j = order.findIndex((other, at) => at < i && other > number);
          return j === -1 ? [] : [{ extent: i - j, lateNs: flow.arrivedNs[i]! - flow.arrivedNs[j]! }];
        });
        const { extents, lateNs } = reorderedArrivals(flow);
        expect([...extents]).toEqual(naive.map(({ extent }) => extent));
        expect([...lateNs]).toEqual(naive.map((each) => each.lateNs));
      }),
    );
  });

  test('nothing is reordered if and only if all came in order', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const isSorted = order.every((number, at) => at === 0 || order[at - 1]! < number);
        expect(reorderedArrivals(arrivalsOf(order)).extents.length === 0).toBe(isSorted);
      }),
    );
  });
});

describe('n-reordering (RFC 4737)', () => {
  const degrees = (order: number[]) => [1, 2, 3].map((n) => nReordered(Uint32Array.from(order), n));

  test.each([
    ['the vector', [1, 2, 4, 5, 3, 6, 7, 8, 9, 10], [1, 1, 0]],
    ['three overtook', [1, 3, 4, 5, 2, 6], [1, 1, 1]],
    ['late, but not right behind a later one', [2, 4, 1, 3], [1, 1, 0]],
    ['in order', [1, 2, 3, 4], [0, 0, 0]],
    ['fewer than n', [2, 1], [1, 0, 0]],
  ])('%s', (_what, order, expected) => expect(degrees(order)).toEqual(expected));

  test('is by the definition, and never rises with n', () => {
    fc.assert(
      fc.property(anyOrder, fc.integer({ min: 1, max: 5 }), (order, n) => {
        const arrived = Uint32Array.from(order);
        const naive = order.filter((number, i) => i >= n && order.slice(i - n, i).every((other) => other > number));
        expect(nReordered(arrived, n)).toBe(naive.length);
        expect(nReordered(arrived, n + 1)).toBeLessThanOrEqual(nReordered(arrived, n));
      }),
    );
  });

  test('what is n-reordered is reordered', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const flow = arrivalsOf(order);
        expect(nReordered(flow.arrivedNumber, 1)).toBeLessThanOrEqual(reorderedArrivals(flow).extents.length);
      }),
    );
  });
});

describe('reorder density (RFC 5236)', () => {
  test.each<[string, number[], number[], number[]]>([
    ['overtaking', [1, 4, 2, 5, 3, 6, 7, 8], [0, -2, 1, -1, 2, 0, 0, 0], [0, 1, 1, 2, 0, 0, 0, 0]],
    ['3 is lost: no receive index is 3', [1, 4, 2, 5], [0, -2, 2, 0], [0, 1, 0, 0]],
    ['in order, 2 is lost', [1, 3, 4], [0, 0, 0], [0, 0, 0]],
    ['reversed', [3, 2, 1], [-2, 0, 2], [1, 2, 0]],
    ['nothing', [], [], []],
  ])('%s', (_what, order, displaced, waiting) => {
    expect([...displacements(fromOne(order))]).toEqual(displaced);
    expect([...buffered(fromOne(order))]).toEqual(waiting);
  });

  test('as densities; what lies beyond the limit is in the last', () => {
    const flow = fromOne([1, 4, 2, 5, 3, 6, 7, 8]);
    expect([...reorderDensity([flow], 3)]).toEqual([0, 1 / 8, 1 / 8, 4 / 8, 1 / 8, 1 / 8, 0]);
    expect([...reorderDensity([flow], 1)]).toEqual([2 / 8, 4 / 8, 2 / 8]);
    expect([...reorderBufferDensity([flow], 3)]).toEqual([5 / 8, 2 / 8, 1 / 8, 0]);
    expect([...reorderBufferDensity([flow], 1)]).toEqual([5 / 8, 3 / 8]);
    expect([...reorderDensity([fromOne([])], 1)]).toEqual([0, 0, 0]);
  });

  test('as figures', () => {
    const order = [1, 4, 2, 5, 3, 6, 7, 8];
    const observation = observed({
      plannedNs: order.map(() => 0),
      arrivals: order.map((number, at) => [number - 1, at]),
    });
    expect(sampleOf('displaced', observation)).toEqual({ kind: 'ratio', part: 4, whole: 8 });
    expect(sampleOf('displacement-mean', observation)).toEqual({ kind: 'ratio', part: 6, whole: 8 });
    expect(sampleOf('reorder-buffer-mean', observation)).toEqual({ kind: 'ratio', part: 4, whole: 8 });
    expect(sampleOf('reorder-buffer-largest', observation)).toEqual({ kind: 'largest', value: 2 });
  });

  test("displacements are those of the authors' own algorithm, with a window of all", () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        expect([...displacements(arrivalsOf(order))]).toEqual(byTheAuthors(order));
      }),
    );
  });

  test('what is buffered is what came and has one missing before it that will come', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const naive = order.map((_, at) => {
          const [came, coming] = [order.slice(0, at + 1), order.slice(at + 1)];
          return came.filter((number) => coming.some((other) => other < number)).length;
        });
        expect([...buffered(arrivalsOf(order))]).toEqual(naive);
      }),
    );
  });

  test('densities add up to 1, displacements to 0', () => {
    fc.assert(
      fc.property(anyOrder, fc.nat({ max: 5 }), (order, limit) => {
        fc.pre(order.length > 0);
        const flow = arrivalsOf(order);
        const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);
        expect(sum(reorderDensity([flow], limit))).toBeCloseTo(1, 12);
        expect(sum(reorderBufferDensity([flow], limit))).toBeCloseTo(1, 12);
        expect(sum(displacements(flow))).toBe(0);
      }),
    );
  });
});

/** RFC 5236, the algorithm for RD, where the threshold is beyond all and so nothing is discarded. */
function byTheAuthors(order: readonly number[]): number[] {
  const window = [...order];
  const buffer = new Set<number>();
  const found: number[] = [];
  let receiveIndex = 0;
  while (window.length > 0) {
    if (!window.includes(receiveIndex) && !buffer.has(receiveIndex)) {
      receiveIndex++;
      continue;
    }
    const arrived = window.shift()!;
    found.push(receiveIndex - arrived);
    buffer.delete(receiveIndex);
    if (receiveIndex < arrived) buffer.add(arrived);
    receiveIndex++;
  }
  return found;
}
