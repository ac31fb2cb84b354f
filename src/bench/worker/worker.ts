// A worker process: simulated users who send and note what arrives. All workers read one clock, so a one-way delay is a
// difference of two readings, wherever sender and receiver live.
import { standstillMeter } from '../../link/standstill.ts';
import { flowsOf } from '../load/flows.ts';
import type { Knobs } from '../scenario/scenario.ts';
import { type BulkCount, BulkTransfer } from './bulk.ts';
import { ClosedLoop } from './closed-loop.ts';
import type { ArrivedColumns, SentColumns } from './logs.ts';
import type { Loop, LoopTask, Stage } from './loop.ts';
import { openLoop } from './open-loop.ts';
import { readProbe } from './probe.ts';
import { type Join, type OnBody, type ServerAddress, User } from './user.ts';

export interface JoinTask {
  readonly server: ServerAddress;
  readonly knobs: Knobs;
  /** The users that are this worker's, by index. */
  readonly users: readonly number[];
  /** Two further users, over TCP, for a transfer beside the chat. */
  readonly bulkServer?: ServerAddress;
}

/** Column by column, one entry a user, in the order asked. */
export interface Joined {
  readonly names: readonly string[];
  readonly setUpsMs: readonly number[];
  /** The client's end; 0 where his transport has none of its own. */
  readonly ports: readonly number[];
}

/** What a trial came to at one worker; its columns are fetched piece by piece. */
export interface WorkerCounts {
  readonly sentRows: number;
  readonly arrivedRows: number;
  /** Copies that arrived with another content than was sent, or at the wrong user. */
  readonly damaged: number;
  /** Messages that the server refused. */
  readonly refused: number;
  /** Users whose channel ended before the trial did. */
  readonly ended: readonly number[];
  /** Processor time of this worker from the origin to the end. */
  readonly cpuMs: number;
  /** The longest, in that time. */
  readonly stoodStillMs: number;
  readonly bulk?: BulkCount;
}

/** All that one worker has to tell of a trial. */
export interface WorkerRecord extends Omit<WorkerCounts, 'sentRows' | 'arrivedRows' | 'stoodStillMs'> {
  readonly sent: SentColumns;
  readonly arrived: ArrivedColumns;
}

export interface Rows {
  readonly from: number;
  readonly to: number;
}

export interface Vanishing {
  /** After how many ms the user was told that the server is gone; undefined if not within the time watched. */
  readonly noticedAfterMs: number | undefined;
}

export interface WorkerApi {
  join(task: JoinTask): Promise<Joined>;
  /** All that takes time and can be done before the trial's origin. Call it after `join`. */
  prepare(task: LoopTask): void;
  /** The trial that was prepared. */
  run(originNs: number): Promise<WorkerCounts>;
  /** Some rows of what was noted; until `leave`. */
  sent(rows: Rows): SentColumns;
  arrived(rows: Rows): ArrivedColumns;
  leave(nothing: undefined): void;
  /** Waits for the end of one user's channel. Call it after `join`. */
  watch(task: { readonly fromNs: number; readonly watchMs: number }): Promise<Vanishing>;
}

/** More would wait for each other's first packets, and set-up times would be of the crowd. */
const JOINING_AT_ONCE = 32;

export function worker(join: Join, clock: () => number): WorkerApi {
  let users: User[] = [];
  let bulk: BulkTransfer | undefined;
  let trial: Trial | undefined;
  const stoodStillMs = standstillMeter();
  return {
    async join({ server, knobs, users: indices, bulkServer }) {
      users = indices.map((index) => new User(index, clock));
      await atMost(JOINING_AT_ONCE, users, (user) => user.join(join, server, knobs));
      bulk = bulkServer && (await BulkTransfer.open(join, bulkServer, clock));
      return {
        names: users.map(({ name }) => name),
        setUpsMs: users.map(({ setUpMs }) => setUpMs),
        ports: users.map(({ port }) => port),
      };
    },
    prepare(task) {
      trial = new Trial(users, task, clock);
      // Of the last trial, and of making the plan: nothing of it is to be collected while messages run.
      globalThis.gc?.();
    },
    async run(originNs) {
      stoodStillMs();
      const counts = await trial!.run(originNs, bulk);
      return { ...counts, stoodStillMs: stoodStillMs() };
    },
    sent: ({ from, to }) => afterCollecting(trial!.loop.sent.columns(from, to)),
    arrived: ({ from, to }) => afterCollecting(trial!.loop.arrived.columns(from, to)),
    leave() {
      for (const user of users) user.leave();
      bulk?.leave();
      users = [];
      bulk = undefined;
      trial = undefined;
    },
    watch: ({ fromNs, watchMs }) => watchEnd(users[0], fromNs, watchMs),
  };
}

/** What was written for the piece before is garbage by now, and nothing else would make anybody see it. */
function afterCollecting<T>(columns: T): T {
  globalThis.gc?.();
  return columns;
}

/** What this worker does in one trial. */
class Trial {
  readonly loop: Loop;
  readonly #users: readonly User[];
  readonly #task: LoopTask;
  #originNs = Number.NaN;
  #damaged = 0;

  constructor(users: readonly User[], task: LoopTask, clock: () => number) {
    this.#users = users;
    this.#task = task;
    this.loop = loopFor({
      task,
      flows: flowsOf(task.workload),
      users: new Map(users.map((user) => [user.index, user])),
      nowNs: () => clock() - this.#originNs,
      hasPlaces: task.isSeen && users.some(({ hasStream }) => hasStream),
    });
    const hear: OnBody = (user, body, arrivedAtNs, toAll) => this.#hear(user, body, arrivedAtNs, toAll);
    for (const user of users) user.onBody = hear;
  }

  async run(originNs: number, bulk: BulkTransfer | undefined): Promise<Omit<WorkerCounts, 'stoodStillMs'>> {
    this.#originNs = originNs;
    const cpu = process.cpuUsage();
    const count = bulk?.run(originNs, this.#task.workload);
    await this.loop.run();
    const { user, system } = process.cpuUsage(cpu);
    const transferred = await count;
    return {
      sentRows: this.loop.sent.rows,
      arrivedRows: this.loop.arrived.rows,
      damaged: this.#damaged,
      refused: this.#users.reduce((sum, each) => sum + each.takeRefused(), 0),
      ended: this.#users.filter(({ endedAtNs }) => endedAtNs !== undefined).map(({ index }) => index),
      cpuMs: (user + system) / 1000,
      ...(transferred === undefined ? {} : { bulk: transferred }),
    };
  }

  /** Every body that comes is looked at; those of other trials are left alone. */
  #hear(user: User, body: Uint8Array, arrivedAtNs: number, toAll: boolean): void {
    const reading = readProbe(body, this.#task.trial);
    if (reading.kind === 'other') return;
    const isRight =
      reading.kind === 'whole' && this.loop.received(reading.message, user, arrivedAtNs - this.#originNs, toAll);
    if (isRight) this.loop.arrived.addPlace(user.streamReceivedBytes, user.streamFrameBytes);
    else this.#damaged++;
  }
}

function loopFor(stage: Stage): Loop {
  const { arrivals } = stage.task.workload;
  if (arrivals.kind === 'ping-pong') return new ClosedLoop(stage, 1, true);
  return arrivals.kind === 'window' ? new ClosedLoop(stage, arrivals.size, false) : openLoop(stage);
}

function watchEnd(user: User | undefined, fromNs: number, watchMs: number): Promise<Vanishing> {
  return new Promise((resolve) => {
    const answer = () => {
      clearTimeout(timer);
      const endedAtNs = user?.endedAtNs;
      resolve({ noticedAfterMs: endedAtNs === undefined ? undefined : Math.max(0, endedAtNs - fromNs) / 1e6 });
    };
    const timer = setTimeout(answer, watchMs);
    if (user === undefined) return;
    user.onEnd = answer;
    if (user.endedAtNs !== undefined) answer();
  });
}

async function atMost<T>(limit: number, items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const one = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, one));
}
