// Somebody else's transfer through the same link and the same server: one user sends to another as fast as a window lets
// him, always over TCP. It fills the queues that the chat has to pass; its own messages are counted and not measured.
import type { Knobs } from '../scenario/scenario.ts';
import type { Workload } from '../scenario/workload.ts';
import { type Join, type ServerAddress, User } from './user.ts';

export interface BulkCount {
  readonly deliveredBytes: number;
  readonly seconds: number;
}

const PLAIN: Knobs = { nagle: undefined, batching: undefined, receiveBufferBytes: undefined };

export class BulkTransfer {
  readonly #sender: User;
  readonly #receiver: User;
  readonly #clock: () => number;

  private constructor(sender: User, receiver: User, clock: () => number) {
    this.#sender = sender;
    this.#receiver = receiver;
    this.#clock = clock;
  }

  static async open(join: Join, server: ServerAddress, clock: () => number): Promise<BulkTransfer> {
    const [sender, receiver] = [new User(0, clock), new User(1, clock)];
    await Promise.all([sender, receiver].map((user) => user.join(join, server, PLAIN)));
    return new BulkTransfer(sender, receiver, clock);
  }

  /** From the trial's origin until its load is over. */
  async run(originNs: number, workload: Workload): Promise<BulkCount> {
    const { bytes, window } = workload.bulk!;
    const body = new Uint8Array(bytes).fill(0x62);
    const endNs = originNs + workload.durationMs * 1e6;
    let deliveredBytes = 0;
    await this.#wait(originNs);
    this.#receiver.onBody = (_user, received, arrivedAtNs) => {
      if (arrivedAtNs > endNs) return;
      deliveredBytes += received.length;
      this.#sender.send(this.#receiver.name, body);
    };
    for (let place = 0; place < window; place++) this.#sender.send(this.#receiver.name, body);
    await this.#wait(endNs);
    return { deliveredBytes, seconds: workload.durationMs / 1000 };
  }

  leave(): void {
    this.#sender.leave();
    this.#receiver.leave();
  }

  #wait(untilNs: number): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, Math.max(0, (untilNs - this.#clock()) / 1e6));
    });
  }
}
