// Sends when something has come back: a reply (ping-pong), or a place in the window of a flow. What does not come within
// T_max is lost, and its place is free again. The k-th message of flow f of F has the number k · F + f; replies are flows
// of their own, behind those of the requests.
import { seededChance, uniform } from '../load/chance.ts';
import { drawSizeBytes } from '../load/sizes.ts';
import type { Loop, Stage } from './loop.ts';
import { until } from './loop.ts';
import { writeProbe } from './probe.ts';
import type { User } from './user.ts';

const FOR_SIZES = 3;

/** @param window how many messages of each flow may be on their way */
export function closedLoop(stage: Stage, window: number, answers: boolean): Loop {
  const { task, flows, users, clock, sent, arrived } = stage;
  const { originNs, workload, seed, trial, waitingMs, names } = task;
  const stride = answers ? 2 * flows.length : flows.length;
  const sizes = seededChance(seed, FOR_SIZES);
  const own = flows.flatMap((flow, number) => (users.has(flow.from) ? [{ ...flow, number, next: 0 }] : []));
  const byNumber = new Map(own.map((flow) => [flow.number, flow]));
  const seen = new Set<number>();
  /** When each message is given up that has not come, in the order of sending. */
  const onTheWay = new Map<number, number>();
  const nowNs = () => clock() - originNs;
  const isOver = () => nowNs() >= workload.durationMs * 1e6;

  function send(user: User, to: number, message: number, plannedNs: number): void {
    const sizeBytes = drawSizeBytes(workload.sizes, () => uniform(sizes));
    const before = user.streamSentBytes;
    const taken = user.send(names[to]!, writeProbe(trial, message, sizeBytes));
    sent.add(message, plannedNs, taken ? nowNs() : Number.NaN, sizeBytes);
    sent.addPlace(user.streamSentBytes, user.streamSentBytes - before);
  }

  function sendNext(flow: (typeof own)[number]): void {
    if (isOver()) return;
    const message = flow.next++ * stride + flow.number;
    const plannedNs = nowNs();
    onTheWay.set(message, plannedNs + waitingMs * 1e6);
    send(users.get(flow.from)!, flow.to, message, plannedNs);
  }

  /** The message, or the reply to it, is here: its place is free. */
  function release(message: number): void {
    if (!onTheWay.delete(message)) return;
    const flow = byNumber.get(message % stride);
    if (flow !== undefined) sendNext(flow);
  }

  function giveUpLate(): void {
    const now = nowNs();
    for (const [message, untilNs] of onTheWay) {
      if (untilNs > now) return;
      release(message);
    }
  }

  return {
    async run() {
      await until(() => nowNs() >= 0);
      for (const flow of own) for (let place = 0; place < window; place++) sendNext(flow);
      await until(() => {
        giveUpLate();
        return isOver() && onTheWay.size === 0;
      });
      // Replies of others to what was given up here may still be on their way.
      if (answers) await until(() => nowNs() >= (workload.durationMs + waitingMs) * 1e6 || seen.size >= ownMost());
    },
    received(message, user, arrivedNs) {
      const isReply = message % stride >= flows.length;
      const flow = flows[message % flows.length]!;
      if ((isReply ? flow.from : flow.to) !== user.index) return false;
      arrived.add(message, arrivedNs);
      if (seen.has(message)) return true;
      seen.add(message);
      if (answers && !isReply) send(user, flow.from, message + flows.length, arrivedNs);
      else release(isReply ? message - flows.length : message);
      return true;
    },
  };

  /** Of every own request: the reply. */
  function ownMost(): number {
    return own.reduce((sum, flow) => sum + flow.next, 0);
  }
}
