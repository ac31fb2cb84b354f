// What decides when a user sends: a plan (open loop), or what has come back (closed loop). A worker runs one for a trial.
import type { Flow } from '../load/flows.ts';
import type { Workload } from '../scenario/workload.ts';
import type { ArrivalLog, SentLog } from './logs.ts';
import type { User } from './user.ts';

export interface LoopTask {
  readonly workload: Workload;
  /** Of instants and sizes. */
  readonly seed: number;
  /** Tells this trial's messages from late ones of another. */
  readonly trial: number;
  /** T_max: how long after its planned instant a message may still arrive. */
  readonly waitingMs: number;
  /** Of all users, by index. */
  readonly names: readonly string[];
  /** Whether somebody sees the packets, and will ask where messages lie in their streams. */
  readonly isSeen: boolean;
}

/** What a loop works with. */
export interface Stage {
  readonly task: LoopTask;
  readonly flows: readonly Flow[];
  /** This worker's users, by index. */
  readonly users: ReadonlyMap<number, User>;
  /** Since the trial's origin, which is set when all workers are ready. */
  readonly nowNs: () => number;
  /** Whether to note where messages lie in their streams. */
  readonly hasPlaces: boolean;
}

export interface Loop {
  readonly sent: SentLog;
  readonly arrived: ArrivalLog;
  /** From the origin on. Resolves when everything is sent, and has come or is lost. */
  run(): Promise<void>;
  /**
   * A whole message has come to one of this worker's users; answers whether it was for him.
   * @param message the number that stands in it; one to everybody has that of its first receiver
   */
  received(message: number, user: User, arrivedNs: number, toAll: boolean): boolean;
}

export const EVERYBODY = '*';

/** How long after the last arrival was due a copy too many may still come. */
export const SETTLE_MS = 250;

export function until(isDone: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (!isDone()) return;
      clearInterval(timer);
      resolve();
    }, 5);
  });
}
