import { expect, test } from 'vitest';
import { logTicks } from '../../reports/html/charts/axes.ts';

test.each<[number, number, number[]]>([
  [1, 5_000, [1, 10, 100, 1_000]],
  [0.9, 60, [1, 2, 5, 10, 20, 50]],
  [20, 24, [20, 21, 22, 23, 24]],
])('ticks from %d to %d', (least, most, ticks) => {
  expect(logTicks(least, most)).toEqual(ticks);
});

test.each([
  [0, 1],
  [-1, 1],
  [1, Number.POSITIVE_INFINITY],
  [Number.NaN, 1],
])('from %d to %d there are none, and it comes to an end', (least, most) => {
  expect(logTicks(least, most)).toEqual([]);
});

test('however far it is, they can be counted', () => {
  expect(logTicks(5e-324, 1.7e308).length).toBeLessThan(700);
});
