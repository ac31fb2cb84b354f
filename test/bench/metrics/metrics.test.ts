// Every metric against vectors worked out by hand, and against the definition written down naively.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { oneWayDelaysNs } from '../../../src/bench/metrics/delay.ts';
import { extraCopies } from '../../../src/bench/metrics/duplication.ts';
import { goodput } from '../../../src/bench/metrics/goodput.ts';
import { inTime } from '../../../src/bench/metrics/in-time.ts';
import { percentileOfSent } from '../../../src/bench/metrics/percentile.ts';
import { reordering } from '../../../src/bench/metrics/reordering.ts';
import { recordOf } from '../record/records.ts';

describe('percentile over all sent', () => {
  const delays = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
  test.each([
    // Ten were sent and nine came: the tenth is infinitely late.
    [0.1, 1],
    [0.5, 5],
    [0.9, 9],
    [0.91, null],
    [1, null],
  ])('p = %s of nine that came of ten is %s', (p, expected) => {
    expect(percentileOfSent(delays, 10, p)).toBe(expected);
  });

  test('none came', () => expect(percentileOfSent(new Float64Array(0), 5, 0.5)).toBeNull());

  test('is the smallest x that the share p of all sent did not exceed', () => {
    const delaysOrLost = fc.array(fc.option(fc.integer({ min: 0, max: 50 }), { nil: Number.POSITIVE_INFINITY }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(delaysOrLost, fc.integer({ min: 1, max: 100 }), (all, percent) => {
        const sorted = Float64Array.from(all.filter(Number.isFinite)).sort();
        const candidates = [...sorted].filter((x) => all.filter((d) => d <= x).length * 100 >= percent * all.length);
        expect(percentileOfSent(sorted, all.length, percent / 100)).toBe(candidates[0] ?? null);
      }),
    );
  });
});

describe('reordering (RFC 4737)', () => {
  test.each<[string, number[], number, number[]]>([
    ['in order', [1, 2, 3], 0, []],
    ['one late by two', [1, 2, 4, 5, 3, 6, 7, 8, 9, 10], 1, [2]],
    ['two swapped', [2, 1], 1, [1]],
    ['reversed', [4, 3, 2, 1], 3, [1, 2, 3]],
    ['a lost one leaves no trace', [1, 3, 4], 0, []],
    ['only first copies count', [1, 2, 1, 3, 2], 0, []],
    ['nothing came', [], 0, []],
  ])('%s', (_what, order, reordered, extents) => {
    expect(reordering(order)).toEqual({ received: new Set(order).size, reordered, extents });
  });

  test('as the definition has it, pair by pair', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 40 })), (order) => {
        const naive = order.flatMap((number, i) => {
          const earliest = order.findIndex((other, j) => j < i && other > number);
          return earliest === -1 ? [] : [i - earliest];
        });
        expect(reordering(order)).toEqual({ received: order.length, reordered: naive.length, extents: naive });
      }),
    );
  });
});

describe('delay', () => {
  const record = recordOf({
    plannedNs: [0, 10, 20],
    arrivals: [
      [0, 5],
      [2, 21],
      [0, 6],
      [1, 60],
    ],
  });

  test('counts from the planned instant to the first copy; what did not come is infinitely late', () => {
    expect([...oneWayDelaysNs(record)]).toEqual([5, 50, 1]);
    expect([...oneWayDelaysNs(inTime(record, 49))]).toEqual([5, Number.POSITIVE_INFINITY, 1]);
  });

  test('T_max itself is still in time', () => {
    expect([...oneWayDelaysNs(inTime(record, 50))]).toEqual([5, 50, 1]);
  });
});

test('duplication counts copies beyond the first', () => {
  expect(extraCopies(Uint32Array.of(1, 2, 2, 3, 2))).toBe(2);
  expect(extraCopies(new Uint32Array(0))).toBe(0);
});

test('goodput is the payload of distinct messages over the time that their delivery took', () => {
  const record = recordOf({
    plannedNs: [0, 1e9],
    arrivals: [
      [0, 0.5e9],
      [1, 2e9],
      [1, 3e9],
    ],
  });
  const { bits, seconds } = goodput(record, 125)!;
  expect([bits, seconds]).toEqual([2000, 2]);
});
