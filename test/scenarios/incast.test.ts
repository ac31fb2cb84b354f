// Many at one instant: from one sender (bursts), or from all in turn (incast).
import { expect, test } from 'vitest';
import { scheduleFor } from '../../src/bench/load/schedule.ts';
import type { Arrivals, Workload } from '../../src/bench/scenario/workload.ts';

const SENDERS = 3;

function scheduled(arrivals: Arrivals) {
  const workload: Workload = {
    pattern: 'fan-in',
    users: SENDERS + 1,
    arrivals,
    sizes: { kind: 'fixed', bytes: 100 },
    ratePerSecond: 12,
    durationMs: 1000,
    workers: 1,
    bulk: undefined,
  };
  const { flow, plannedNs } = scheduleFor(workload, 1);
  return { flows: [...flow], instantsMs: [...plannedNs].map((ns) => Math.round(ns / 1e6)) };
}

const TWO_INSTANTS = [0, 0, 0, 0, 0, 0, 500, 500, 500, 500, 500, 500];

test('an incast is of all senders in turn, at one instant', () => {
  expect(scheduled({ kind: 'incast', size: 6 })).toEqual({
    flows: [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2],
    instantsMs: TWO_INSTANTS,
  });
});

test('a burst is of one sender, and the next one of the next', () => {
  expect(scheduled({ kind: 'bursts', size: 6 })).toEqual({
    flows: [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1],
    instantsMs: TWO_INSTANTS,
  });
});
