// What pictures of a cell are drawn from: a curve of each repetition that has it, and their mean.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CurvePoints, curvePointsOf, curvesOf } from '../../../src/bench/figures/curves.ts';
import { DEADLINES_MS } from '../../../src/bench/metrics/deadline.ts';
import type { Observation } from '../../../src/bench/record/observation.ts';
import { anyMade, observed } from '../metrics/observations.ts';

const MS = 1e6;

/** One flow of messages, 10 ms apart, that come after these delays; undefined: lost. */
function delayed(delaysMs: readonly (number | undefined)[], flow?: readonly number[]): Observation {
  const plannedNs = delaysMs.map((_, message) => message * 10 * MS);
  const arrivals = delaysMs.flatMap((ms, message) =>
    ms === undefined ? [] : [[message, plannedNs[message]! + ms * MS] as const],
  );
  return observed({ plannedNs, arrivals: arrivals.toSorted(([, a], [, b]) => a - b), ...(flow && { flow }) });
}

function waited(upMs: readonly number[], downMs: readonly number[]): Observation {
  const path = {
    blockedUpNs: Float64Array.from(upMs, (ms) => ms * MS),
    blockedDownNs: Float64Array.from(downMs, (ms) => ms * MS),
    releases: new Uint32Array(),
  };
  return { ...delayed(upMs.map(() => 20)), path };
}

/** At each limit of the axis, the share of these values above it. */
function above(values: readonly number[]): number[] {
  return Array.from(DEADLINES_MS, (limit) =>
    values.length === 0 ? 0 : values.filter((value) => value > limit).length / values.length,
  );
}

function expectClose(found: Iterable<number> | undefined, expected: readonly number[]): void {
  expect(found).toBeDefined();
  expect([...found!].map((share) => share.toFixed(9))).toEqual(expected.map((share) => share.toFixed(9)));
}

describe('of one repetition', () => {
  test('the share of neighbours whose delays differ by more than x, whichever was later', () => {
    // By 2, 3, 0 and 6.5 ms.
    expectClose(curvePointsOf(delayed([1, 3, 6, 6, 12.5]))['delay-variation'], above([2, 3, 0, 6.5]));
    expectClose(curvePointsOf(delayed([12.5, 6, 6, 3, 1]))['delay-variation'], above([2, 3, 0, 6.5]));
  });

  test('more than x is not x itself', () => {
    const variation = curvePointsOf(delayed([1, 2, 12]))['delay-variation']!;
    const at = (ms: number) => variation[DEADLINES_MS.indexOf(ms)];
    expect([DEADLINES_MS.indexOf(1), DEADLINES_MS.indexOf(10)].includes(-1)).toBe(false);
    expect([at(0.1), at(1), at(10)]).toEqual([1, 0.5, 0]);
  });

  test('no neighbours are those of a lost one, and those of another flow', () => {
    expectClose(curvePointsOf(delayed([1, undefined, 50, 53]))['delay-variation'], above([3]));
    expectClose(curvePointsOf(delayed([1, 100, 2, 104], [0, 1, 0, 1]))['delay-variation'], above([1, 4]));
  });

  test.each<[what: string, delaysMs: (number | undefined)[]]>([
    ['one message', [5]],
    ['none that came', [undefined, undefined]],
    ['none that did not vary', [5, 5, 5]],
  ])('of %s no share is above anything', (_what, delaysMs) => {
    expectClose(curvePointsOf(delayed(delaysMs))['delay-variation'], above([]));
  });

  test('the share of messages seen that waited for longer than x, both ways together', () => {
    const { blocking } = curvePointsOf(waited([0, 5, Number.NaN, 30], [1, Number.NaN, Number.NaN, 4]));
    expectClose(blocking, above([1, 5, 34]));
  });

  test('which is 0 where nothing waited, and where nothing was seen', () => {
    expectClose(curvePointsOf(waited([0, 0], [0, 0]))['blocking'], above([]));
    expectClose(curvePointsOf(waited([Number.NaN], [Number.NaN]))['blocking'], above([]));
  });

  test('nothing of waiting where no path was watched', () => {
    expect(Object.keys(curvePointsOf(delayed([1, 2])))).toEqual([
      'deadlines',
      'reorder-density',
      'reorder-buffer-density',
      'loss-runs',
      'delay-variation',
    ]);
    expect(curvePointsOf(waited([0], [0]))).toHaveProperty('blocking');
  });

  test('runs of losses up to 32, with the longer ones in the last', () => {
    const lost = (count: number) => new Array<undefined>(count).fill(undefined);
    const runs = curvePointsOf(delayed([1, ...lost(2), 1, ...lost(2), 1, ...lost(40), 1]))['loss-runs']!;
    expect([runs.length, runs[1], runs[31], runs.reduce((sum, count) => sum + count, 0)]).toEqual([32, 2, 1, 3]);
  });

  test('the share that was there in time falls to nothing behind, and never rises where it says "more than"', () => {
    fc.assert(
      fc.property(anyMade, (made) => {
        const points = curvePointsOf(observed(made));
        const ascends = (values: readonly number[]) =>
          values.every((value, at) => at === 0 || value >= values[at - 1]!);
        expect(ascends([...points['deadlines']!])).toBe(true);
        expect(ascends([...points['delay-variation']!].reverse())).toBe(true);
        for (const [name, own] of Object.entries(points)) {
          expect(own.every((value) => value >= 0 && (value <= 1 || name === 'loss-runs'))).toBe(true);
        }
      }),
    );
  });
});

describe('of a cell', () => {
  const axis = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const EACH: readonly [name: string, x: readonly number[]][] = [
    ['deadlines', [...DEADLINES_MS]],
    ['reorder-density', axis(-32, 32)],
    ['reorder-buffer-density', axis(0, 32)],
    ['loss-runs', axis(1, 32)],
    ['delay-variation', [...DEADLINES_MS]],
    ['blocking', [...DEADLINES_MS]],
  ];

  test.each(EACH)('%s has a value for each place of its axis, and says what it is', (name, x) => {
    const curve = curvesOf([curvePointsOf(waited([0, 1], [2, 3]))])[name]!;
    expect(curve.x).toEqual(x);
    expect(curve.y).toHaveLength(x.length);
    expect(curve.y.every((value) => Number.isFinite(value))).toBe(true);
    expect(curve.title.length).toBeGreaterThan(10);
  });

  /** With nothing but this curve, the same everywhere. */
  const level = (name: string, value: number): CurvePoints => ({
    [name]: new Float64Array(EACH.find(([own]) => own === name)![1].length).fill(value),
  });

  test('is the mean of its repetitions, each counted alike', () => {
    const curves = curvesOf([level('loss-runs', 1), level('loss-runs', 2), level('loss-runs', 6)]);
    expect(curves['loss-runs']!.y).toEqual(new Array(32).fill(3));
  });

  test('of those that have it', () => {
    const curves = curvesOf([level('blocking', 0.25), level('loss-runs', 1), level('blocking', 0.75)]);
    expect(new Set(curves['blocking']!.y)).toEqual(new Set([0.5]));
    expect(new Set(curves['loss-runs']!.y)).toEqual(new Set([1]));
  });

  test('is not there where no repetition has it', () => {
    expect(Object.keys(curvesOf([level('blocking', 1), {}]))).toEqual(['blocking']);
    expect(curvesOf([])).toEqual({});
    expect(curvesOf([{}, {}])).toEqual({});
    expect(curvesOf([curvePointsOf(delayed([1]))])).not.toHaveProperty('blocking');
  });

  test('counts a repetition of few messages as much as one of many', () => {
    const [few, many] = [[undefined, 10], new Array(98).fill(10)].map((delaysMs) => curvePointsOf(delayed(delaysMs)));
    expect(curvesOf([few!, many!])['deadlines']!.y.at(-1)).toBe(0.75);
    // One run of one loss in the first, none in the second.
    expect(curvesOf([few!, many!])['loss-runs']!.y[0]).toBe(0.5);
  });

  test('is of one repetition what that repetition has, whatever it is', () => {
    fc.assert(
      fc.property(anyMade, (made) => {
        const points = curvePointsOf(observed(made));
        const curves = curvesOf([points, points]);
        expect(Object.keys(curves)).toEqual(Object.keys(points));
        for (const [name, own] of Object.entries(points)) expectClose(curves[name]!.y, [...own]);
        // What is not finite could not be read again from a run.json.
        expect(JSON.parse(JSON.stringify(curves))).toEqual(curves);
      }),
    );
  });
});
