// The metrics on arbitrary records, each against its definition written down as naively as can be.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { oneWayDelaysNs } from '../../../src/bench/metrics/delay.ts';
import { extraCopies } from '../../../src/bench/metrics/duplication.ts';
import { goodput } from '../../../src/bench/metrics/goodput.ts';
import { inTime } from '../../../src/bench/metrics/in-time.ts';
import { percentileOfSent } from '../../../src/bench/metrics/percentile.ts';
import { reordering } from '../../../src/bench/metrics/reordering.ts';
import type { TrialRecord } from '../../../src/bench/record/record.ts';
import { proportion } from '../../../src/bench/statistics/wilson.ts';
import { recordOf } from '../record/records.ts';

const SPACING_NS = 10;

/** Up to 20 messages and up to 40 copies of them: some lost, some again, in any order, at ascending instants. */
const anyRecord: fc.Arbitrary<TrialRecord> = fc.integer({ min: 1, max: 20 }).chain((count) =>
  fc
    .array(fc.record({ message: fc.nat({ max: count - 1 }), sinceLastNs: fc.nat({ max: 30 }) }), { maxLength: 40 })
    .map((copies) => {
      let ns = (count - 1) * SPACING_NS;
      return recordOf({
        plannedNs: Array.from({ length: count }, (_, i) => i * SPACING_NS),
        arrivals: copies.map(({ message, sinceLastNs }) => {
          ns += sinceLastNs;
          return [message, ns];
        }),
      });
    }),
);

/** The instants of a message's copies. */
function copiesOf({ arrivedMessage, arrivedNs }: TrialRecord, message: number): number[] {
  return [...arrivedNs].filter((_, arrival) => arrivedMessage[arrival] === message);
}

function messagesOf({ plannedNs }: TrialRecord): number[] {
  return [...plannedNs.keys()];
}

describe('one-way delay', () => {
  test('is the least over the copies, and infinite without one', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const naive = messagesOf(record).map((i) => Math.min(...copiesOf(record, i)) - record.plannedNs[i]!);
        expect([...oneWayDelaysNs(record)]).toEqual(naive);
      }),
    );
  });

  test('with T_max is infinite exactly where it was longer', () => {
    fc.assert(
      fc.property(anyRecord, fc.nat({ max: 300 }), (record, waitingNs) => {
        const capped = [...oneWayDelaysNs(record)].map((ns) => (ns <= waitingNs ? ns : Number.POSITIVE_INFINITY));
        expect([...oneWayDelaysNs(inTime(record, waitingNs))]).toEqual(capped);
      }),
    );
  });
});

test('T_max takes away late copies, and neither their order nor their instants', () => {
  fc.assert(
    fc.property(anyRecord, fc.nat({ max: 300 }), (record, waitingNs) => {
      const kept = inTime(record, waitingNs);
      const pairs = (of: TrialRecord) => [...of.arrivedMessage].map((message, at) => [message, of.arrivedNs[at]!]);
      expect(pairs(kept)).toEqual(pairs(record).filter(([i, ns]) => ns! - record.plannedNs[i!]! <= waitingNs));
      expect(kept.plannedNs).toBe(record.plannedNs);
    }),
  );
});

test('duplication is the sum over the messages of copies less one', () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      const counts = messagesOf(record).map((i) => copiesOf(record, i).length);
      const naive = counts.filter((copies) => copies > 0).reduce((sum, copies) => sum + copies - 1, 0);
      expect(extraCopies(record.arrivedMessage)).toBe(naive);
    }),
  );
});

describe('reordering (RFC 4737)', () => {
  /** As section 3 has it: the first copy of a number below NextExp is reordered, and the others move it. */
  function byNextExpected(order: readonly number[]): number {
    let nextExpected = Number.NEGATIVE_INFINITY;
    let reordered = 0;
    for (const number of new Set(order)) {
      if (number >= nextExpected) nextExpected = number + 1;
      else reordered++;
    }
    return reordered;
  }

  /** Section 4.2 pair by pair, over the first copies. */
  function extentsPairByPair(order: readonly number[]): number[] {
    const firsts = [...new Set(order)];
    return firsts.flatMap((number, i) => {
      for (let j = 0; j < i; j++) if (firsts[j]! > number) return [i - j];
      return [];
    });
  }

  const withCopies = fc.array(fc.nat({ max: 25 }), { maxLength: 60 });

  test('ratio and extents, with copies among them', () => {
    fc.assert(
      fc.property(withCopies, (order) => {
        const found = reordering(order);
        expect(found.received).toBe(new Set(order).size);
        expect(found.reordered).toBe(byNextExpected(order));
        expect(found.extents).toEqual(extentsPairByPair(order));
      }),
    );
  });

  test('a later copy changes nothing, wherever it comes', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(Array.from({ length: 20 }, (_, i) => i)), fc.nat(), fc.nat(), (order, of, at) => {
        fc.pre(order.length > 0);
        const first = of % order.length;
        const later = first + 1 + (at % (order.length - first));
        const again = order.toSpliced(later, 0, order[first]!);
        expect(reordering(again)).toEqual(reordering(order));
      }),
    );
  });

  test('one of ten came two arrivals late', () => {
    expect(reordering([1, 2, 4, 5, 3, 6, 7, 8, 9, 10])).toEqual({ received: 10, reordered: 1, extents: [2] });
  });

  test('stays exact where every message is reordered but one', () => {
    const count = 50_000;
    const { reordered, extents } = reordering(Array.from({ length: count }, (_, i) => count - i));
    expect([reordered, extents.at(0), extents.at(-1)]).toEqual([count - 1, 1, count - 1]);
  });
});

describe('percentile over all sent', () => {
  test('is that of the whole list with what was lost as infinity', () => {
    const lost = Number.POSITIVE_INFINITY;
    const delays = fc.array(fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }), { nil: lost }), { minLength: 1 });
    fc.assert(
      fc.property(delays, fc.integer({ min: 1, max: 1000 }), (all, thousandths) => {
        const sorted = [...all].sort((a, b) => (a === b ? 0 : a - b));
        const naive = sorted.find((_, at) => (at + 1) * 1000 >= thousandths * all.length)!;
        const arrived = Float64Array.from(sorted.filter(Number.isFinite));
        const found = percentileOfSent(arrived, all.length, thousandths / 1000);
        expect(found ?? lost).toBe(naive);
      }),
    );
  });

  test('takes the rank of whole numbers, though shares are binary fractions', () => {
    // 0.07 × 100 is 7.000000000000001, 0.29 × 100 is 28.999999999999996.
    const delays = Float64Array.from({ length: 100 }, (_, i) => i + 1);
    for (let percent = 1; percent <= 100; percent++) {
      expect(percentileOfSent(delays, 100, percent / 100)).toBe(percent);
    }
  });

  test('the last loss that a p99 bears is the hundredth of all', () => {
    const delays = Float64Array.from({ length: 990 }, (_, i) => i);
    expect(percentileOfSent(delays, 1000, 0.99)).toBe(989);
    expect(percentileOfSent(delays.subarray(0, 989), 1000, 0.99)).toBeNull();
  });
});

describe("Wilson's interval", () => {
  const Z_95 = 1.959963984540054;
  const shares = fc
    .integer({ min: 1, max: 100_000 })
    .chain((count) => fc.tuple(fc.nat({ max: count }), fc.constant(count)));

  test('has the shares as its bounds that a score test at 95 % just does not reject', () => {
    fc.assert(
      fc.property(shares, ([hits, count]) => {
        const { ratio, low, high } = proportion(hits, count);
        for (const bound of [low, high].filter((share) => share > 0 && share < 1)) {
          const standardError = Math.sqrt((bound * (1 - bound)) / count);
          expect(Math.abs(ratio - bound) / standardError).toBeCloseTo(Z_95, 5);
        }
        expect(low).toBeLessThanOrEqual(ratio);
        expect(high).toBeGreaterThanOrEqual(ratio);
      }),
    );
  });

  test('is the same from the other side', () => {
    fc.assert(
      fc.property(shares, ([hits, count]) => {
        const [one, other] = [proportion(hits, count), proportion(count - hits, count)];
        expect(one.low).toBeCloseTo(1 - other.high, 12);
        expect(one.high).toBeCloseTo(1 - other.low, 12);
      }),
    );
  });
});

describe('goodput', () => {
  test('counts each message once, from the first planned instant to the last first copy', () => {
    fc.assert(
      fc.property(anyRecord, fc.integer({ min: 24, max: 1500 }), (record, bodyBytes) => {
        const firsts = messagesOf(record).flatMap((i) => copiesOf(record, i).slice(0, 1));
        const naive =
          firsts.length < 2 ? undefined : { bits: firsts.length * bodyBytes * 8, seconds: Math.max(...firsts) / 1e9 };
        expect(goodput(record, bodyBytes)).toEqual(naive);
      }),
    );
  });

  test.each<[string, [number, number][]]>([
    ['no message', []],
    ['one message', [[0, 7]]],
    [
      'one message, twice',
      [
        [0, 7],
        [0, 8],
      ],
    ],
  ])('of %s there is none', (_what, arrivals) => {
    expect(goodput(recordOf({ plannedNs: [0, 10], arrivals }), 100)).toBeUndefined();
  });
});
