import { describe, expect, test } from 'vitest';
import { csvRow, type Look, seriesOf } from '../../bench/soak/series.ts';
import { judge, trendOf } from '../../bench/soak/trend.ts';
import { seededChance, uniform } from '../../src/bench/load/chance.ts';

/** One value every five seconds. */
const every5s = (values: readonly number[]) => values.map((value, at) => ({ atSeconds: at * 5, value }));

describe('the slope', () => {
  test('of a straight line is its own, and known exactly', () => {
    const trend = trendOf(every5s(Array.from({ length: 721 }, (_, at) => 1000 + at / 72)))!;
    expect(trend.slopePerHour).toBeCloseTo(10, 9);
    expect(trend.standardErrorPerHour).toBeCloseTo(0, 9);
    expect(trend.mean).toBeCloseTo(1005, 9);
    expect(judge(trend, 1)).toBe('steady');
    expect(judge(trend, 0.9)).toBe('grows');
  });

  test('of three points, by hand', () => {
    // 0, 1 and 2 hours; 0, 3 and 3: the line is 0.5 + 1.5 h, what is left over is -0.5, 1, -0.5.
    const trend = trendOf([0, 3, 3].map((value, hour) => ({ atSeconds: hour * 3600, value })))!;
    expect(trend.slopePerHour).toBeCloseTo(1.5, 12);
    // Neighbours differ, so nothing is widened: √(1.5 / 1 / 2).
    expect(trend.standardErrorPerHour).toBeCloseTo(Math.sqrt(0.75), 12);
  });

  test('of a level series is 0, and of one that never changes known exactly', () => {
    expect(trendOf(every5s(Array(20).fill(7)))).toEqual({ mean: 7, slopePerHour: 0, standardErrorPerHour: 0 });
  });

  test('of fewer than three points is not known', () => expect(trendOf(every5s([1, 2]))).toBeUndefined());
});

describe('beside what goes up and down by itself', () => {
  const users = Array.from({ length: 721 }, (_, at) => 500 + 30 * Math.sin(at / 50) + at / 30);

  test('the slope is that of the rest, and known exactly', () => {
    const points = every5s(users.map((count, at) => 1000 + 2 * count + at / 72));
    expect(trendOf(points)!.slopePerHour).toBeGreaterThan(20);
    const trend = trendOf(points, users)!;
    expect(trend.slopePerHour).toBeCloseTo(10, 8);
    expect(trend.standardErrorPerHour).toBeCloseTo(0, 8);
  });

  test('of four points, by hand', () => {
    // 0 to 3 hours; beside them 0, 1, 1, 0: time has nothing in common with it. Half of 0, 2, 3, 3 goes with it: the means are 1.5 at 0 and
    // 2.5 at 1, what is left over is -1.5, -0.5, 0.5, 1.5.
    const points = [0, 2, 3, 3].map((value, hour) => ({ atSeconds: hour * 3600, value }));
    const trend = trendOf(points, [0, 1, 1, 0])!;
    expect(trend.slopePerHour).toBeCloseTo(1, 12);
    expect(trend.standardErrorPerHour).toBeCloseTo(0, 12);
  });

  test('of what never changes it is the plain slope', () => {
    const points = every5s([1, 4, 2, 5, 3, 7, 6]);
    expect(trendOf(points, Array(7).fill(3))!.slopePerHour).toBeCloseTo(trendOf(points)!.slopePerHour, 9);
  });

  test('it is not known where that only grows with time, or where points are too few', () => {
    expect(trendOf(every5s([1, 2, 3, 5, 4]), [1, 2, 3, 4, 5])).toBeUndefined();
    expect(trendOf(every5s([1, 2, 3]), [1, 2, 1])).toBeUndefined();
  });
});

describe('the standard error', () => {
  const chance = seededChance(3, 0);
  const noise = () => uniform(chance) + uniform(chance) + uniform(chance) - 1.5;

  /** Of many series without any slope, how often two standard errors do not reach 0; each point keeps so much of the last. */
  const missed = (kept: number) => {
    let misses = 0;
    for (let run = 0; run < 400; run++) {
      let left = 0;
      const values = Array.from({ length: 200 }, () => {
        left = kept * left + noise();
        return 100 + left;
      });
      const { slopePerHour, standardErrorPerHour } = trendOf(every5s(values))!;
      if (Math.abs(slopePerHour) > 2 * standardErrorPerHour) misses++;
    }
    return misses / 400;
  };

  test('covers, with independent points and with such that resemble their neighbours', () => {
    expect(missed(0)).toBeLessThan(0.09);
    expect(missed(0.7)).toBeLessThan(0.12);
  });

  test('leaves open what is within it', () => {
    expect(judge({ mean: 100, slopePerHour: 1.5, standardErrorPerHour: 0.5 }, 1)).toBe('not known');
    expect(judge({ mean: 100, slopePerHour: 0.5, standardErrorPerHour: 0.5 }, 1)).toBe('not known');
    expect(judge({ mean: 100, slopePerHour: 0.5, standardErrorPerHour: 0.2 }, 1)).toBe('steady');
    expect(judge({ mean: 100, slopePerHour: -9, standardErrorPerHour: 1 }, 1)).toBe('steady');
    expect(judge({ mean: 100, slopePerHour: 3, standardErrorPerHour: 0.5 }, 1)).toBe('grows');
  });
});

const LOOK: Look = {
  atSeconds: 5.04,
  heapBytes: 5e6,
  codeBytes: 1e6,
  rssBytes: 6e7,
  externalBytes: 2e6,
  users: 200,
  held: { channels: 198, remembered: 230 },
  resources: { TCPSocketWrap: 99, TCPServerWrap: 1, UDPWrap: 1, PipeWrap: 1, Timeout: 2 },
};

test('a look is a row of the CSV file', () =>
  expect(csvRow(LOOK)).toBe('5,5000000,1000000,4000000,60000000,2000000,200,198,230,99,2,3'));

test('a column is a series', () => expect(seriesOf([LOOK], 'sockets')).toEqual([{ atSeconds: 5.04, value: 99 }]));
