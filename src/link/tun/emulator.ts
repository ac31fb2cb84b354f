// The wire between two hosts: every IP packet that one sends is read here, meets the link's model, and is written to the
// other host when it is due. What it does to packets it leaves to the model; what there is to note of them, to an observer.
// One loop that makes no object for a packet: so an instant is handed on in a field, where it is overwritten in place, and
// not as an argument, for which the engine may allocate a number.
import type { Direction } from '../impairment.ts';
import { type Lateness, noLateness, recordLateness } from '../lateness.ts';
import type { Fate, LinkModel } from '../model.ts';
import type { Libc } from './libc.ts';
import { PacketStore } from './packet-store.ts';

/** A packet as it passes. One object per emulator, overwritten by the next: copy what must last, the bytes too. */
export interface Sighting {
  direction: Direction;
  bytes: Uint8Array;
  sizeBytes: number;
  /** On the machine's clock. */
  nowNs: number;
  /** Whether the link flipped a bit of it: its receiver discards it. */
  isDamaged: boolean;
}

/** Told of every packet. */
export interface PathObserver {
  /** Read from the sending host, with its fate. */
  offered(packet: Readonly<Sighting>, fate: Fate): void;
  /** Written to the receiving host; once for each copy. That host discards a damaged one. */
  arrived(packet: Readonly<Sighting>): void;
  /** Lost by this machine and not by the link: no room, or the device would not take it. */
  lostHere(packet: Readonly<Sighting>): void;
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

/** One way across: read from the one host, written to the other. */
interface Lane {
  readonly direction: Direction;
  readonly from: number;
  readonly to: number;
  model: LinkModel;
}

const DOWN = 0;
const UP = 1;
/** In a packet's tag, beside its side and below its copies: a bit of it was flipped. */
const DAMAGED = 2;
const COPY = 4;

export class Emulator {
  readonly #libc: Libc;
  readonly #clock: () => number;
  readonly #store: PacketStore;
  readonly #up: Lane;
  readonly #down: Lane;
  /** Until a packet can be read, or for so long. */
  readonly #waitReadable: (timeoutNs: number) => void;
  #observer: PathObserver;
  #originNs: number;
  #lateness = noLateness();
  #spare: number;
  readonly #seen: Sighting = {
    direction: 'up',
    bytes: new Uint8Array(0),
    sizeBytes: 0,
    nowNs: Number.NEGATIVE_INFINITY,
    isDamaged: false,
  };
  #isRunning = false;

  constructor({ libc, devices, mtuBytes, clock }: EmulatorOptions, { originNs, models, observer }: Crossing) {
    this.#libc = libc;
    this.#clock = clock;
    this.#up = { direction: 'up', from: devices.clients, to: devices.server, model: models.up };
    this.#down = { direction: 'down', from: devices.server, to: devices.clients, model: models.down };
    this.#waitReadable = libc.readableWait([devices.clients, devices.server]);
    this.#store = new PacketStore(mtuBytes, CAPACITY);
    this.#spare = this.#store.take();
    this.#observer = observer;
    this.#originNs = originNs;
  }

  cross({ originNs, models, observer }: Crossing): void {
    this.#originNs = originNs;
    this.#up.model = models.up;
    this.#down.model = models.down;
    this.#observer = observer;
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
    this.#readClock();
    const endNs = this.#seen.nowNs + SLICE_NS;
    while (this.#seen.nowNs < endNs) {
      const isUpEmpty = this.#readBatch(this.#up);
      const isDownEmpty = this.#readBatch(this.#down);
      this.#writeDue();
      if (isUpEmpty && isDownEmpty) this.#sleepUntilDue(endNs);
    }
  }

  #readClock(): void {
    this.#seen.nowNs = this.#clock();
  }

  #sleepUntilDue(endNs: number): void {
    const { first, dueNs } = this.#store;
    const wakeNs = first < 0 ? endNs : Math.min(dueNs[first]!, endNs);
    const waitNs = wakeNs - this.#seen.nowNs;
    if (waitNs > SPIN_NS) this.#waitReadable(waitNs - SPIN_NS);
    this.#readClock();
  }

  /** Answers whether nothing is left to read. */
  #readBatch(lane: Lane): boolean {
    for (let count = 0; count < BATCH; count++) {
      const bytes = this.#store.bytes(this.#spare);
      const sizeBytes = this.#libc.read(lane.from, bytes, bytes.length);
      if (sizeBytes <= 0) return true;
      // Not before the read: what came while an earlier packet was worked on would be due too early.
      this.#readClock();
      this.#offer(lane, bytes, sizeBytes);
    }
    return false;
  }

  /** The packet lies in the spare slot; if it is to wait, that slot is its own and another becomes the spare one. */
  #offer(lane: Lane, bytes: Uint8Array, sizeBytes: number): void {
    const slot = this.#spare;
    const seen = this.#see(lane, bytes, sizeBytes);
    const fate = lane.model.offer(sizeBytes, seen.nowNs - this.#originNs);
    this.#observer.offered(seen, fate);
    if (fate.dropped !== undefined) return;
    if (fate.corruptBit >= 0) bytes[fate.corruptBit >> 3]! ^= 0x80 >> (fate.corruptBit & 7);
    const damaged = fate.corruptBit >= 0 ? DAMAGED : 0;
    const { dueNs, first } = this.#store;
    dueNs[slot] = this.#originNs + fate.dueNs;
    if (dueNs[slot]! <= seen.nowNs && (first < 0 || dueNs[first]! > dueNs[slot]!)) {
      for (let copy = 0; copy < fate.copies; copy++) this.#write(lane, slot, sizeBytes, damaged > 0);
      return;
    }
    const next = this.#store.take();
    if (next < 0) return this.#observer.lostHere(seen);
    this.#store.sizeBytes[slot] = sizeBytes;
    this.#store.tag[slot] = fate.copies * COPY + damaged + (lane === this.#up ? UP : DOWN);
    this.#store.push(slot);
    this.#spare = next;
  }

  #writeDue(): void {
    const { dueNs, tag, sizeBytes } = this.#store;
    if (this.#store.first >= 0) this.#readClock();
    for (let slot = this.#store.first; slot >= 0 && dueNs[slot]! <= this.#seen.nowNs; slot = this.#store.first) {
      this.#store.pop();
      const packet = tag[slot]!;
      const lane = (packet & UP) === UP ? this.#up : this.#down;
      const isDamaged = (packet & DAMAGED) !== 0;
      for (let left = packet; left >= COPY; left -= COPY) this.#write(lane, slot, sizeBytes[slot]!, isDamaged);
      this.#store.release(slot);
      this.#readClock();
    }
  }

  /** It arrives when it is handed over: within the call its receiver may have it already. */
  #write(lane: Lane, slot: number, sizeBytes: number, isDamaged: boolean): void {
    const bytes = this.#store.bytes(slot);
    const seen = this.#see(lane, bytes, sizeBytes);
    seen.isDamaged = isDamaged;
    // Whole nanoseconds: a small integer costs no object.
    recordLateness(this.#lateness, Math.round(seen.nowNs - this.#store.dueNs[slot]!));
    const written = this.#libc.write(lane.to, bytes, sizeBytes);
    // A device takes nothing that is of neither version of IP: that flipped bit is no loss of this machine's.
    if (written === sizeBytes || isDamaged) this.#observer.arrived(seen);
    else this.#observer.lostHere(seen);
  }

  #see(lane: Lane, bytes: Uint8Array, sizeBytes: number): Sighting {
    this.#seen.direction = lane.direction;
    this.#seen.bytes = bytes;
    this.#seen.sizeBytes = sizeBytes;
    return this.#seen;
  }
}
