// The wire between two hosts: every IP packet that one sends is read here, meets the link's model, and is written to the
// other host when it is due. What it does to packets it leaves to the model; what there is to note of them, to an observer.
// One loop that makes no object for a packet: so an instant is handed on in a field, where it is overwritten in place, and
// not as an argument, for which the engine may allocate a number.
import type { Direction } from '../impairment.ts';
import { type Lateness, noLateness, recordLateness } from '../lateness.ts';
import type { Fate, LinkModel } from '../model.ts';
import { completeChecksum, FRAME_HEADER_BYTES, type Frame } from './frame.ts';
import { Incoming } from './incoming.ts';
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
}

/** What crosses now: replaced as a whole when a link begins. */
export interface Crossing {
  readonly originNs: number;
  readonly models: Record<Direction, LinkModel>;
  readonly observer: PathObserver;
  /** As a wire would carry them, for an observer who shows them to others. */
  readonly completesChecksums: boolean;
}

/** Packets on the way at most, both directions together. */
const CAPACITY = 65_536;

/** How many packets are taken from one side before the other has its turn. */
const BATCH = 32;

/** Shorter waits are spent reading: going to sleep and waking up takes longer. */
const SPIN_NS = 80_000;

/** How long the loop may run before Node's event loop has a turn, for the controller's calls. */
const SLICE_NS = 4e6;

/** One way across: read from the one host, written to the other. */
interface Lane {
  readonly direction: Direction;
  readonly incoming: Incoming;
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
  readonly #store: PacketStore;
  readonly #up: Lane;
  readonly #down: Lane;
  readonly #timeoutNs = new Float64Array(1);
  /** Until a packet can be read, or for so long. */
  readonly #waitReadable: () => void;
  #observer: PathObserver;
  #completesChecksums: boolean;
  #originNs: number;
  #lateness = noLateness();
  readonly #now = new Float64Array(1);
  /** When the packet at hand is due. */
  #dueNs = 0;
  #sliceEndNs = 0;
  readonly #seen: Sighting = {
    direction: 'up',
    bytes: new Uint8Array(0),
    sizeBytes: 0,
    nowNs: Number.NEGATIVE_INFINITY,
    isDamaged: false,
  };
  readonly #offered = { sizeBytes: 0, offeredNs: 0 };
  #isRunning = false;

  constructor({ libc, devices, mtuBytes }: EmulatorOptions, crossing: Crossing) {
    const { originNs, models, observer, completesChecksums } = crossing;
    const incoming = (fd: number) => new Incoming((into) => libc.read(fd, into, into.length), mtuBytes);
    this.#libc = libc;
    this.#up = { direction: 'up', incoming: incoming(devices.clients), to: devices.server, model: models.up };
    this.#down = { direction: 'down', incoming: incoming(devices.server), to: devices.clients, model: models.down };
    this.#waitReadable = libc.readableWait([devices.clients, devices.server], this.#timeoutNs);
    this.#store = new PacketStore(mtuBytes, CAPACITY);
    this.#observer = observer;
    this.#completesChecksums = completesChecksums;
    this.#originNs = originNs;
  }

  cross({ originNs, models, observer, completesChecksums }: Crossing): void {
    this.#originNs = originNs;
    this.#up.model = models.up;
    this.#down.model = models.down;
    this.#observer = observer;
    this.#completesChecksums = completesChecksums;
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
    this.#sliceEndNs = this.#seen.nowNs + SLICE_NS;
    while (this.#seen.nowNs < this.#sliceEndNs) {
      const isUpEmpty = this.#takeBatch(this.#up);
      const isDownEmpty = this.#takeBatch(this.#down);
      this.#writeDue();
      if (isUpEmpty && isDownEmpty) this.#sleepUntilDue();
    }
  }

  #readClock(): void {
    this.#libc.readClock(this.#now);
    this.#seen.nowNs = this.#now[0]!;
  }

  #sleepUntilDue(): void {
    const { first, dueNs } = this.#store;
    const wakeNs = first < 0 ? this.#sliceEndNs : Math.min(dueNs[first]!, this.#sliceEndNs);
    this.#timeoutNs[0] = wakeNs - this.#seen.nowNs - SPIN_NS;
    if (this.#timeoutNs[0] > 0) this.#waitReadable();
    this.#readClock();
  }

  /** Answers whether nothing is left to take. */
  #takeBatch(lane: Lane): boolean {
    for (let count = 0; count < BATCH; count++) {
      if (!lane.incoming.next()) return true;
      // Not before it is here: what came while an earlier packet was worked on would be due too early.
      this.#readClock();
      this.#offer(lane, lane.incoming.frame, lane.incoming.sizeBytes);
    }
    return false;
  }

  #offer(lane: Lane, frame: Frame, sizeBytes: number): void {
    if (this.#completesChecksums) completeChecksum(frame, sizeBytes);
    const seen = this.#see(lane, frame, sizeBytes);
    this.#offered.sizeBytes = sizeBytes;
    this.#offered.offeredNs = seen.nowNs - this.#originNs;
    const fate = lane.model.offer(this.#offered);
    this.#observer.offered(seen, fate);
    if (fate.dropped !== undefined) return;
    const isDamaged = fate.corruptBit >= 0;
    if (isDamaged) flip(frame, sizeBytes, fate.corruptBit);
    this.#dueNs = this.#originNs + fate.dueNs;
    const { dueNs, first } = this.#store;
    const isNext = this.#dueNs <= seen.nowNs && (first < 0 || dueNs[first]! > this.#dueNs);
    if (!isNext) return this.#keep(lane, sizeBytes, fate.copies, isDamaged);
    for (let copy = 0; copy < fate.copies; copy++) this.#write(lane, frame, sizeBytes, isDamaged);
  }

  /** Until it is due. */
  #keep(lane: Lane, sizeBytes: number, copies: number, isDamaged: boolean): void {
    const slot = this.#store.take();
    if (slot < 0) return this.#observer.lostHere(this.#seen);
    lane.incoming.copyTo(this.#store.frame(slot));
    this.#store.dueNs[slot] = this.#dueNs;
    this.#store.sizeBytes[slot] = sizeBytes;
    this.#store.tag[slot] = copies * COPY + (isDamaged ? DAMAGED : 0) + (lane === this.#up ? UP : DOWN);
    this.#store.push(slot);
  }

  #writeDue(): void {
    const { dueNs, tag, sizeBytes } = this.#store;
    if (this.#store.first >= 0) this.#readClock();
    for (let slot = this.#store.first; slot >= 0 && dueNs[slot]! <= this.#seen.nowNs; slot = this.#store.first) {
      this.#store.pop();
      const packet = tag[slot]!;
      const lane = (packet & UP) === UP ? this.#up : this.#down;
      const isDamaged = (packet & DAMAGED) !== 0;
      this.#dueNs = dueNs[slot]!;
      const frame = this.#store.frame(slot);
      for (let left = packet; left >= COPY; left -= COPY) this.#write(lane, frame, sizeBytes[slot]!, isDamaged);
      this.#store.release(slot);
      this.#readClock();
    }
  }

  /** It arrives when it is handed over: within the call its receiver may have it already. */
  #write(lane: Lane, frame: Frame, sizeBytes: number, isDamaged: boolean): void {
    const seen = this.#see(lane, frame, sizeBytes);
    seen.isDamaged = isDamaged;
    // Whole nanoseconds: a small integer costs no object.
    recordLateness(this.#lateness, Math.round(seen.nowNs - this.#dueNs));
    const frameBytes = FRAME_HEADER_BYTES + sizeBytes;
    const written = this.#libc.write(lane.to, frame.bytes, frameBytes);
    // A device takes nothing that is of neither version of IP: that flipped bit is no loss of this machine's.
    if (written === frameBytes || isDamaged) this.#observer.arrived(seen);
    else this.#observer.lostHere(seen);
  }

  #see(lane: Lane, { packet }: Frame, sizeBytes: number): Sighting {
    this.#seen.direction = lane.direction;
    this.#seen.bytes = packet;
    this.#seen.sizeBytes = sizeBytes;
    return this.#seen;
  }
}

/** Its receiver verifies the checksum: that is complete before. */
function flip(frame: Frame, sizeBytes: number, bit: number): void {
  completeChecksum(frame, sizeBytes);
  frame.packet[bit >> 3]! ^= 0x80 >> (bit & 7);
}
