import { describe, expect, test } from 'vitest';
import { normalBelow, normalQuantile, studentQuantile } from '../../../src/bench/statistics/student.ts';

describe('as the tables have it', () => {
  test.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1.959963984540054, 0.025],
    [-4, 3.167124183311986e-5],
  ])('Φ(%s) = %s', (z, p) => {
    expect(normalBelow(z)).toBeCloseTo(p, 14);
    if (z > -4) expect(normalQuantile(p)).toBeCloseTo(z, 12);
  });

  test.each([
    [0.975, 1, 12.7062047362],
    [0.975, 2, 4.3026527297],
    [0.975, 5, 2.5705818356],
    [0.975, 9, 2.2621571628],
    [0.975, 30, 2.0422724563],
    [0.995, 7, 3.4994832974],
    [0.95, 4, 2.1318467863],
    [0.5, 3, 0],
  ])('t of %s with %i degrees is %s', (p, degrees, t) => {
    expect(studentQuantile(p, degrees)).toBeCloseTo(t, 9);
    expect(studentQuantile(1 - p, degrees)).toBeCloseTo(-t, 9);
  });

  test('with many degrees it is the normal distribution', () => {
    expect(studentQuantile(0.975, 100_000)).toBeCloseTo(normalQuantile(0.975), 4);
  });
});
