// What came and what did not: RFC 7680, RFC 3357, RFC 3611, RFC 5560.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { burstLoss } from '../../../src/bench/metrics/burst-loss.ts';
import { lossPattern } from '../../../src/bench/metrics/loss-pattern.ts';
import { anyLosses, anyMade, figureOf, lossesOf, observed, sampleOf } from './observations.ts';

/** 1 and 4 are lost, 2 comes three times and 3 twice. */
const SIX = observed({
  plannedNs: [0, 1, 2, 3, 4, 5],
  arrivals: [0, 2, 2, 3, 5, 3, 2].map((message, at) => [message, 10 + at]),
});

test('delivery counts distinct messages of all planned', () => {
  expect(sampleOf('sent', SIX)).toEqual({ kind: 'total', value: 6 });
  expect(sampleOf('delivered', SIX)).toEqual({ kind: 'total', value: 4 });
  expect(sampleOf('lost', SIX)).toEqual({ kind: 'total', value: 2 });
  expect(sampleOf('loss', SIX)).toEqual({ kind: 'ratio', part: 2, whole: 6 });
});

test('duplication is over what came, by copies and by messages (RFC 5560)', () => {
  expect(sampleOf('duplication', SIX)).toEqual({ kind: 'ratio', part: 3, whole: 4 });
  expect(sampleOf('replicated', SIX)).toEqual({ kind: 'ratio', part: 2, whole: 4 });
});

test('damaged and refused are counted as they were', () => {
  const both = { ...SIX, damaged: 3, refused: 2 };
  expect([sampleOf('damaged', both), sampleOf('refused', both)]).toEqual([
    { kind: 'total', value: 3 },
    { kind: 'total', value: 2 },
  ]);
});

test('duplication counts what lies beyond one copy of each', () => {
  fc.assert(
    fc.property(anyMade, (made) => {
      const observation = observed(made);
      const messages = made.arrivals.map(([message]) => message);
      const distinct = new Set(messages);
      expect(sampleOf('duplication', observation)).toEqual({
        kind: 'ratio',
        part: messages.length - distinct.size,
        whole: distinct.size,
      });
      const again = [...distinct].filter((message) => messages.indexOf(message) !== messages.lastIndexOf(message));
      expect(sampleOf('replicated', observation)).toMatchObject({ part: again.length });
    }),
  );
});

describe('loss periods and distances (RFC 3357)', () => {
  test.each<[string, string, Partial<ReturnType<typeof lossPattern>>]>([
    // The RFC's own example: packets 2, 5, 7, 9 and 10 of ten; distances 3, 2, 2, 1; periods of 1, 1, 1, 2.
    ['ten packets', '1011010100', { lost: 5, periods: 4, longest: 2, distances: 4, distance: 8 }],
    ['none', '1111', { lost: 0, periods: 0, longest: 0, distances: 0, distance: 0 }],
    ['all', '000', { lost: 3, periods: 1, longest: 3, distances: 2, distance: 2 }],
    ['nothing sent', '', { lost: 0, periods: 0 }],
    ['the first alone', '0111', { lost: 1, periods: 1, longest: 1, distances: 0 }],
  ])('%s', (_what, pattern, expected) => {
    expect(lossPattern([lossesOf(pattern)])).toMatchObject(expected);
  });

  test('a run does not go on in another flow', () => {
    expect(lossPattern([lossesOf('10'), lossesOf('01')])).toMatchObject({ periods: 2, longest: 1, distances: 0 });
  });

  test('come as shares and means', () => {
    const flows = observed({
      plannedNs: Array.from({ length: 10 }, (_, i) => i),
      arrivals: [0, 2, 3, 5, 7].map((message, at) => [message, 100 + at]),
    });
    expect(sampleOf('loss-periods', flows)).toEqual({ kind: 'ratio', part: 4, whole: 10 });
    expect(figureOf('loss-period-mean', flows)).toBe(5 / 4);
    expect(sampleOf('loss-period-longest', flows)).toEqual({ kind: 'largest', value: 2 });
    expect(figureOf('loss-distance-mean', flows)).toBe(2);
  });

  test('are those that a regular expression finds', () => {
    fc.assert(
      fc.property(anyLosses, (pattern) => {
        const runs = pattern.match(/0+/g) ?? [];
        const places = [...pattern].flatMap((came, at) => (came === '0' ? [at] : []));
        const distances = places.slice(1).map((place, i) => place - places[i]!);
        expect(lossPattern([lossesOf(pattern)])).toEqual({
          lost: places.length,
          periods: runs.length,
          longest: Math.max(0, ...runs.map((run) => run.length)),
          distances: distances.length,
          distance: distances.reduce((a, b) => a + b, 0),
        });
      }),
    );
  });
});

describe('bursts and gaps (RFC 3611)', () => {
  const received = (count: number) => '1'.repeat(count);

  test("the RFC's own example: a burst of twelve with a density of 0.33, a gap density of 0.04", () => {
    const pattern = `1111${'0'}${received(18)}${'011101011110'}${received(18)}0${received(10)}`;
    const { bursts, burstMessages, burstLost, gapMessages, gapLost } = burstLoss([lossesOf(pattern)]);
    expect([bursts, burstMessages, burstLost, gapMessages, gapLost]).toEqual([1, 12, 4, 52, 2]);
    expect([(burstLost / burstMessages).toFixed(2), (gapLost / gapMessages).toFixed(2)]).toEqual(['0.33', '0.04']);
  });

  test.each([
    ['fifteen received do not end a burst', `0${received(15)}0`, [1, 17, 2, 0, 0]],
    ['sixteen do, and each loss stands alone', `0${received(16)}0`, [0, 0, 0, 18, 2]],
    ['one loss is gap', '11011', [0, 0, 0, 5, 1]],
    ['two together are a burst', '11001', [1, 2, 2, 3, 0]],
    ['all lost', '0000', [1, 4, 4, 0, 0]],
    ['two bursts', `00${received(16)}010`, [2, 5, 4, 16, 0]],
    ['nothing sent', '', [0, 0, 0, 0, 0]],
  ])('%s', (_what, pattern, expected) => {
    expect(Object.values(burstLoss([lossesOf(pattern)]))).toEqual(expected);
  });

  test('come as shares and a mean', () => {
    const lost = [1, 3];
    const observation = observed({
      plannedNs: Array.from({ length: 40 }, (_, i) => i),
      arrivals: Array.from({ length: 39 }, (_, i) => i)
        .filter((message) => !lost.includes(message))
        .map((message) => [message, 100 + message]),
    });
    expect(sampleOf('burst-share', observation)).toEqual({ kind: 'ratio', part: 2, whole: 3 });
    expect(sampleOf('burst-density', observation)).toEqual({ kind: 'ratio', part: 2, whole: 3 });
    expect(sampleOf('burst-length-mean', observation)).toEqual({ kind: 'ratio', part: 3, whole: 1 });
    expect(sampleOf('gap-density', observation)).toEqual({ kind: 'ratio', part: 1, whole: 37 });
  });

  test('a loss is in a burst if and only if another is within sixteen', () => {
    fc.assert(
      fc.property(fc.array(anyLosses, { maxLength: 3 }), fc.integer({ min: 1, max: 16 }), (patterns, gmin) => {
        const flows = patterns.map(lossesOf);
        const together = patterns.map((pattern) => {
          const places = [...pattern].flatMap((came, at) => (came === '0' ? [at] : []));
          return places.filter((at) => places.some((other) => other !== at && Math.abs(other - at) <= gmin)).length;
        });
        const found = burstLoss(flows, gmin);
        expect(found.burstLost).toBe(together.reduce((a, b) => a + b, 0));
        expect(found.burstLost + found.gapLost).toBe(lossPattern(flows).lost);
        expect(found.burstMessages + found.gapMessages).toBe(patterns.join('').length);
      }),
    );
  });
});
