// Figures of one trial and of several together, from records small enough to work them out on paper.
import { describe, expect, test } from 'vitest';
import { figuresOf, type MeasuredTrial } from '../../src/bench/figures.ts';
import type { TrialRecord } from '../../src/bench/record.ts';
import { type MadeRecord, recordOf } from './records.ts';

const MS = 1e6;
const SETTINGS = { waitingMs: 100, bodyBytes: 125 };

function trialOf(made: MadeRecord, more: Partial<TrialRecord> = {}, setUpsMs: number[] = []): MeasuredTrial {
  return { record: { ...recordOf(made), ...more }, setUpsMs };
}

test('one message, delivered: every percentile is its delay, and there is no goodput of it', () => {
  const trial = trialOf({ plannedNs: [0], arrivals: [[0, 7 * MS]] }, { sentNs: Float64Array.of(2 * MS) }, [4]);
  expect(figuresOf([trial], SETTINGS)).toEqual({
    sent: 1,
    delivered: 1,
    lost: 0,
    loss: { ratio: 0, low: 0, high: expect.closeTo(0.7935, 4) },
    duplicates: 0,
    duplication: 0,
    reordered: 0,
    reordering: 0,
    longestReorderingExtent: 0,
    damaged: 0,
    refused: 0,
    delayMs: { min: 7, p50: 7, p90: 7, p99: 7, max: 7 },
    timerErrorMs: { p50: 2, p99: 2 },
    setUpMs: 4,
    goodputBitsPerSecond: undefined,
  });
});

test('one message, lost: what was not measured is not 0', () => {
  expect(figuresOf([trialOf({ plannedNs: [0], arrivals: [] })], SETTINGS)).toMatchObject({
    sent: 1,
    delivered: 0,
    lost: 1,
    loss: { ratio: 1, high: 1 },
    duplication: undefined,
    reordering: undefined,
    delayMs: { min: null, p50: null, p90: null, p99: null, max: null },
    setUpMs: undefined,
    goodputBitsPerSecond: undefined,
  });
});

describe('T_max', () => {
  const at = (delayMs: number) => figuresOf([trialOf({ plannedNs: [0], arrivals: [[0, delayMs * MS]] })], SETTINGS);

  test('itself is in time', () => expect(at(100)).toMatchObject({ lost: 0, delayMs: { max: 100 } }));
  test('and a nanosecond is not', () => expect(at(100 + 1e-6)).toMatchObject({ lost: 1, delayMs: { max: null } }));

  test('makes of a late copy neither a copy too many nor a message out of order', () => {
    const late = trialOf({
      plannedNs: [0, 0, 150 * MS],
      arrivals: [
        [1, 5 * MS],
        [2, 155 * MS],
        [1, 156 * MS],
        [0, 157 * MS],
      ],
    });
    expect(figuresOf([late], SETTINGS)).toMatchObject({ delivered: 2, lost: 1, duplicates: 0, reordered: 0 });
  });
});

describe('several repetitions', () => {
  const quick = trialOf(
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
  const slow = trialOf(
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
  const figures = figuresOf([quick, slow], SETTINGS);

  test('are one sample: counts add up, percentiles are over all of it', () => {
    // Delays: 2, 10; 70, 70, 40.
    expect(figures).toMatchObject({ sent: 5, delivered: 5, lost: 0, damaged: 3, refused: 1 });
    expect(figures.delayMs).toEqual({ min: 2, p50: 40, p90: 70, p99: 70, max: 70 });
    expect(figures).toMatchObject({ duplicates: 1, duplication: 0.2 });
  });

  test('have each an order of its own, and the longest extent is over all', () => {
    expect(figures).toMatchObject({ reordered: 2, reordering: 0.4, longestReorderingExtent: 2 });
  });

  test('have the goodput of all their bits over all their time', () => {
    // 2 × 1000 bits in 20 ms and 3 × 1000 bits in 80 ms.
    expect(figures.goodputBitsPerSecond).toBeCloseTo(5000 / 0.1, 6);
  });

  test('have the timer error of what was sent, and the median of all who joined', () => {
    // 1, 3; 2, never, 4.
    expect(figures.timerErrorMs).toEqual({ p50: 2, p99: 4 });
    expect(figures.setUpMs).toBe(20);
  });

  test('come to the same in any order, and change no record', () => {
    const before = structuredClone([quick, slow]);
    expect(figuresOf([slow, quick], SETTINGS)).toEqual(figures);
    expect([quick, slow]).toEqual(before);
  });

  test('of which one delivered nothing lose that one', () => {
    const silent = trialOf({ plannedNs: [0, 10 * MS], arrivals: [] });
    expect(figuresOf([quick, silent], SETTINGS)).toMatchObject({
      sent: 4,
      lost: 2,
      loss: { ratio: 0.5 },
      delayMs: { min: 2, p50: 10, p90: null },
    });
  });
});

test('two flows: what overtakes in the other flow is no reordering, what does in one is', () => {
  const plannedNs = [0, 1, 2, 3, 4, 5].map((i) => i * MS);
  const flow = [0, 1, 0, 1, 0, 1];
  // Flow 0 comes as 4 0 2, flow 1 as 1 3 5.
  const order = [1, 4, 3, 0, 5, 2];
  const trial = trialOf({ plannedNs, flow, arrivals: order.map((message, at) => [message, (10 + at) * MS]) });
  expect(figuresOf([trial], SETTINGS)).toMatchObject({ reordered: 2, longestReorderingExtent: 2, lost: 0 });
});

test('a message that the transport did not take was still planned: it is sent for nothing, and lost', () => {
  const sentNs = Float64Array.of(0, Number.NaN);
  const trial = trialOf({ plannedNs: [0, MS], arrivals: [[0, MS]] }, { sentNs });
  expect(figuresOf([trial], SETTINGS)).toMatchObject({ sent: 2, lost: 1, timerErrorMs: { p50: 0, p99: 0 } });
});
