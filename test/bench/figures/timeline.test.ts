// Delay over time: every message is in the slot of its planned instant, and the channel's bad moments stand behind them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChannelMoments } from '../../../src/bench/figures/bad-moments.ts';
import { timelineOf } from '../../../src/bench/figures/timeline.ts';
import { scheduleFor } from '../../../src/bench/load/schedule.ts';
import type { BadMoment, Timeline } from '../../../src/bench/result.ts';
import type { LossInterval } from '../../../src/link/loss-intervals.ts';
import { PLAIN } from '../load/loads.ts';

const MS = 1e6;
const LOST = Number.POSITIVE_INFINITY;
const NO_STATE: ChannelMoments = { up: undefined, down: undefined };
const lossFrom = (fromMs: number, toMs: number): LossInterval => ({ fromMs, toMs, cause: 'loss' });

interface Asked {
  readonly durationMs?: number;
  readonly repetition?: number;
  readonly moments?: ChannelMoments;
}

/** Of messages by their planned instants and delays, in ms. */
function timeline(
  messages: readonly (readonly [plannedMs: number, delayMs: number])[],
  { durationMs = 100, repetition = 1, moments = NO_STATE }: Asked = {},
): Timeline | undefined {
  const observation = {
    plannedNs: Float64Array.from(messages, ([plannedMs]) => plannedMs * MS),
    delayNs: Float64Array.from(messages, ([, delayMs]) => delayMs * MS),
  };
  return timelineOf(observation, durationMs, repetition, moments);
}

/** So many messages, evenly over 1000 ms, each 5 ms on its way. */
function steady(count: number, moments = NO_STATE): Timeline {
  const messages = Array.from({ length: count }, (_, k) => [(k * 1000) / count, 5] as const);
  return timeline(messages, { durationMs: 1000, moments })!;
}

/** One entry a slot: those at their places, and `rest` everywhere else. */
function slots<T>(rest: T, at: Readonly<Record<number, T>>): T[] {
  return Array.from({ length: 20 }, (_, slot) => at[slot] ?? rest);
}

describe('slots', () => {
  // 20 slots of 5 ms: three messages in the first, one of them lost; two in the second; one, lost, in the third.
  const made = timeline(
    [
      [0, 9],
      [1, LOST],
      [4.999, 3],
      [5, 2],
      [9.9, 4],
      [12, LOST],
      [97, 7],
      [100, 1],
    ],
    { repetition: 4 },
  );

  test('count what was planned in them, and what of that was lost', () => {
    expect(made).toMatchObject({
      repetition: 4,
      slotMs: 5,
      sent: slots(0, { 0: 3, 1: 2, 2: 1, 19: 2 }),
      lost: slots(0, { 0: 1, 2: 1 }),
    });
  });

  test('say the least, the median and the most of what came, and nothing where nothing came', () => {
    expect(made).toMatchObject({
      leastMs: slots<number | null>(null, { 0: 3, 1: 2, 19: 1 }),
      medianMs: slots<number | null>(null, { 0: 3, 1: 2, 19: 1 }),
      mostMs: slots<number | null>(null, { 0: 9, 1: 4, 19: 7 }),
    });
  });

  test.each<[delaysMs: number[], least: number, median: number, most: number]>([
    [[8], 8, 8, 8],
    [[9, 10, 2], 2, 9, 10],
    [[100, 9, 20, 1], 1, 9, 100],
    [[5, LOST, LOST, 3, 4], 3, 4, 5],
    [[1.234_567_8], 1.235, 1.235, 1.235],
    [[0], 0, 0, 0],
  ])('of the delays %j are %f, %f and %f, to the microsecond', (delaysMs, least, median, most) => {
    const { leastMs, medianMs, mostMs } = timeline(delaysMs.map((ms) => [0, ms]))!;
    expect([leastMs[0], medianMs[0], mostMs[0]]).toEqual([least, median, most]);
  });

  test.each([
    ['the last instant', 100],
    ['an instant just before it', 99.999_999],
  ])('%s is in the last one', (_what, plannedMs) => {
    expect(timeline([[plannedMs, 1]])!.sent).toEqual(slots(0, { 19: 1 }));
  });

  test.each([
    [1, 20],
    [80, 20],
    [84, 21],
    [400, 100],
    [480, 120],
    [484, 120],
    [50_000, 120],
  ])('of %i messages there are %i', (messages, count) => {
    const { slotMs, ...columns } = steady(messages);
    expect(slotMs).toBe(1000 / count);
    for (const name of ['sent', 'lost', 'leastMs', 'medianMs', 'mostMs'] as const) {
      expect(columns[name]).toHaveLength(count);
    }
  });

  test('of nothing sent there are none', () => {
    expect(timeline([])).toBeUndefined();
    expect(timeline([], { moments: { up: [lossFrom(0, 5)], down: [] } })).toBeUndefined();
  });

  test('of Poisson arrivals, some of which are planned behind the duration, hold what was planned in them', () => {
    const { plannedNs } = scheduleFor({ ...PLAIN, arrivals: { kind: 'poisson' } }, 3);
    const { slotMs, sent } = timelineOf(
      { plannedNs, delayNs: plannedNs.map(() => MS) },
      PLAIN.durationMs,
      1,
      NO_STATE,
    )!;
    expect(Math.max(...plannedNs) / MS).toBeGreaterThan(PLAIN.durationMs);
    const within = (slot: number) => (ns: number) => ns / MS >= slot * slotMs && ns / MS < (slot + 1) * slotMs;
    expect(sent).toEqual(sent.map((_, slot) => plannedNs.filter(within(slot)).length));
  });
});

describe('whatever was sent', () => {
  /** Whole ms, so that the bounds of 20 slots can be told exactly. */
  const anyMessages = (most: number) =>
    fc.array(
      fc.tuple(fc.nat({ max: 999 }), fc.oneof(fc.constant(LOST), fc.double({ min: 0, max: 5000, noNaN: true }))),
      { minLength: 1, maxLength: most },
    );

  test('every message is counted once, as sent and, where it is, as lost', () => {
    fc.assert(
      fc.property(anyMessages(600), (messages) => {
        const { sent, lost, leastMs, medianMs, mostMs } = timeline(messages, { durationMs: 1000 })!;
        const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
        expect(sum(sent)).toBe(messages.length);
        expect(sum(lost)).toBe(messages.filter(([, ms]) => ms === LOST).length);
        expect(sent.length).toBeGreaterThanOrEqual(20);
        expect(sent.length).toBeLessThanOrEqual(120);
        for (const [slot, median] of medianMs.entries()) {
          const [least, most] = [leastMs[slot]!, mostMs[slot]!];
          if (sent[slot] === lost[slot]) expect([least, median, most]).toEqual([null, null, null]);
          else expect([least, median!, most].toSorted((a, b) => a! - b!)).toEqual([least, median, most]);
        }
      }),
    );
  });

  test('a message is in the slot of its planned instant, whatever became of it', () => {
    fc.assert(
      fc.property(anyMessages(80), (messages) => {
        const { slotMs, sent, lost, leastMs, mostMs } = timeline(messages, { durationMs: 1000 })!;
        expect(slotMs).toBe(50);
        for (const slot of sent.keys()) {
          const own = messages.filter(([ms]) => ms >= slot * 50 && ms < (slot + 1) * 50).map(([, ms]) => ms);
          const came = own.filter((ms) => ms < LOST);
          expect([sent[slot], lost[slot]]).toEqual([own.length, own.length - came.length]);
          if (came.length === 0) continue;
          expect(leastMs[slot]).toBeCloseTo(Math.min(...came), 2);
          expect(mostMs[slot]).toBeCloseTo(Math.max(...came), 2);
        }
      }),
    );
  });

  test('the slots of all contestants hold the same messages', () => {
    fc.assert(
      fc.property(anyMessages(200), (messages) => {
        const others = messages.map(([plannedMs, delayMs]) => [plannedMs, delayMs === LOST ? 1 : LOST] as const);
        const [one, other] = [messages, others].map((each) => timeline(each, { durationMs: 1000 })!);
        expect(one!.sent).toEqual(other!.sent);
        expect(one!.lost.map((lost, slot) => lost + other!.lost[slot]!)).toEqual(one!.sent);
      }),
    );
  });
});

describe('bad moments', () => {
  const badMoments = (moments: ChannelMoments) => steady(10, moments).badMoments;

  test('are passed on, both directions', () => {
    const outage: LossInterval = { fromMs: 40, toMs: 90, cause: 'outage' };
    expect(badMoments({ up: [lossFrom(0, 3), outage], down: [lossFrom(2, 4)] })).toEqual([
      { direction: 'up', ...lossFrom(0, 3) },
      { direction: 'up', ...outage },
      { direction: 'down', ...lossFrom(2, 4) },
    ]);
  });

  test('are none of a channel that was never bad, and not there of one without a state in time', () => {
    expect(badMoments({ up: [], down: [] })).toEqual([]);
    expect(steady(10)).not.toHaveProperty('badMoments');
    expect(badMoments({ up: undefined, down: [lossFrom(1, 2)] })).toEqual([{ direction: 'down', ...lossFrom(1, 2) }]);
  });

  /** 1 ms each, the gap behind moment k as wide as `gapMs` says. */
  function spread(count: number, gapMs: (k: number) => number = () => 4): LossInterval[] {
    const moments: LossInterval[] = [];
    for (let k = 0, atMs = 0; k < count; k++) {
      moments.push(lossFrom(atMs, atMs + 1));
      atMs += 1 + gapMs(k);
    }
    return moments;
  }

  test('are as they were up to 200', () => {
    expect(badMoments({ up: spread(120), down: spread(80) })).toHaveLength(200);
    expect(badMoments({ up: spread(200), down: [] })!.slice(0, 2)).toEqual([
      { direction: 'up', ...lossFrom(0, 1) },
      { direction: 'up', ...lossFrom(5, 6) },
    ]);
  });

  test('of more, the nearest become one', () => {
    const up = spread(203, (k) => ({ 50: 1, 100: 2, 101: 3 })[k] ?? 10);
    const found = badMoments({ up, down: [] })!;
    expect(found).toHaveLength(200);
    expect(found[50]).toEqual({ direction: 'up', ...lossFrom(up[50]!.fromMs, up[51]!.toMs) });
    expect(found[99]).toEqual({ direction: 'up', ...lossFrom(up[100]!.fromMs, up[102]!.toMs) });
    expect(found.filter(({ fromMs, toMs }) => toMs - fromMs > 1)).toHaveLength(2);
  });

  test('never across directions, however near they are', () => {
    const found = badMoments({ up: [lossFrom(0, 1)], down: spread(300) })!;
    expect(found[0]).toEqual({ direction: 'up', ...lossFrom(0, 1) });
    expect(found[1]).toMatchObject({ direction: 'down', fromMs: 0 });
  });

  const anyMoments: fc.Arbitrary<LossInterval[] | undefined> = fc.option(
    fc
      .array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 })), { maxLength: 350 })
      .map((gapsAndLengths) => {
        let atMs = 0;
        return gapsAndLengths.map(([gapMs, lengthMs]) => {
          const fromMs = atMs + gapMs;
          atMs = fromMs + lengthMs;
          return lossFrom(fromMs, atMs);
        });
      }),
    { nil: undefined },
  );

  test('are at most 200, and whatever was bad still is', () => {
    fc.assert(
      fc.property(anyMoments, anyMoments, (up, down) => {
        const found = badMoments({ up, down });
        expect(found === undefined).toBe(up === undefined && down === undefined);
        if (found === undefined) return;
        expect(found.length).toBeLessThanOrEqual(200);
        for (const [direction, own] of Object.entries({ up, down })) {
          expectCovered(
            own ?? [],
            found.filter((moment) => moment.direction === direction),
          );
        }
      }),
    );
  });

  /** Every moment is in one that was found; those ascend, are apart, and begin and end where moments do. */
  function expectCovered(moments: readonly LossInterval[], found: readonly BadMoment[]): void {
    const isBad = ({ fromMs, toMs }: LossInterval) => found.some((one) => one.fromMs <= fromMs && one.toMs >= toMs);
    expect(moments.filter((moment) => !isBad(moment))).toEqual([]);
    const [starts, ends] = [new Set(moments.map((own) => own.fromMs)), new Set(moments.map((own) => own.toMs))];
    expect(found.filter(({ fromMs, toMs }) => !starts.has(fromMs) || !ends.has(toMs))).toEqual([]);
    for (const [at, next] of found.slice(1).entries()) expect(next.fromMs).toBeGreaterThan(found[at]!.toMs);
  }
});
