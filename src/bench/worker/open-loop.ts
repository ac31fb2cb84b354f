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
  const schedule = scheduleFor(workload, seed);
  const toAll = workload.pattern === 'fan-out';
  const isFirstCopy = (message: number) => !toAll || message % flows.length === 0;
  const isOurs = (index: number) => users.has(index);
  const isMine = (flow: number, message: number) => isFirstCopy(message) && isOurs(flows[flow]!.from);
  // Where one worker has all senders, message and place are the same number, and a million of them need no list.
  const mine = schedule.flow.every(isMine) ? undefined : where(schedule.flow, isMine);
  const dueNs = mine === undefined ? schedule.plannedNs : pick(schedule.plannedNs, mine);
  const lastNs = schedule.plannedNs.at(-1) ?? 0;
  const expected = schedule.flow.reduce((count, flow) => count + (isOurs(flows[flow]!.to) ? 1 : 0), 0);
  const seen = new Uint8Array(schedule.flow.length);
  let seenCount = 0;
  const sent = new SentLog({ rows: dueNs.length, isPlanned: true, hasPlaces });
  const arrived = new ArrivalLog({ rows: expected, hasPlaces });

  function send(index: number): void {
    const message = mine === undefined ? index : mine[index]!;
    const { from, to } = flows[schedule.flow[message]!]!;
    const user = users.get(from)!;
    const before = user.streamSentBytes;
    const sizeBytes = schedule.sizeBytes[message]!;
    const taken = user.send(toAll ? EVERYBODY : names[to]!, writeProbe(trial, message, sizeBytes));
    sent.add(message, dueNs[index]!, taken ? nowNs() : Number.NaN, sizeBytes);
    sent.addPlace(user.streamSentBytes, user.streamSentBytes - before);
  }

  return {
    sent,
    arrived,
    async run() {
      await pace(dueNs, send, { clock: nowNs, signal: NEVER });
      await until(() => {
        const sinceLastMs = (nowNs() - lastNs) / 1e6;
        return sinceLastMs >= waitingMs || (seenCount === expected && sinceLastMs >= Math.min(SETTLE_MS, waitingMs));
      });
    },
    received(number: number, user: User, arrivedNs: number, isToAll: boolean) {
      // To everybody: the first receiver is user 1.
      const message = isToAll ? number + user.index - 1 : number;
      if (flows[schedule.flow[message] ?? -1]?.to !== user.index) return false;
      arrived.add(message, arrivedNs);
      if (seen[message] === 0) seenCount++;
      seen[message] = 1;
      return true;
    },
  };
}

function where(column: Uint32Array, isWanted: (value: number, index: number) => boolean): Uint32Array {
  const indices = new Uint32Array(column.length);
  let count = 0;
  for (let i = 0; i < column.length; i++) if (isWanted(column[i]!, i)) indices[count++] = i;
  return indices.subarray(0, count);
}

function pick(column: Float64Array, indices: Uint32Array): Float64Array {
  return Float64Array.from(indices, (index) => column[index]!);
}
