// Packets that are on their way, without a byte allocated for any of them: slots of one size, a list of the free ones,
// and a heap of those that wait, by the instant at which they are due (of two at one instant, the earlier first).
// What is known of a packet stands in columns, which the owner fills before it pushes: a number with a fraction that is
// an argument or an answer can cost an object.
import { FRAME_HEADER_BYTES, Frame } from './frame.ts';

export class PacketStore {
  readonly packetBytes: number;
  readonly dueNs: Float64Array;
  readonly sizeBytes: Int32Array;
  /** What the owner wants to remember of a packet: one small number. */
  readonly tag: Int32Array;
  readonly #slots: Frame[] = [];
  readonly #free: Int32Array;
  #freeCount = 0;
  readonly #heap: Int32Array;
  #waiting = 0;
  readonly #serial: Float64Array;
  #nextSerial = 0;

  /** @param capacity packets at most; memory is taken block by block as they come */
  constructor(packetBytes: number, capacity: number) {
    this.packetBytes = packetBytes;
    this.#free = new Int32Array(capacity);
    this.#heap = new Int32Array(capacity);
    this.#serial = new Float64Array(capacity);
    this.dueNs = new Float64Array(capacity);
    this.sizeBytes = new Int32Array(capacity);
    this.tag = new Int32Array(capacity);
  }

  /** A free slot, or -1 where all are taken. */
  take(): number {
    if (this.#freeCount === 0) this.#grow();
    return this.#freeCount === 0 ? -1 : this.#free[--this.#freeCount]!;
  }

  release(slot: number): void {
    this.#free[this.#freeCount++] = slot;
  }

  frame(slot: number): Frame {
    return this.#slots[slot]!;
  }

  /** Lets the packet in this slot wait; its columns are filled. */
  push(slot: number): void {
    this.#serial[slot] = this.#nextSerial++;
    this.#rise(slot, this.#waiting++);
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** The slot of the packet that is due first, or -1 where none waits. */
  get first(): number {
    return this.#waiting === 0 ? -1 : this.#heap[0]!;
  }

  /** Takes the first one out of the heap; the caller releases its slot. Only where one waits. */
  pop(): void {
    const last = this.#heap[--this.#waiting]!;
    if (this.#waiting > 0) this.#sink(last);
  }

  #grow(): void {
    const from = this.#slots.length;
    const count = Math.min(BLOCK_SLOTS, this.#free.length - from);
    const slotBytes = FRAME_HEADER_BYTES + this.packetBytes;
    const block = new ArrayBuffer(count * slotBytes);
    for (let i = count - 1; i >= 0; i--) {
      this.#slots[from + i] = new Frame(block, i * slotBytes, this.packetBytes);
      this.#free[this.#freeCount++] = from + i;
    }
  }

  #rise(slot: number, hole: number): void {
    let child = hole;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#isBefore(slot, this.#heap[parent]!)) break;
      this.#heap[child] = this.#heap[parent]!;
      child = parent;
    }
    this.#heap[child] = slot;
  }

  #sink(slot: number): void {
    let parent = 0;
    for (let child = 1; child < this.#waiting; child = 2 * parent + 1) {
      if (child + 1 < this.#waiting && this.#isBefore(this.#heap[child + 1]!, this.#heap[child]!)) child++;
      if (!this.#isBefore(this.#heap[child]!, slot)) break;
      this.#heap[parent] = this.#heap[child]!;
      parent = child;
    }
    this.#heap[parent] = slot;
  }

  #isBefore(a: number, b: number): boolean {
    const difference = this.dueNs[a]! - this.dueNs[b]!;
    return difference < 0 || (difference === 0 && this.#serial[a]! < this.#serial[b]!);
  }
}

const BLOCK_SLOTS = 256;
