// The difference of two figures that know nothing of each other but their intervals (MOVER).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Figure, NoInterval, Reading, SignedReading } from '../../../src/bench/result.ts';
import { type IndependentDifference, independentDifference } from '../../../src/bench/statistics/independent.ts';
import { proportion } from '../../../src/bench/statistics/wilson.ts';

function share(hits: number, count: number): Figure {
  const { ratio, low, high } = proportion(hits, count);
  return { value: ratio, low, high };
}

const figure = (value: Reading, low: Reading, high: Reading): Figure => ({ value, low, high });

/** As value, low and high. */
const bounds = ({ difference }: IndependentDifference) => [difference?.value, difference?.low, difference?.high];

describe('of two proportions it is the hybrid score interval of Newcombe', () => {
  // R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17
  // (1998) 873-890, table II, method 10: the first minus the second.
  test.each<[one: [number, number], other: [number, number], value: number, low: number, high: number]>([
    [[56, 70], [48, 80], 0.2, 0.0524, 0.3339],
    [[9, 10], [3, 10], 0.6, 0.1705, 0.809],
    [[6, 7], [2, 7], 0.5714, 0.0582, 0.8062],
    [[5, 56], [0, 29], 0.0893, -0.0381, 0.1926],
    [[0, 10], [0, 20], 0, -0.1611, 0.2775],
    [[0, 10], [0, 10], 0, -0.2775, 0.2775],
    [[10, 10], [0, 20], 1, 0.6791, 1],
    [[10, 10], [0, 10], 1, 0.6075, 1],
  ])('%j − %j is %f, from %f to %f', (one, other, value, low, high) => {
    const found = independentDifference(share(...other), share(...one));
    expect(bounds(found).map((bound) => Number(Number(bound).toFixed(4)))).toEqual([value, low, high]);
    expect(found.conclusion).toBe(low > 0 ? 'more' : 'no-difference');
    const turned = independentDifference(share(...one), share(...other));
    expect(bounds(turned).map((bound) => 0 - Number(Number(bound).toFixed(4)))).toEqual([value, high, low]);
    expect(turned.conclusion).toBe(low > 0 ? 'less' : 'no-difference');
  });
});

describe('by hand', () => {
  test('each bound is as far away as the two ends that lead to it are together, at a right angle', () => {
    // 3 below and 4 above; 8 below and 6 above.
    const [a, b] = [figure(10, 7, 16), figure(30, 22, 34)];
    expect(independentDifference(a, b)).toEqual({
      difference: { value: 20, low: 10, high: 25 },
      conclusion: 'more',
    });
    expect(independentDifference(b, a)).toEqual({
      difference: { value: -20, low: -25, high: -10 },
      conclusion: 'less',
    });
  });

  test('an interval that touches 0 contains it', () => {
    expect(independentDifference(figure(10, 7, 14), figure(15, 12, 20)).difference).toEqual({
      value: 5,
      low: 0,
      high: 5 + Math.hypot(5, 3),
    });
    expect(independentDifference(figure(10, 7, 14), figure(15, 12, 20)).conclusion).toBe('no-difference');
    expect(independentDifference(figure(15, 12, 20), figure(10, 7, 14)).conclusion).toBe('no-difference');
  });

  test('figures without any doubt differ by what they differ', () => {
    expect(independentDifference(figure(2, 2, 2), figure(5, 5, 5))).toEqual({
      difference: { value: 3, low: 3, high: 3 },
      conclusion: 'more',
    });
  });

  test.each([figure(0, 0, 0), figure(20.3, 20.1, 20.4), figure(0, 0, 0.0026), figure(20, 18, null)])(
    'equal figures do not differ: %j',
    (same) => {
      expect(independentDifference(same, same)).toMatchObject({
        difference: { value: 0 },
        conclusion: 'no-difference',
      });
    },
  );
});

describe('not reached', () => {
  const never = figure(null, null, null);
  const reached = figure(20, 18, 23);

  test('on one side only, in all of its interval', () => {
    expect(independentDifference(reached, never)).toEqual({
      difference: { value: null, low: null, high: null },
      conclusion: 'more',
    });
    expect(independentDifference(never, reached)).toEqual({
      difference: { value: '-infinite', low: '-infinite', high: '-infinite' },
      conclusion: 'less',
    });
  });

  test('on one side, whose interval begins with what is reached: from end to end', () => {
    expect(independentDifference(reached, figure(null, 50, null))).toEqual({
      difference: { value: null, low: 27, high: null },
      conclusion: 'more',
    });
    expect(independentDifference(figure(null, 50, null), reached)).toEqual({
      difference: { value: '-infinite', low: '-infinite', high: -27 },
      conclusion: 'less',
    });
    expect(independentDifference(reached, figure(null, 21, null))).toEqual({
      difference: { value: null, low: -2, high: null },
      conclusion: 'no-difference',
    });
  });

  test('in a part of the interval of a figure that is: that bound is open, the other is not', () => {
    const open = figure(30, 26, null);
    expect(independentDifference(reached, open)).toEqual({
      difference: { value: 10, low: 5, high: null },
      conclusion: 'more',
    });
    expect(independentDifference(open, reached)).toEqual({
      difference: { value: -10, low: '-infinite', high: -5 },
      conclusion: 'less',
    });
    expect(independentDifference(open, open)).toEqual({
      difference: { value: 0, low: '-infinite', high: null },
      conclusion: 'no-difference',
    });
  });

  test('where both may be, there is anything between them', () => {
    expect(independentDifference(figure(20, 18, null), figure(null, 50, null))).toEqual({
      difference: { value: null, low: '-infinite', high: null },
      conclusion: 'no-difference',
    });
    expect(independentDifference(figure(20, 18, null), never)).toEqual({
      difference: { value: null, low: '-infinite', high: null },
      conclusion: 'no-difference',
    });
  });

  test.each([
    [never, never],
    [never, figure(null, 50, null)],
    [{ value: null }, { value: null }],
    [never, { value: null, noInterval: { kind: 'extreme' } as const }],
  ])('on both there is no difference to speak of: %j, %j', (a, b) => {
    const nothing = { conclusion: 'not-supported', why: { kind: 'neither-reached' } };
    expect(independentDifference(a, b)).toEqual(nothing);
    expect(independentDifference(b, a)).toEqual(nothing);
  });
});

describe('without an interval', () => {
  const why: NoInterval = { kind: 'too-few-repetitions', repetitions: 3, least: 6, confidence: 0.95 };
  const none: Figure = { value: 20, noInterval: why };
  const known = figure(23, 22, 24);

  test.each<[what: string, a: Figure, b: Figure, value: SignedReading]>([
    ['on the first side', none, known, 3],
    ['on the second side', known, none, -3],
    ['on both', none, { value: 23, noInterval: { kind: 'total' } }, 3],
    ['on the side that is reached', none, figure(null, null, null), null],
    ['on the side that is not', { value: null, noInterval: why }, known, '-infinite'],
  ])('%s, nothing is concluded, and it is said why', (_what, a, b, value) => {
    expect(independentDifference(a, b)).toEqual({
      difference: { value, noInterval: why },
      conclusion: 'not-supported',
      why,
    });
  });

  test('nothing is made up where no reason is known', () => {
    expect(independentDifference({ value: 20 }, known)).toEqual({
      difference: { value: 3 },
      conclusion: 'not-supported',
    });
  });

  test('equal figures are no exception', () => {
    expect(independentDifference(none, none)).toMatchObject({ difference: { value: 0 }, conclusion: 'not-supported' });
  });
});

describe('whatever the figures', () => {
  const anyReading = fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { freq: 4 });
  const infinite = (reading: Reading) => reading ?? Number.POSITIVE_INFINITY;
  const anyKnown: fc.Arbitrary<Figure> = fc.tuple(anyReading, anyReading, anyReading).map((readings) => {
    const [low, value, high] = readings.toSorted((a, b) => (infinite(a) < infinite(b) ? -1 : 1));
    return figure(value!, low!, high!);
  });
  const anyFigure = fc.oneof(
    { weight: 5, arbitrary: anyKnown },
    { weight: 1, arbitrary: anyReading.map((value): Figure => ({ value, noInterval: { kind: 'extreme' } })) },
  );

  function negative(reading: SignedReading | undefined): SignedReading | undefined {
    if (typeof reading === 'number') return 0 - reading;
    if (reading === undefined) return undefined;
    return reading === null ? '-infinite' : null;
  }

  test('sides exchanged, it is negated', () => {
    fc.assert(
      fc.property(anyFigure, anyFigure, (a, b) => {
        const [one, other] = [independentDifference(a, b), independentDifference(b, a)];
        const [value, low, high] = bounds(other).map(negative);
        expect(bounds(one).map((bound) => (bound === 0 ? 0 : bound))).toEqual([value, high, low]);
        const mirrored = { less: 'more', more: 'less', 'no-difference': 'no-difference' } as const;
        expect(one.conclusion).toBe({ ...mirrored, 'not-supported': 'not-supported' }[other.conclusion]);
        expect(one.why).toEqual(other.why);
      }),
    );
  });

  test('the interval contains its value, and the conclusion is what it says', () => {
    fc.assert(
      fc.property(anyKnown, anyKnown, (a, b) => {
        const { difference, conclusion } = independentDifference(a, b);
        if (difference === undefined) {
          expect([a.value, b.value, conclusion]).toEqual([null, null, 'not-supported']);
          return;
        }
        const [value, low, high] = [difference.value, difference.low!, difference.high!].map((reading) =>
          reading === '-infinite' ? Number.NEGATIVE_INFINITY : infinite(reading),
        );
        expect(low).toBeLessThanOrEqual(value!);
        expect(high).toBeGreaterThanOrEqual(value!);
        expect(conclusion).toBe(low! > 0 ? 'more' : high! < 0 ? 'less' : 'no-difference');
      }),
    );
  });

  test('intervals that do not overlap make a difference', () => {
    fc.assert(
      fc.property(anyKnown, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), ({ low, value, high }, gap) => {
        const reach = infinite(high!) - infinite(low!) + gap;
        fc.pre(Number.isFinite(reach));
        const beyond = figure(value! + reach, low! + reach, high! + reach);
        expect(independentDifference({ low: low!, value, high: high! }, beyond).conclusion).toBe('more');
      }),
    );
  });
});
