// The wire between two hosts: every IP packet that one sends is read here, meets the link's model, and is written to the
// other host when it is due. One loop, no allocation per packet. What it does to packets it leaves to the model; what
// there is to note of them, to an observer.
import type { Direction } from '../impairment.ts';
import { type Lateness, noLateness, recordLateness } from '../lateness.ts';
import type { Fate, LinkModel } from '../model.ts';
import type { Libc } from './libc.ts';
import { PacketStore } from './packet-store.ts';

/** Told of every packet; must not keep the bytes. Instants are absolute, on the machine's clock. */
export interface PathObserver {
  /** Read from the sending host, with its fate. */
  offered(direction: Direction, bytes: Uint8Array, sizeBytes: number, fate: Fate, nowNs: number): void;
  /** Written to the receiving host; once for each copy. That host discards a damaged one. */
  arrived(direction: Direction, bytes: Uint8Array, sizeBytes: number, nowNs: number, isDamaged: boolean): void;
  /** Lost by this machine and not by the link: no room, or the device would not take it. */
  lostHere(direction: Direction, bytes: Uint8Array, sizeBytes: number, nowNs: number): void;
}

export interface EmulatorOptions {
  readonly libc: Libc;
  /** The devices' descriptors: a packet goes up from the clients to the server. */
  readonly devices: { readonly clients: number; readonly server: number };
  readonly mtuBytes: number;
  readonly clock: () => number;
}

/** What crosses now: replaced as a whole when a link begins. */
export interface Crossing {
  readonly originNs: number;
  readonly models: Record<Direction, LinkModel>;
  readonly observer: PathObserver;
}

/** Packets on the way at most, both directions together. */
const CAPACITY = 65_536;

/** How many packets are read from one side before the other has its turn. */
const BATCH = 32;

/** Shorter waits are spent reading: going to sleep and waking up takes longer. */
const SPIN_NS = 80_000;

/** How long the loop may run before Node's event loop has a turn, for the controller's calls. */
const SLICE_NS = 4e6;

const DOWN = 0;
const UP = 1;
/** In a waiting packet's tag, beside its side: a bit of it was flipped. */
const DAMAGED = 2;

export class Emulator {
  readonly #libc: Libc;
  readonly #clock: () => number;
  readonly #store: PacketStore;
  /** Read from and written to, by direction: [down, up]. */
  readonly #from: readonly [number, number];
  readonly #to: readonly [number, number];
  #crossing: Crossing;
  #lateness = noLateness();
  #spare: number;
  #isRunning = false;

  constructor({ libc, devices, mtuBytes, clock }: EmulatorOptions, crossing: Crossing) {
    this.#libc = libc;
    this.#clock = clock;
    this.#from = [devices.server, devices.clients];
    this.#to = [devices.clients, devices.server];
    this.#store = new PacketStore(mtuBytes, CAPACITY);
    this.#spare = this.#store.take();
    this.#crossing = crossing;
  }

  cross(crossing: Crossing): void {
    this.#crossing = crossing;
    this.#lateness = noLateness();
  }

  lateness(): Lateness {
    return structuredClone(this.#lateness);
  }

  get inFlight(): number {
    return this.#store.waiting;
  }

  run(): void {
    this.#isRunning = true;
    this.#libc.sharpenTimers();
    const slice = () => {
      if (!this.#isRunning) return;
      this.#runSlice();
      setImmediate(slice);
    };
    slice();
  }

  stop(): void {
    this.#isRunning = false;
  }

  #runSlice(): void {
    const endNs = this.#clock() + SLICE_NS;
    for (let nowNs = this.#clock(); nowNs < endNs; nowNs = this.#clock()) {
      const read = this.#readBatch(UP) + this.#readBatch(DOWN);
      this.#writeDue();
      if (read > 0) continue;
      const waitNs = Math.min(this.#store.nextDueNs, endNs) - this.#clock();
      if (waitNs > SPIN_NS) this.#libc.waitReadable(this.#from, waitNs - SPIN_NS);
    }
  }

  #readBatch(side: number): number {
    let count = 0;
    while (count < BATCH) {
      const bytes = this.#store.bytes(this.#spare);
      const sizeBytes = this.#libc.read(this.#from[side]!, bytes, bytes.length);
      if (sizeBytes <= 0) return count;
      this.#offer(side, bytes, sizeBytes);
      count++;
    }
    return count;
  }

  /** The packet lies in the spare slot; if it is to wait, that slot is its own and another becomes the spare one. */
  #offer(side: number, bytes: Uint8Array, sizeBytes: number): void {
    const { originNs, models, observer } = this.#crossing;
    const direction = side === UP ? 'up' : 'down';
    const nowNs = this.#clock();
    const fate = models[direction].offer(sizeBytes, nowNs - originNs);
    observer.offered(direction, bytes, sizeBytes, fate, nowNs);
    if (fate.dropped !== undefined) return;
    const isDamaged = fate.corruptBit >= 0;
    if (isDamaged) bytes[fate.corruptBit >> 3]! ^= 0x80 >> (fate.corruptBit & 7);
    const dueNs = originNs + fate.dueNs;
    if (dueNs <= nowNs && this.#store.nextDueNs > dueNs) {
      for (let copy = 0; copy < fate.copies; copy++) this.#write(side, bytes, sizeBytes, dueNs, isDamaged);
      return;
    }
    const next = this.#store.take();
    if (next < 0) return observer.lostHere(direction, bytes, sizeBytes, nowNs);
    this.#store.push(this.#spare, sizeBytes, dueNs, fate.copies * 4 + (isDamaged ? DAMAGED : 0) + side);
    this.#spare = next;
  }

  #writeDue(): void {
    while (this.#store.nextDueNs <= this.#clock()) {
      const dueNs = this.#store.nextDueNs;
      const slot = this.#store.pop();
      const tag = this.#store.tag(slot);
      const sizeBytes = this.#store.sizeBytes(slot);
      const bytes = this.#store.bytes(slot);
      for (let copies = tag >> 2; copies > 0; copies--)
        this.#write(tag & UP, bytes, sizeBytes, dueNs, (tag & DAMAGED) !== 0);
      this.#store.release(slot);
    }
  }

  #write(side: number, bytes: Uint8Array, sizeBytes: number, dueNs: number, isDamaged: boolean): void {
    const written = this.#libc.write(this.#to[side]!, bytes, sizeBytes);
    const nowNs = this.#clock();
    recordLateness(this.#lateness, nowNs - dueNs);
    const direction = side === UP ? 'up' : 'down';
    // A device takes nothing that is of neither version of IP: that flipped bit is no loss of this machine's.
    if (written === sizeBytes || isDamaged)
      this.#crossing.observer.arrived(direction, bytes, sizeBytes, nowNs, isDamaged);
    else this.#crossing.observer.lostHere(direction, bytes, sizeBytes, nowNs);
  }
}
