import { expect, test } from 'vitest';
import { staircaseOf } from '../../../src/bench/figures/staircase.ts';
import { recordOf } from '../record/records.ts';

const MS = 1e6;
const NO_STATE = { up: undefined, down: undefined };
const GOOD = { up: [], down: [] };
const lossFrom = (fromMs: number, toMs: number) => ({ fromMs, toMs, cause: 'loss' as const });

/** One message every 10 ms, each 20 ms on its way. */
function steady(count: number) {
  const plannedNs = Array.from({ length: count }, (_, message) => message * 10 * MS);
  return recordOf({ plannedNs, arrivals: plannedNs.map((ns, message) => [message, ns + 20 * MS] as const) });
}

test('says of each message when it was planned, at its host, and given', () => {
  const record = {
    ...recordOf({
      plannedNs: [0, 10 * MS, 20 * MS],
      arrivals: [
        [0, 25.5 * MS],
        [2, 41.123_456 * MS],
      ],
    }),
    path: {
      atServerNs: Float64Array.of(12 * MS, 13 * MS, Number.NaN),
      releasedAtServerNs: Float64Array.of(12 * MS, 19 * MS, Number.NaN),
      atClientsNs: Float64Array.of(25 * MS, Number.NaN, 30 * MS),
      releasedAtClientsNs: Float64Array.of(25 * MS, Number.NaN, 41 * MS),
    },
  };
  expect(staircaseOf(record, 4, NO_STATE)).toEqual({
    repetition: 4,
    flow: 0,
    first: 0,
    plannedMs: [0, 10, 20],
    atServerMs: [12, 13, null],
    releasedAtServerMs: [12, 19, null],
    atHostMs: [25, null, 30],
    givenMs: [25.5, null, 41.123],
  });
});

test('counts the first copy of a message', () => {
  const record = recordOf({
    plannedNs: [0],
    arrivals: [
      [0, 5 * MS],
      [0, 9 * MS],
    ],
  });
  expect(staircaseOf(record, 1, NO_STATE)!.givenMs).toEqual([5]);
});

test('shows one flow, and its messages by their place in it', () => {
  const record = { ...steady(6), flow: Uint32Array.of(0, 1, 0, 1, 0, 1) };
  expect(staircaseOf(record, 1, NO_STATE)!.plannedMs).toEqual([0, 20, 40]);
});

test('of many messages shows some where the channel was bad longest, both directions together', () => {
  const moments = { up: [lossFrom(0, 30), lossFrom(5000, 5020)], down: [lossFrom(5100, 5120)] };
  const { first, plannedMs, badMoments } = staircaseOf(steady(1000), 1, moments)!;
  expect(plannedMs).toHaveLength(48);
  expect(plannedMs[0]).toBe(first * 10);
  expect(badMoments).toEqual([
    { direction: 'up', ...lossFrom(5000, 5020) },
    { direction: 'down', ...lossFrom(5100, 5120) },
  ]);
});

test('of a channel that was never bad shows the beginning', () => {
  expect(staircaseOf(steady(1000), 1, GOOD)).toMatchObject({ first: 0, badMoments: [] });
});

test('shows the same messages of whoever crossed the channel', () => {
  const moments = { up: [lossFrom(7000, 7100)], down: [] };
  const slow = { ...steady(1000), arrivedMessage: Uint32Array.of(3), arrivedNs: Float64Array.of(9e9) };
  expect(staircaseOf(slow, 1, moments)!.plannedMs).toEqual(staircaseOf(steady(1000), 1, moments)!.plannedMs);
});

test('of nothing sent is none', () => {
  expect(staircaseOf(recordOf({ plannedNs: [], arrivals: [] }), 1, GOOD)).toBeUndefined();
});
