// One direction of a channel in memory: packets go in on one side and come out on the other in a later turn of the loop.
// What it does to them on the way is what the transport promises, and what the test's network does. It is kind to the
// first: that is the opening frame or its answer, which a transport must bring across.
import type { Promises } from '../../src/core/transport.ts';
import { seeded } from '../support/seeded.ts';
import type { Faults } from '../support/test-link.ts';

export type Packet =
  | { readonly kind: 'frame'; readonly bytes: Uint8Array }
  | { readonly kind: 'close'; readonly bytes: Uint8Array };

/** What all lanes of one direction of a network have in common. */
export class Side {
  isCut = false;
  passed = 0;
  readonly lanes = new Set<Lane>();
}

export class Lane {
  readonly #promises: Promises;
  readonly #side: Side;
  readonly #faults: Faults | undefined;
  readonly #roll: () => number;
  /** Where packets come out. */
  onPacket: (packet: Packet) => void = () => {};
  onEmpty: () => void = () => {};
  #waiting: Packet[] = [];
  #isScheduled = false;
  #isFirst = true;

  constructor(promises: Promises, side: Side, faults: Faults | undefined) {
    this.#promises = promises;
    this.#side = side;
    this.#faults = faults;
    this.#roll = seeded((faults?.seed ?? 0) + side.lanes.size);
    side.lanes.add(this);
  }

  get waitingBytes(): number {
    return this.#waiting.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  offer(packet: Packet): void {
    const { loss = 0, duplicate = 0, reorder = 0 } = (!this.#isFirst && this.#faults) || {};
    this.#isFirst = false;
    const [isLost, isDoubled, isEarly] = [this.#roll() < loss, this.#roll() < duplicate, this.#roll() < reorder];
    if (!this.#promises.reliable && (isLost || this.#side.isCut)) return;
    const overtakes = !this.#promises.ordered && isEarly && this.#waiting.length > 0;
    this.#waiting.splice(overtakes ? -1 : this.#waiting.length, 0, packet);
    if (!this.#promises.reliable && isDoubled) this.#waiting.push(packet);
    this.step();
  }

  /** Drops what waits. */
  empty(): void {
    this.#waiting = [];
  }

  step(): void {
    if (this.#isScheduled || this.#waiting.length === 0) return;
    this.#isScheduled = true;
    setImmediate(() => this.#deliver());
  }

  #deliver(): void {
    this.#isScheduled = false;
    if (this.#side.isCut) return;
    const batch = this.#waiting;
    this.#waiting = [];
    for (const packet of batch) {
      this.#side.passed++;
      this.onPacket(packet);
    }
    if (this.#waiting.length === 0) this.onEmpty();
  }
}
