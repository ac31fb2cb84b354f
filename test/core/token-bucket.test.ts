import { describe, expect, test } from 'vitest';
import { TokenBucket } from '../../src/core/token-bucket.ts';

const RATE = { perSecond: 10, burst: 3 };
const ms = (count: number) => count * 1e6;

describe('a bucket', () => {
  test('grants a burst, and then what comes back in time', () => {
    const bucket = new TokenBucket(RATE, 0);
    expect([1, 2, 3, 4].map(() => bucket.take(1, 0))).toEqual([true, true, true, false]);
    expect(bucket.take(1, ms(1))).toBe(true);
    expect(bucket.take(1, ms(50))).toBe(false);
    expect(bucket.take(1, ms(101))).toBe(true);
  });

  test('holds no more than its burst, however long nobody took', () => {
    const bucket = new TokenBucket(RATE, 0);
    expect([1, 2, 3, 4].map(() => bucket.take(1, ms(1e6)))).toEqual([true, true, true, false]);
  });

  test('grants what costs more than it holds, and is paid by waiting', () => {
    const bucket = new TokenBucket(RATE, 0);
    expect(bucket.take(23, 0)).toBe(true);
    expect(bucket.take(1, ms(2_000))).toBe(false);
    expect(bucket.take(1, ms(2_001))).toBe(true);
  });

  test('what it refuses costs nothing', () => {
    const bucket = new TokenBucket(RATE, 0);
    bucket.take(4, 0);
    for (let asked = 0; asked < 100; asked++) expect(bucket.take(1, ms(100))).toBe(false);
    expect(bucket.take(1, ms(101))).toBe(true);
  });

  test('a clock that goes back gives nothing and takes nothing', () => {
    const bucket = new TokenBucket(RATE, ms(1_000));
    for (let taken = 0; taken < 3; taken++) bucket.take(1, ms(1_000));
    expect(bucket.take(1, 0)).toBe(false);
    expect(bucket.take(1, ms(50))).toBe(true);
  });
});
