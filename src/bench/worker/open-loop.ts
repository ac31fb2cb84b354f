// Sends by the plan, whatever the network does.
import { scheduleFor } from '../load/schedule.ts';
import { ArrivalLog, SentLog } from './logs.ts';
import { EVERYBODY, type Loop, SETTLE_MS, type Stage, until } from './loop.ts';
import { pace } from './pacer.ts';
import { writeProbe } from './probe.ts';
import type { User } from './user.ts';

const NEVER = new AbortController().signal;

/** Everything that takes time is done here, before the trial's origin. */
export function openLoop({ task, flows, users, nowNs, hasPlaces }: Stage): Loop {
  const { workload, seed, trial, waitingMs, names } = task;
  const { flow, plannedNs, sizeBytes } = scheduleFor(workload, seed);
  const toAll = workload.pattern === 'fan-out';
  const isFrom = Uint8Array.from(flows, ({ from }) => Number(users.has(from)));
  const isTo = Uint8Array.from(flows, ({ to }) => Number(users.has(to)));
  // What is sent to everybody is sent with the number of its first copy.
  const step = toAll ? flows.length : 1;
  const expected = count(flow, isTo, 1);
  const seen = new Uint8Array(flow.length);
  let seenCount = 0;
  const sent = new SentLog(hasPlaces, count(flow, isFrom, step));
  const arrived = new ArrivalLog(hasPlaces, expected);

  /** The first of this worker's messages from there on. */
  function ownFrom(message: number): number {
    let own = message;
    while (own < flow.length && isFrom[flow[own]!] === 0) own += step;
    return own;
  }

  function send(message: number): void {
    const { from, to } = flows[flow[message]!]!;
    const user = users.get(from)!;
    const before = user.streamSentBytes;
    const body = writeProbe(trial, message, sizeBytes[message]!);
    const sentNs = nowNs();
    const taken = user.send(toAll ? EVERYBODY : names[to]!, body);
    sent.add(message, plannedNs[message]!, taken ? sentNs : Number.NaN, sizeBytes[message]!);
    sent.addPlace(user.streamSentBytes, user.streamSentBytes - before);
  }

  return {
    sent,
    arrived,
    async run() {
      let next = ownFrom(0);
      const nextNs = () => (next < flow.length ? plannedNs[next]! : undefined);
      const act = () => {
        send(next);
        next = ownFrom(next + step);
      };
      await pace({ nextNs, act }, { clock: nowNs, signal: NEVER });
      const lastNs = plannedNs.at(-1) ?? 0;
      await until(() => {
        const sinceLastMs = (nowNs() - lastNs) / 1e6;
        return sinceLastMs >= waitingMs || (seenCount === expected && sinceLastMs >= Math.min(SETTLE_MS, waitingMs));
      });
    },
    received(number: number, user: User, arrivedNs: number, isToAll: boolean) {
      // To everybody: the first receiver is user 1.
      const message = isToAll ? number + user.index - 1 : number;
      if (flows[flow[message] ?? -1]?.to !== user.index) return false;
      arrived.add(message, arrivedNs);
      if (seen[message] === 0) seenCount++;
      seen[message] = 1;
      return true;
    },
  };
}

/** Messages whose flow is marked, of every so many. */
function count(flow: Uint32Array, isMarked: Uint8Array, step: number): number {
  let marked = 0;
  for (let message = 0; message < flow.length; message += step) marked += isMarked[flow[message]!]!;
  return marked;
}
