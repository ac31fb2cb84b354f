// Delay over all sent, its variation over what came, deadlines, goodput: RFC 7679, 3393, 5481, 3550, 2681, 2647.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MetricId } from '../../../src/bench/metrics/catalogue.ts';
import { DEADLINES_MS, deadlineCurve } from '../../../src/bench/metrics/deadline.ts';
import { ipdvNs, jitter, pdvNs } from '../../../src/bench/metrics/delay-variation.ts';
import { anyMade, figureOf, observed, sampleOf } from './observations.ts';

const MS = 1e6;
const LOST = Number.POSITIVE_INFINITY;

/** One flow, a message every 20 ms, with these delays in ms; `LOST` never comes. */
function withDelays(delaysMs: readonly number[]) {
  const plannedNs = delaysMs.map((_, i) => i * 20 * MS);
  const arrivals = delaysMs
    .flatMap((delay, i) => (delay === LOST ? [] : [[i, plannedNs[i]! + delay * MS] as const]))
    .sort(([, a], [, b]) => a - b);
  return observed({ plannedNs, arrivals });
}

const anyDelays = fc.array(fc.option(fc.integer({ min: 1, max: 60 }), { nil: LOST }), { minLength: 1, maxLength: 40 });

describe('delay (RFC 7679)', () => {
  const tenth = withDelays([7, 1, 2, LOST, 3, 4, 5, 6, 8, 9]);

  test.each<[MetricId, number]>([
    ['delay-min', 1],
    ['delay-p50', 5],
    ['delay-p90', 9],
    ['delay-p95', LOST],
    ['delay-p99', LOST],
    ['delay-p99.9', LOST],
    ['delay-max', LOST],
  ])('%s of nine that came of ten', (id, expected) => expect(figureOf(id, tenth)).toBe(expected));

  test('the largest of all that came, where all came', () => {
    expect(sampleOf('delay-max', withDelays([3, 9, 4]))).toEqual({ kind: 'largest', value: 9 });
  });

  test('none came', () => {
    expect(['delay-min', 'delay-p50', 'delay-max'].map((id) => figureOf(id as MetricId, withDelays([LOST])))).toEqual([
      LOST,
      LOST,
      LOST,
    ]);
  });

  test('every percentile is that of the whole list with what was lost as infinity', () => {
    const shares = { 'delay-p50': 500, 'delay-p90': 900, 'delay-p95': 950, 'delay-p99': 990, 'delay-p99.9': 999 };
    fc.assert(
      fc.property(anyDelays, (delays) => {
        const observation = withDelays(delays);
        const sorted = delays.toSorted((a, b) => (a === b ? 0 : a - b));
        for (const [id, thousandths] of Object.entries(shares)) {
          const naive = sorted.find((_, at) => (at + 1) * 1000 >= thousandths * delays.length);
          expect(figureOf(id as MetricId, observation)).toBe(naive);
        }
      }),
    );
  });
});

describe('deadlines', () => {
  const delays = withDelays([5, 20, 20.5, 150, LOST]);

  test.each<[MetricId, number]>([
    ['in-time-20ms', 2],
    ['in-time-50ms', 3],
    ['in-time-100ms', 3],
    ['in-time-200ms', 4],
    ['in-time-500ms', 4],
  ])('%s: the deadline itself is in time, a lost one never', (id, part) => {
    expect(sampleOf(id, delays)).toEqual({ kind: 'ratio', part, whole: 5 });
  });

  test('the curve is the share within each, over all sent', () => {
    expect([...deadlineCurve(delays, Float64Array.of(4, 5, 20, 1000))]).toEqual([0, 0.2, 0.4, 0.8]);
  });

  test('its grid goes from 0.01 ms to 100 s in 32 steps a decade, and meets the decades', () => {
    expect(DEADLINES_MS).toHaveLength(225);
    expect([0, 32, 64, 96, 224].map((step) => DEADLINES_MS[step])).toEqual([0.01, 0.1, 1, 10, 1e5]);
  });

  test('the curve never falls, and ends at what came', () => {
    fc.assert(
      fc.property(anyDelays, (all) => {
        const curve = deadlineCurve(withDelays(all));
        expect([...curve]).toEqual([...curve].toSorted((a, b) => a - b));
        expect(curve.at(-1)).toBe(all.filter((delay) => delay !== LOST).length / all.length);
      }),
    );
  });
});

describe('delay variation', () => {
  test('IPDV is between neighbours that both came, signed (RFC 3393, RFC 5481)', () => {
    const delays = withDelays([10, 12, 9, LOST, 15, 15]);
    expect([...ipdvNs(delays)]).toEqual([2 * MS, -3 * MS, 0]);
    expect(figureOf('ipdv-p50', delays)).toBe(2);
    expect(figureOf('ipdv-p99', delays)).toBe(3);
  });

  test('PDV is above the least of the flow (RFC 5481)', () => {
    const delays = withDelays([10, 12, 9, LOST, 15]);
    expect([...pdvNs(delays)]).toEqual([1 * MS, 3 * MS, 0, 6 * MS]);
    expect([figureOf('pdv-p99', delays), figureOf('pdv-p99.9', delays)]).toEqual([6, 6]);
  });

  test('each flow has a least of its own, and no neighbour in another', () => {
    const observation = observed({
      plannedNs: [0, 0, 0],
      flow: [0, 1, 0],
      arrivals: [
        [0, 10],
        [2, 14],
        [1, 100],
      ],
    });
    expect([...pdvNs(observation)]).toEqual([0, 4, 0]);
    expect([...ipdvNs(observation)]).toEqual([4]);
    expect(jitter(observation)).toEqual({ sumNs: 4 / 16, count: 1 });
  });

  test('jitter is smoothed by a sixteenth, from 0, in the order of arrival (RFC 3550)', () => {
    // |D|: 16, 16, 0 ms. J: 1, 1 + 15/16, 31/16 × 15/16.
    const delays = withDelays([10, 26, 10, 10]);
    const each = [1, 31 / 16, (31 / 16) * (15 / 16)];
    expect(figureOf('jitter', delays)).toBeCloseTo(each.reduce((a, b) => a + b, 0) / 3, 12);
  });

  test('jitter takes neighbours as they arrive, IPDV as they were sent', () => {
    // 0 arrives behind 1: D is 5 − 30 ms one way and the other way round.
    const overtaken = withDelays([30, 5, 5]);
    expect(ipdvNs(overtaken)).toEqual(Float64Array.of(-25 * MS, 0));
    expect(jitter(overtaken).sumNs / MS).toBeCloseTo(25 / 16 + (25 / 16) * (15 / 16) + 25 / 16, 9);
  });

  test('jitter begins again in every flow', () => {
    const two = observed({
      plannedNs: [0, 0, 0, 0],
      flow: [0, 0, 1, 1],
      arrivals: [
        [0, 100],
        [1, 132],
        [2, 200],
        [3, 264],
      ],
    });
    expect(jitter(two)).toEqual({ sumNs: 32 / 16 + 64 / 16, count: 2 });
  });

  test('one message has no variation from another', () => {
    for (const id of ['ipdv-p50', 'ipdv-p99', 'jitter'] as const) expect(figureOf(id, withDelays([5]))).toBeNaN();
    expect(figureOf('pdv-p99', withDelays([LOST]))).toBeNaN();
  });

  const variations = (made: Parameters<typeof observed>[0]) => {
    const observation = observed(made);
    return { ipdv: ipdvNs(observation), pdv: pdvNs(observation), jitter: jitter(observation) };
  };

  test('a clock that is off by a constant changes none of them', () => {
    fc.assert(
      fc.property(anyMade, fc.integer({ min: 0, max: 1000 }), (made, offset) => {
        const shifted = { ...made, arrivals: made.arrivals.map(([message, ns]) => [message, ns + offset] as const) };
        expect(variations(shifted)).toEqual(variations(made));
        const later = { ...shifted, plannedNs: made.plannedNs.map((ns) => ns + offset) };
        expect(variations(later)).toEqual(variations(made));
      }),
    );
  });

  test('lost messages at the end change none of them', () => {
    fc.assert(
      fc.property(anyMade, fc.array(fc.nat({ max: 2 }), { maxLength: 5 }), (made, lost) => {
        const last = made.plannedNs.at(-1)!;
        const more = {
          ...made,
          plannedNs: [...made.plannedNs, ...lost.map(() => last)],
          flow: [...made.flow, ...lost],
        };
        expect(variations(more)).toEqual(variations(made));
      }),
    );
  });

  test('PDV is never negative and has a 0 in every flow; IPDV of neighbours adds up', () => {
    fc.assert(
      fc.property(anyDelays, (delays) => {
        const observation = withDelays(delays);
        const pdv = pdvNs(observation);
        if (pdv.length > 0) expect(Math.min(...pdv)).toBe(0);
        if (delays.includes(LOST)) return;
        const sum = ipdvNs(observation).reduce((a, b) => a + b, 0);
        expect(sum).toBeCloseTo((delays.at(-1)! - delays[0]!) * MS, 3);
      }),
    );
  });
});

describe('round trips (RFC 2681)', () => {
  test('those without a reply are infinitely late', () => {
    const roundTrips = { sortedNs: Float64Array.of(2 * MS, 4 * MS, 8 * MS), sent: 4 };
    const answered = observed({ plannedNs: [0], arrivals: [] }, { roundTrips });
    expect(figureOf('round-trip-p50', answered)).toBe(4);
    expect(figureOf('round-trip-p99', answered)).toBe(LOST);
  });

  test('are not available where nothing is answered', () => {
    expect(sampleOf('round-trip-p50', withDelays([1]))).toBeUndefined();
  });
});

describe('goodput (RFC 2647)', () => {
  test('is the payload of distinct messages, from the first planned instant to the last delivery', () => {
    const observation = observed({
      plannedNs: [0.5e9, 1e9, 1.5e9],
      sizeBytes: [100, 50, 1000],
      arrivals: [
        [1, 1.2e9],
        [0, 2.5e9],
        [0, 9e9],
      ],
    });
    expect(sampleOf('goodput', observation)).toEqual({ kind: 'ratio', part: 150 * 8, whole: 2 });
  });

  test('of one delivery there is none', () => {
    expect(figureOf('goodput', withDelays([5, LOST]))).toBeNaN();
  });
});
