import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NoInterval, SignedReading } from '../../../src/bench/result.ts';
import { compare } from '../../../src/bench/statistics/compare.ts';
import { type Estimate, pooled } from '../../../src/bench/statistics/estimate.ts';
import type { Sample } from '../../../src/bench/statistics/sample.ts';
import { delaysOrLost, quantile, ratio } from './samples.ts';

const LOST = Number.POSITIVE_INFINITY;
const PAIRED = { seed: 3, paired: true };
const APART = { seed: 3, paired: false };
const reached = quantile([8, 10, 12], 0.99);
const notReached = quantile([8, 10, LOST], 0.99);

/** Each channel is far worse or far better than the next. */
const CHANNELS = [100, 900, 20, 400, 1500, 60, 700, 250];
const a = CHANNELS.map((part) => ratio(part));
const slightlyMore = CHANNELS.map((part, r) => ratio(part + 2 + (r % 3)));

describe('what is concluded', () => {
  test('a small difference is seen where both sides crossed the same channels', () => {
    const found = compare(a, slightlyMore, PAIRED)!;
    expect(found).toMatchObject({ conclusion: 'more', repetitions: 8, difference: { value: 2.875 } });
    expect(found.difference?.low).toBeGreaterThanOrEqual(2);
    expect(found.difference?.high).toBeLessThanOrEqual(4);
    expect(found.ratio?.value).toBeCloseTo(3953 / 3930);
    expect(compare(slightlyMore, a, PAIRED)?.conclusion).toBe('less');
  });

  test('and drowns in the channels where they did not', () => {
    expect(compare(a, slightlyMore, APART)).toMatchObject({
      conclusion: 'no-difference',
      difference: { value: 2.875 },
    });
    const tenfold = CHANNELS.map((part) => ratio(part * 10));
    expect(compare(a, tenfold, APART)?.conclusion).toBe('more');
  });

  test('an interval that touches 0 contains it', () => {
    expect(compare(a, a, PAIRED)).toEqual({
      difference: { value: 0, low: 0, high: 0 },
      ratio: { value: 1, low: 1, high: 1 },
      conclusion: 'no-difference',
      repetitions: 8,
    });
    const onlyOnce = CHANNELS.map((part, r) => ratio(part + (r === 0 ? 100 : 0)));
    expect(compare(a, onlyOnce, PAIRED)).toMatchObject({ conclusion: 'no-difference', difference: { low: 0 } });
  });

  test('nothing from five repetitions, however far apart', () => {
    const why: NoInterval = { kind: 'too-few-repetitions', repetitions: 5, least: 6, confidence: 0.95 };
    const [one, other] = [new Array(5).fill(ratio(1)), new Array(9).fill(ratio(100))];
    expect(compare(one, other.slice(4), PAIRED)).toEqual({
      difference: { value: 99, noInterval: why },
      ratio: { value: 100, noInterval: why },
      conclusion: 'not-supported',
      why,
      repetitions: 5,
    });
    expect(compare(one, other, APART)).toMatchObject({ conclusion: 'not-supported', why, repetitions: 5 });
  });

  test('nothing from extremes', () => {
    const of = (value: number): Sample[] => new Array(9).fill({ kind: 'largest', value });
    expect(compare(of(1), of(5), PAIRED)).toMatchObject({ conclusion: 'not-supported', difference: { value: 4 } });
  });
});

describe('which repetitions', () => {
  test('a pair counts only where both sides have something to say', () => {
    const gaps: (Sample | undefined)[] = [...a];
    gaps[0] = undefined;
    const more = [...slightlyMore];
    more[1] = ratio(0, 0);
    expect(compare(gaps, more, PAIRED)).toMatchObject({ repetitions: 6, difference: { value: (18 - 0) / 6 } });
    expect(compare([undefined], [ratio(1)], PAIRED)).toBeUndefined();
  });

  test('sides of other lengths are no pairs', () => {
    expect(() => compare(a, a.slice(1), PAIRED)).toThrow('paired sides have the same repetitions; these have 8 and 7');
    expect(compare(a, a.slice(1), APART)?.repetitions).toBe(7);
  });
});

describe('not reached', () => {
  const eight = <T>(value: T): T[] => new Array<T>(8).fill(value);

  test('on one side only', () => {
    expect(compare(eight(reached), eight(notReached), PAIRED)).toEqual({
      difference: { value: null, low: null, high: null },
      ratio: { value: null, low: null, high: null },
      conclusion: 'more',
      repetitions: 8,
    });
    expect(compare(eight(notReached), eight(reached), PAIRED)).toEqual({
      difference: { value: '-infinite', low: '-infinite', high: '-infinite' },
      ratio: { value: 0, low: 0, high: 0 },
      conclusion: 'less',
      repetitions: 8,
    });
  });

  test('on both: there is no difference to speak of', () => {
    expect(compare(eight(notReached), eight(notReached), PAIRED)).toEqual({
      conclusion: 'not-supported',
      why: { kind: 'neither-reached' },
      repetitions: 8,
    });
  });

  test('in some draws only: the interval has one end', () => {
    const some = [...eight(reached).slice(2), notReached, notReached];
    const found = compare(eight(quantile([7, 8, 9], 0.99)), some, PAIRED);
    expect(found).toMatchObject({ conclusion: 'more', difference: { value: null, low: 3, high: null } });
  });

  test('in some draws on both sides: those may be anything', () => {
    const some = [...eight(reached).slice(1), notReached];
    expect(compare(some, some, PAIRED)?.conclusion).toBe('not-supported');
    const large = eight(
      quantile(
        Array.from({ length: 100 }, (_, i) => i),
        0.99,
      ),
    );
    const rarely = (shift: number) => [
      ...large.slice(1).map(() =>
        quantile(
          Array.from({ length: 100 }, (_, i) => i + shift),
          0.99,
        ),
      ),
      quantile(
        Array.from({ length: 100 }, (_, i) => (i < 95 ? i + shift : LOST)),
        0.99,
      ),
    ];
    expect(compare(rarely(0), rarely(9), PAIRED)).toMatchObject({
      conclusion: 'no-difference',
      difference: { value: 9, low: '-infinite', high: null },
      ratio: { low: 0, high: null },
    });
  });
});

test('a ratio to nothing is infinite, of nothing to nothing none', () => {
  const none = new Array(6).fill(ratio(0));
  expect(compare(none, a.slice(2), PAIRED)?.ratio).toEqual({ value: null, low: null, high: null });
  expect(compare(none, none, PAIRED)).toMatchObject({ conclusion: 'no-difference', difference: { value: 0 } });
  expect(compare(none, none, PAIRED)).not.toHaveProperty('ratio');
});

describe('sides exchanged', () => {
  const sample = fc.oneof(
    fc.nat({ max: 9 }).map((part) => ratio(part, 10)),
    fc.constant(undefined),
  );
  const percentile = delaysOrLost.map((values) => quantile(values, 0.9));
  const paired = (side: fc.Arbitrary<Sample | undefined>) =>
    fc.array(fc.tuple(side, side), { minLength: 6, maxLength: 10 });

  function negative(reading: SignedReading): SignedReading {
    if (typeof reading === 'number') return 0 - reading;
    return reading === null ? '-infinite' : null;
  }

  function inverse(reading: number | null): number | null {
    if (reading === null) return 0;
    return reading === 0 ? null : 1 / reading;
  }

  function expectMirrored<R>(one: Estimate<R> | undefined, other: Estimate<R> | undefined, mirror: (r: R) => R): void {
    expect(one === undefined).toBe(other === undefined);
    if (one === undefined || other === undefined) return;
    expect(one.noInterval).toEqual(other.noInterval);
    expectSame(one.value, mirror(other.value));
    if (other.low === undefined || other.high === undefined) return;
    expectSame(one.low, mirror(other.high));
    expectSame(one.high, mirror(other.low));
  }

  function expectSame(one: unknown, other: unknown): void {
    if (typeof one === 'number' && typeof other === 'number') expect(one).toBeCloseTo(other, 9);
    else expect(one).toBe(other);
  }

  test.each([
    ['ratios', paired(sample)],
    ['percentiles', paired(percentile)],
  ])('negate differences and invert ratios: %s', (_what, pairs) => {
    fc.assert(
      fc.property(pairs, (both) => {
        const [ofA, ofB] = [both.map(([one]) => one), both.map(([, other]) => other)];
        const settings = { ...PAIRED, draws: 199 };
        const [one, other] = [compare(ofA, ofB, settings), compare(ofB, ofA, settings)];
        expectMirrored(one?.difference, other?.difference, negative);
        expectMirrored(one?.ratio, other?.ratio, inverse);
        const mirrored = {
          less: 'more',
          more: 'less',
          'no-difference': 'no-difference',
          'not-supported': 'not-supported',
        };
        expect(one?.conclusion).toBe(other && mirrored[other.conclusion]);
      }),
    );
  });

  test('the value is the difference of what each side says by itself', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 99 }), { minLength: 6 }), fc.nat({ max: 99 }), (parts, plus) => {
        const [one, other] = [parts.map((part) => ratio(part)), parts.map((part) => ratio(part + plus))];
        expect(compare(one, other, { ...PAIRED, draws: 99 })?.difference?.value).toBeCloseTo(
          pooled(other)! - pooled(one)!,
          9,
        );
      }),
    );
  });
});
