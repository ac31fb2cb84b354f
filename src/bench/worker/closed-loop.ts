// Sends when something has come back: a reply (ping-pong), or a place in the window of a flow. What does not come within
// T_max is lost, and its place is free again. The k-th message of flow f of F has the number k · F + f; replies are flows
// of their own, behind those of the requests.
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { seededChance, uniform } from '../load/chance.ts';
import type { Flow } from '../load/flows.ts';
import { drawSizeBytes } from '../load/sizes.ts';
import { ArrivalLog, SentLog } from './logs.ts';
import { type Loop, type Stage, until } from './loop.ts';
import { writeProbe } from './probe.ts';
import { SeenMessages } from './seen-messages.ts';
import type { User } from './user.ts';

const FOR_SIZES = 3;

interface OwnFlow extends Flow {
  readonly number: number;
  /** The next message's place in it. */
  next: number;
}

export class ClosedLoop implements Loop {
  readonly sent: SentLog;
  readonly arrived: ArrivalLog;
  readonly #stage: Stage;
  readonly #window: number;
  readonly #answers: boolean;
  readonly #stride: number;
  readonly #sizes: RandomGenerator;
  /** Those whose sender is this worker's, by number. */
  readonly #own: ReadonlyMap<number, OwnFlow>;
  readonly #seen: SeenMessages;
  /** When each message is given up that has not come, in the order of sending. */
  readonly #onTheWay = new Map<number, number>();
  /** Places that wait until a sender's transport takes more, by sender. */
  readonly #waiting = new Map<number, OwnFlow[]>();

  /** @param window how many messages of each flow may be on their way */
  constructor(stage: Stage, window: number, answers: boolean) {
    const { task, flows, users, hasPlaces } = stage;
    this.sent = new SentLog(hasPlaces, undefined);
    this.arrived = new ArrivalLog(hasPlaces);
    this.#stage = stage;
    this.#window = window;
    this.#answers = answers;
    this.#stride = answers ? 2 * flows.length : flows.length;
    this.#seen = new SeenMessages(this.#stride);
    this.#sizes = seededChance(task.seed, FOR_SIZES);
    const own = flows.flatMap((flow, number) => (users.has(flow.from) ? [{ ...flow, number, next: 0 }] : []));
    this.#own = new Map(own.map((flow) => [flow.number, flow]));
    for (const user of users.values()) user.onDrained = () => this.#resume(user.index);
  }

  async run(): Promise<void> {
    const { workload, waitingMs } = this.#stage.task;
    await until(() => this.#nowNs() >= 0);
    for (const flow of this.#own.values()) for (let place = 0; place < this.#window; place++) this.#sendNext(flow);
    await until(() => {
      this.#giveUpLate();
      return this.#isOver() && this.#onTheWay.size === 0;
    });
    // What another worker's users have sent may still be on its way, and nobody here knows of it.
    const lastNs = (workload.durationMs + waitingMs) * 1e6;
    if (this.#hasGuests()) await until(() => this.#nowNs() >= lastNs);
  }

  received(message: number, user: User, arrivedNs: number): boolean {
    const { flows } = this.#stage;
    const isReply = message % this.#stride >= flows.length;
    const flow = flows[message % flows.length]!;
    if ((isReply ? flow.from : flow.to) !== user.index) return false;
    this.arrived.add(message, arrivedNs);
    if (!this.#seen.add(message)) return true;
    if (this.#answers && !isReply) this.#answer(user, flow.from, message, arrivedNs);
    else this.#release(isReply ? message - flows.length : message);
    return true;
  }

  #sendNext(flow: OwnFlow): void {
    if (this.#isOver()) return;
    const { task, users } = this.#stage;
    const message = flow.next * this.#stride + flow.number;
    const plannedNs = this.#nowNs();
    if (!this.#send(users.get(flow.from)!, flow.to, message, plannedNs, false)) return this.#wait(flow);
    flow.next++;
    this.#onTheWay.set(message, plannedNs + task.waitingMs * 1e6);
  }

  /** A full queue is no loss here: who sends as fast as he may waits for room. */
  #wait(flow: OwnFlow): void {
    const waiting = this.#waiting.get(flow.from);
    if (waiting === undefined) this.#waiting.set(flow.from, [flow]);
    else waiting.push(flow);
  }

  #resume(sender: number): void {
    const waiting = this.#waiting.get(sender) ?? [];
    this.#waiting.delete(sender);
    for (const flow of waiting) this.#sendNext(flow);
  }

  /** An answer that is not taken is lost, as on any server. */
  #answer(user: User, to: number, request: number, plannedNs: number): void {
    this.#send(user, to, request + this.#stage.flows.length, plannedNs, true);
  }

  /** @param isFinal whether what is not taken now is never sent */
  #send(user: User, to: number, message: number, plannedNs: number, isFinal: boolean): boolean {
    const { task } = this.#stage;
    const sizeBytes = drawSizeBytes(task.workload.sizes, () => uniform(this.#sizes));
    const before = user.streamSentBytes;
    const body = writeProbe(task.trial, message, sizeBytes);
    const sentNs = this.#nowNs();
    const taken = user.send(task.names[to]!, body);
    if (taken || isFinal) {
      this.sent.add(message, plannedNs, taken ? sentNs : Number.NaN, sizeBytes);
      this.sent.addPlace(user.streamSentBytes, user.streamSentBytes - before);
    }
    return taken;
  }

  /** The message, or the reply to it, is here: its place is free. */
  #release(message: number): void {
    if (!this.#onTheWay.delete(message)) return;
    const flow = this.#own.get(message % this.#stride);
    if (flow !== undefined) this.#sendNext(flow);
  }

  #giveUpLate(): void {
    const now = this.#nowNs();
    for (const [message, untilNs] of this.#onTheWay) {
      if (untilNs > now) return;
      this.#release(message);
    }
  }

  /** Whether users of another worker write to this one's. */
  #hasGuests(): boolean {
    const { flows, users } = this.#stage;
    return flows.some(({ from, to }) => users.has(to) && !users.has(from));
  }

  #isOver(): boolean {
    return this.#nowNs() >= this.#stage.task.workload.durationMs * 1e6;
  }

  #nowNs(): number {
    return this.#stage.nowNs();
  }
}
