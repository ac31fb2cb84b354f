// Runs actions at their instants. A timer is good to a millisecond or so; the last two are spent in turns of the event
// loop, which cost processor time and are good to some microseconds. Every action's lateness is recorded.

import { monotonicNs } from '../monotonic.ts';
import { dueQueue } from './due-queue.ts';
import { type Lateness, noLateness, recordLateness } from './lateness.ts';

export interface Scheduler {
  /** @param dueNs on the monotonic clock; equal instants run in the order given */
  at(dueNs: number, action: () => void): void;
  /** What has not run yet. */
  readonly waiting: number;
  lateness(): Lateness;
  forgetLateness(): void;
  /** Nothing scheduled runs after this. */
  close(): void;
}

type Alarm = { dueNs: number; cancel(): void };

const TURNS_NS = 2e6;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export function startScheduler(): Scheduler {
  const queue = dueQueue<() => void>();
  let lateness = noLateness();
  let alarm: Alarm | undefined;
  let closed = false;

  function run(): void {
    alarm = undefined;
    for (let dueNs = queue.nextDueNs; dueNs <= monotonicNs(); dueNs = queue.nextDueNs) {
      recordLateness(lateness, monotonicNs() - dueNs);
      queue.pop()!();
    }
    arm();
  }

  function arm(): void {
    const dueNs = queue.nextDueNs;
    if (queue.size === 0 || (alarm !== undefined && alarm.dueNs <= dueNs)) return;
    alarm?.cancel();
    alarm = { dueNs, cancel: wake(run, dueNs - monotonicNs()) };
  }

  return {
    at(dueNs, action) {
      if (closed) return;
      queue.push(dueNs, action);
      arm();
    },
    get waiting() {
      return queue.size;
    },
    lateness: () => structuredClone(lateness),
    forgetLateness() {
      lateness = noLateness();
    },
    close() {
      closed = true;
      alarm?.cancel();
      alarm = undefined;
      queue.clear();
    },
  };
}

/** Calls back somewhat before the time is over; the caller looks at the clock and asks again. */
function wake(callback: () => void, inNs: number): () => void {
  if (inNs <= TURNS_NS) {
    const turn = setImmediate(callback);
    return () => clearImmediate(turn);
  }
  const timer = setTimeout(callback, Math.min(LONGEST_TIMER_MS, Math.floor((inNs - TURNS_NS) / 1e6)));
  return () => clearTimeout(timer);
}
