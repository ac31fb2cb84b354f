// A worker process: simulated users who send by a schedule and note what arrives. Senders and receivers of a flow live
// in one worker, and all workers read one clock, so a one-way delay is a difference of two readings.
import type { Client, ClientEvent } from '../core/client.ts';
import { pace } from './pacer.ts';
import { readProbe, writeProbe } from './probe.ts';
import { ArrivalLog, type TrialRecord } from './record.ts';
import type { Schedule } from './schedule.ts';

/** Joins the chat as one user; resolves when the server has given a name. */
export type Join = (to: ServerAddress, onEvent: (event: ClientEvent) => void) => Promise<Client>;

export interface ServerAddress {
  readonly transport: string;
  readonly host: string;
  readonly port: number;
}

export interface JoinTask {
  readonly server: ServerAddress;
  /** The flows that are this worker's. */
  readonly flows: readonly number[];
}

export interface RunTask {
  /** The instant on the machine's clock from which the schedule counts. */
  readonly originNs: number;
  readonly schedule: Schedule;
  /** Tells this trial's messages from late ones of another. */
  readonly trial: number;
  /** T_max: how long after its planned instant a message may still arrive. */
  readonly waitingMs: number;
}

export interface Vanishing {
  /** After how many ms the user was told that the server is gone; undefined if not within the time watched. */
  readonly noticedAfterMs: number | undefined;
}

export interface WorkerApi {
  /** Answers how long joining took, in ms, user by user. */
  join(task: JoinTask): Promise<number[]>;
  run(task: RunTask): Promise<TrialRecord>;
  leave(nothing: undefined): void;
  /** Waits for the end of one user's channel. Call it after `join` with one flow. */
  watch(task: { readonly fromNs: number; readonly watchMs: number }): Promise<Vanishing>;
}

export function worker(join: Join, clock: () => number): WorkerApi {
  let flows: Flow[] = [];
  return {
    async join({ server, flows: numbers }) {
      flows = numbers.map((number) => new Flow(number, clock));
      const setUps: number[] = [];
      for (const flow of flows) setUps.push(...(await flow.open(join, server)));
      return setUps;
    },
    run: (task) => runTrial(flows, task, clock),
    leave() {
      for (const flow of flows) flow.close();
      flows = [];
    },
    watch: ({ fromNs, watchMs }) => flows[0]?.ended(fromNs, watchMs) ?? Promise.resolve({ noticedAfterMs: undefined }),
  };
}

/** How long after the last arrival was due a copy too many may still come. */
const SETTLE_MS = 250;

async function runTrial(flows: readonly Flow[], task: RunTask, clock: () => number): Promise<TrialRecord> {
  const { originNs, schedule, trial, waitingMs } = task;
  const byNumber = new Map(flows.map((flow) => [flow.number, flow]));
  const mine = Uint32Array.from(schedule.flow.keys()).filter((message) => byNumber.has(schedule.flow[message]!));
  const sentNs = new Float64Array(schedule.flow.length).fill(Number.NaN);
  const seen = new Set<number>();
  const arrivals = new ArrivalLog();
  let damaged = 0;
  for (const flow of flows) {
    flow.onBody = (body, arrivedAtNs) => {
      const reading = readProbe(body, trial, schedule.bodyBytes);
      if (reading.kind === 'damaged') damaged++;
      if (reading.kind !== 'whole') return;
      seen.add(reading.message);
      arrivals.add(reading.message, arrivedAtNs - originNs);
    };
  }
  const send = (index: number) => {
    const message = mine[index]!;
    const sender = byNumber.get(schedule.flow[message]!);
    if (sender?.send(writeProbe(trial, message, schedule.bodyBytes))) sentNs[message] = clock() - originNs;
  };
  const dueNs = Float64Array.from(mine, (message) => originNs + schedule.plannedNs[message]!);
  await pace(dueNs, send, { clock, signal: NEVER });
  await until(() => {
    const sinceLastMs = (clock() - (dueNs.at(-1) ?? originNs)) / 1e6;
    return sinceLastMs >= waitingMs || (seen.size === mine.length && sinceLastMs >= Math.min(SETTLE_MS, waitingMs));
  });
  const refused = flows.reduce((sum, flow) => sum + flow.takeRefused(), 0);
  return { flow: schedule.flow, plannedNs: schedule.plannedNs, sentNs, ...arrivals.finish(), damaged, refused };
}

const NEVER = new AbortController().signal;

function until(isDone: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (!isDone()) return;
      clearInterval(timer);
      resolve();
    }, 5);
  });
}

/** One sender and one receiver. */
class Flow {
  readonly number: number;
  onBody: (body: Uint8Array, arrivedAtNs: number) => void = () => {};
  readonly #clock: () => number;
  #sender: Client | undefined;
  #receiver: Client | undefined;
  #refused = 0;
  #endedAtNs: number | undefined;
  #onEnd: () => void = () => {};

  constructor(number: number, clock: () => number) {
    this.number = number;
    this.#clock = clock;
  }

  /** Answers what joining took, in ms, for the receiver and the sender. */
  async open(join: Join, server: ServerAddress): Promise<[number, number]> {
    const startNs = this.#clock();
    this.#receiver = await join(server, (event) => this.#receive(event));
    const betweenNs = this.#clock();
    this.#sender = await join(server, (event) => {
      if (event.kind === 'refused') this.#refused++;
    });
    return [(betweenNs - startNs) / 1e6, (this.#clock() - betweenNs) / 1e6];
  }

  /** Whether the transport took it. */
  send(body: Uint8Array): boolean {
    const outcome = this.#sender?.send({ to: this.#receiver?.name ?? '', body }).outcome;
    return outcome === 'sent' || outcome === 'queued';
  }

  takeRefused(): number {
    const refused = this.#refused;
    this.#refused = 0;
    return refused;
  }

  close(): void {
    this.#sender?.close();
    this.#receiver?.close();
  }

  ended(fromNs: number, watchMs: number): Promise<Vanishing> {
    return new Promise((resolve) => {
      const answer = () => {
        clearTimeout(timer);
        const endedAtNs = this.#endedAtNs;
        resolve({ noticedAfterMs: endedAtNs === undefined ? undefined : Math.max(0, endedAtNs - fromNs) / 1e6 });
      };
      const timer = setTimeout(answer, watchMs);
      this.#onEnd = answer;
      if (this.#endedAtNs !== undefined) answer();
    });
  }

  #receive(event: ClientEvent): void {
    if (event.kind === 'message') this.onBody(event.letter.bodyBytes, event.arrivedAtNs);
    if (event.kind !== 'closed') return;
    this.#endedAtNs = this.#clock();
    this.#onEnd();
  }
}
