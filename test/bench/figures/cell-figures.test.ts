// Figures of one trial and of several together, from records small enough to work them out on paper.
import { describe, expect, test } from 'vitest';
import { figuresOf, METRIC_IDS, readingsOf, type Samples, samplesOf } from '../../../src/bench/figures/cell-figures.ts';
import { curvePointsOf, curvesOf } from '../../../src/bench/figures/curves.ts';
import { DEADLINES_MS } from '../../../src/bench/metrics/deadline.ts';
import type { Observation } from '../../../src/bench/record/observation.ts';
import { observe } from '../../../src/bench/record/observe.ts';
import type { TrialRecord } from '../../../src/bench/record/record.ts';
import type { Figures, Reading } from '../../../src/bench/result.ts';
import { type MadeRecord, recordOf } from '../record/records.ts';

const MS = 1e6;
const WAITING_MS = 100;

function observed(made: MadeRecord, more: Partial<TrialRecord> = {}, setUpsMs: number[] = []): Observation {
  return observe({ ...recordOf({ sizeBytes: made.plannedNs.map(() => 125), ...made }), ...more }, WAITING_MS, {
    setUpsMs,
  });
}

function valuesOf(figures: Figures): Record<string, Reading> {
  return Object.fromEntries(Object.entries(figures).map(([id, { value }]) => [id, value]));
}

function valuesOver(...repetitions: readonly Observation[]): Record<string, Reading> {
  return valuesOf(figuresOf(repetitions.map(samplesOf), 1));
}

test('one message, delivered: every percentile is its delay, and there is no goodput of it', () => {
  const one = observed({ plannedNs: [0], arrivals: [[0, 7 * MS]] }, { sentNs: Float64Array.of(2 * MS) }, [4]);
  const values = valuesOver(one);
  expect(values).toMatchObject({
    sent: 1,
    delivered: 1,
    lost: 0,
    loss: 0,
    duplication: 0,
    reordered: 0,
    damaged: 0,
    refused: 0,
  });
  expect(values).toMatchObject({ 'delay-min': 7, 'delay-p50': 7, 'delay-p99': 7, 'delay-max': 7 });
  expect(values).toMatchObject({ 'timer-error-p50': 2, 'timer-error-p99': 2, 'set-up-p50': 4 });
  expect(values).not.toHaveProperty('goodput');
});

test('one message, lost: what was not measured is not 0, and what was not reached is null', () => {
  const values = valuesOver(observed({ plannedNs: [0], arrivals: [] }));
  expect(values).toMatchObject({ sent: 1, delivered: 0, lost: 1, loss: 1 });
  expect(values).toMatchObject({ 'delay-min': null, 'delay-p50': null, 'delay-max': null });
  for (const id of ['duplication', 'reordered', 'set-up-p50', 'goodput', 'round-trip-p50']) {
    expect(values).not.toHaveProperty(id);
  }
});

describe('T_max', () => {
  const at = (delayMs: number) => valuesOver(observed({ plannedNs: [0], arrivals: [[0, delayMs * MS]] }));

  test('itself is in time', () => expect(at(100)).toMatchObject({ lost: 0, 'delay-max': 100 }));
  test('and a nanosecond is not', () => expect(at(100 + 1e-6)).toMatchObject({ lost: 1, 'delay-max': null }));

  test('makes of a late copy neither a copy too many nor a message out of order', () => {
    const late = observed({
      plannedNs: [0, 0, 150 * MS],
      arrivals: [
        [1, 5 * MS],
        [2, 155 * MS],
        [1, 156 * MS],
        [0, 157 * MS],
      ],
    });
    expect(valuesOver(late)).toMatchObject({ delivered: 2, lost: 1, duplication: 0, reordered: 0 });
  });
});

describe('several repetitions', () => {
  const quick = observed(
    {
      plannedNs: [0, 10 * MS],
      arrivals: [
        [0, 2 * MS],
        [1, 20 * MS],
        [1, 21 * MS],
      ],
    },
    { sentNs: Float64Array.of(1 * MS, 13 * MS), damaged: 2, refused: 1 },
    [10, 30],
  );
  const slow = observed(
    {
      plannedNs: [0, 10 * MS, 20 * MS],
      arrivals: [
        [2, 60 * MS],
        [0, 70 * MS],
        [1, 80 * MS],
      ],
    },
    { sentNs: Float64Array.of(2 * MS, Number.NaN, 24 * MS), damaged: 1 },
    [20],
  );
  const values = valuesOver(quick, slow);

  test('are one sample: counts add up, percentiles are over all of it', () => {
    // Delays: 2, 10; 70, 70, 40.
    expect(values).toMatchObject({ sent: 5, delivered: 5, lost: 0, damaged: 3, refused: 1, duplication: 0.2 });
    expect(values).toMatchObject({ 'delay-min': 2, 'delay-p50': 40, 'delay-p90': 70, 'delay-max': 70 });
  });

  test('have each an order of its own', () => expect(values).toMatchObject({ reordered: 0.4 }));

  test('have the goodput of all their bits over all their time', () => {
    // 2 × 1000 bits in 20 ms and 3 × 1000 bits in 80 ms.
    expect(values['goodput']).toBeCloseTo(5000 / 0.1, 6);
  });

  test('have the timer error of what was sent, and the median of all who joined', () => {
    // 1, 3; 2, never, 4.
    expect(values).toMatchObject({ 'timer-error-p50': 2, 'timer-error-p99': 4, 'set-up-p50': 20 });
  });

  test('come to the same in any order, and change nothing', () => {
    const before = structuredClone([quick, slow]);
    expect(valuesOver(slow, quick)).toEqual(values);
    expect([quick, slow]).toEqual(before);
  });

  test('of which one delivered nothing lose that one', () => {
    const silent = observed({ plannedNs: [0, 10 * MS], arrivals: [] });
    expect(valuesOver(quick, silent)).toMatchObject({
      sent: 4,
      lost: 2,
      loss: 0.5,
      'delay-p50': 10,
      'delay-p90': null,
    });
  });
});

test('two flows: what overtakes in the other flow is no reordering, what does in one is', () => {
  const plannedNs = [0, 1, 2, 3, 4, 5].map((i) => i * MS);
  // Flow 0 comes as 4 0 2, flow 1 as 1 3 5.
  const arrivals = [1, 4, 3, 0, 5, 2].map((message, at) => [message, (10 + at) * MS] as const);
  expect(valuesOver(observed({ plannedNs, flow: [0, 1, 0, 1, 0, 1], arrivals }))).toMatchObject({
    reordered: 2 / 6,
    lost: 0,
  });
});

test('a message that the transport did not take was still planned: it is sent for nothing, and lost', () => {
  const some = observed({ plannedNs: [0, MS], arrivals: [[0, MS]] }, { sentNs: Float64Array.of(0, Number.NaN) });
  expect(valuesOver(some)).toMatchObject({ sent: 2, lost: 1, 'timer-error-p50': 0, 'timer-error-p99': 0 });
  const none = observed({ plannedNs: [0], arrivals: [] }, { sentNs: Float64Array.of(Number.NaN) });
  expect(valuesOver(none)).not.toHaveProperty('timer-error-p50');
});

describe('intervals', () => {
  const repetitions = Array.from({ length: 8 }, (_, r) =>
    samplesOf(
      observed({
        plannedNs: [0, 0],
        arrivals: [
          [0, (r + 1) * MS],
          [1, (r + 2) * MS],
        ],
      }),
    ),
  );

  test('are absent while the run is under way, and it is said why', () => {
    const { 'delay-p50': delay, loss } = figuresOf(repetitions, undefined);
    expect([delay, loss]).toEqual([
      { value: 5, noInterval: { kind: 'under-way' } },
      { value: 0, noInterval: { kind: 'under-way' } },
    ]);
  });

  test('are there at its end around the same values, and the same for one seed', () => {
    const figures = figuresOf(repetitions, 3);
    expect(figures).toEqual(figuresOf(repetitions, 3));
    expect(figures['delay-p50']).toMatchObject({ value: 5, low: expect.any(Number), high: expect.any(Number) });
    expect(figures['delay-p50']!.low!).toBeLessThan(5);
    expect(valuesOf(figures)).toEqual(valuesOf(figuresOf(repetitions, undefined)));
  });

  test("are Wilson's for loss, which has one from a single repetition", () => {
    const { loss } = figuresOf(repetitions.slice(0, 1), 1);
    expect(loss).toEqual({ value: 0, low: 0, high: expect.closeTo(0.6576, 4) });
  });

  test('come for the metrics that were asked for, and no others', () => {
    expect(Object.keys(figuresOf(repetitions, 1, ['lost', 'sent']))).toEqual(['lost', 'sent']);
  });
});

test('a repetition has plain readings, the same as the figures of it alone', () => {
  const samples: Samples = samplesOf(observed({ plannedNs: [0, 1], arrivals: [[0, 2 * MS]] }, {}, [3]));
  expect(Object.keys(samples)).toEqual(METRIC_IDS);
  expect(readingsOf(samples)).toEqual(valuesOf(figuresOf([samples], undefined)));
  expect(readingsOf(samples)).toMatchObject({ lost: 1, 'delay-p50': 2, 'delay-p99': null });
});

describe('curves', () => {
  const quick = curvePointsOf(
    observed({
      plannedNs: [0, 0],
      arrivals: [
        [0, MS],
        [1, MS],
      ],
    }),
  );
  const silent = curvePointsOf(observed({ plannedNs: [0], arrivals: [] }));

  test('are the mean of the repetitions, each counted alike', () => {
    const { deadlines } = curvesOf([quick, silent]);
    expect(deadlines!.x).toEqual([...DEADLINES_MS]);
    expect(deadlines!.y[0]).toBe(0);
    expect(deadlines!.y.at(-1)).toBe(0.5);
  });

  test('have one value for each place on their axis', () => {
    for (const { x, y, title } of Object.values(curvesOf([quick]))) {
      expect(y).toHaveLength(x.length);
      expect(x).toEqual([...x].sort((a, b) => a - b));
      expect(title).not.toBe('');
    }
  });
});
