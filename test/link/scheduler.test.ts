import { expect, onTestFinished, test } from 'vitest';
import { latenessQuantileNs, noLateness, recordLateness } from '../../src/link/lateness.ts';
import { type Scheduler, startScheduler } from '../../src/link/scheduler.ts';
import { monotonicNs } from '../../src/monotonic.ts';

function scheduler(): Scheduler {
  const started = startScheduler();
  onTestFinished(() => started.close());
  return started;
}

test('actions run in the order of their instants, and none before its own', async () => {
  const timed = scheduler();
  const nowNs = monotonicNs();
  const ran: number[] = [];
  await new Promise<void>((done) => {
    for (const inMs of [30, 0.5, 8, 3, 8.001, -1]) {
      timed.at(nowNs + inMs * 1e6, () => {
        expect(monotonicNs()).toBeGreaterThanOrEqual(nowNs + inMs * 1e6);
        ran.push(inMs);
        if (inMs === 30) done();
      });
    }
  });
  expect(ran).toEqual([-1, 0.5, 3, 8, 8.001, 30]);
});

test('an action may schedule another, and its lateness is on record', async () => {
  const timed = scheduler();
  const nowNs = monotonicNs();
  await new Promise<void>((done) => timed.at(nowNs, () => timed.at(nowNs + 1e6, done)));
  const lateness = timed.lateness();
  expect(lateness.count).toBe(2);
  expect(lateness.maxNs).toBeGreaterThan(0);
  timed.forgetLateness();
  expect(timed.lateness()).toEqual(noLateness());
});

test('an earlier action need not wait for a later one, and no timer stays behind', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  const timed = scheduler();
  timed.at(monotonicNs() + 600e9, () => {});
  await new Promise<void>((done) => timed.at(monotonicNs() + 5e6, done));
  timed.close();
  expect(timers()).toBe(before);
});

test('after close nothing runs', async () => {
  const timed = scheduler();
  const ran: string[] = [];
  timed.at(monotonicNs(), () => ran.push('due at once'));
  timed.close();
  timed.at(monotonicNs(), () => ran.push('too late'));
  const other = scheduler();
  await new Promise<void>((done) => other.at(monotonicNs() + 5e6, done));
  expect(ran).toEqual([]);
});

test('a quantile of lateness is an upper bound, at most twice the value', () => {
  const lateness = noLateness();
  expect(latenessQuantileNs(lateness, 0.99)).toBeUndefined();
  for (let us = 1; us <= 100; us++) recordLateness(lateness, us * 1e3);
  for (const quantile of [0.01, 0.5, 0.99, 1]) {
    const bound = latenessQuantileNs(lateness, quantile)!;
    expect(bound).toBeGreaterThanOrEqual(quantile * 100e3);
    expect(bound).toBeLessThanOrEqual(quantile * 200e3);
  }
  recordLateness(lateness, 1e15);
  expect(lateness.buckets.at(-1)).toBe(1);
  expect(lateness.maxNs).toBe(1e15);
});
