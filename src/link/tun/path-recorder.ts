// What only the path can see, collected while a link carries: the ledger, the traffic by kind, arrivals, and how long
// the queues were.
import type { Direction } from '../impairment.ts';
import { countUndelivered, type Ledger } from '../ledger.ts';
import type { Fate, LinkModel } from '../model.ts';
import { ArrivalRecorder, type ArrivalTable } from './arrivals.ts';
import type { PathObserver, Sighting } from './emulator.ts';
import { IpPacket } from './ip-packet.ts';
import { type Traffic, TrafficCounter } from './traffic.ts';

/** The bottleneck's queue at an instant, one entry a sample. */
export interface QueueTable {
  readonly direction: Direction[];
  readonly atNs: number[];
  readonly bytes: number[];
}

/** What became of every packet that was offered: the channel as it was. Instants are ns since the link's origin. */
export interface PacketTable {
  readonly direction: Direction[];
  readonly kind: string[];
  readonly sizeBytes: number[];
  readonly offeredNs: number[];
  /** When it was on the channel; NaN for one that the queue dropped. */
  readonly sentNs: number[];
  /** When it was due at the other host; NaN for a dropped one. */
  readonly dueNs: number[];
  /** `delivered`, or the cause of its loss. */
  readonly fate: string[];
  readonly copies: number[];
  /** -1: none. */
  readonly corruptBit: number[];
}

export interface PathRecord {
  readonly ledger: Ledger;
  readonly traffic: Traffic;
  readonly packets: PacketTable;
  readonly arrivals: ArrivalTable;
  readonly queue: QueueTable;
}

export interface PathRecorderOptions {
  readonly originNs: number;
  readonly ledger: Ledger;
  /** The models whose queues are sampled: those of directions that have a bottleneck. */
  readonly bottlenecks: Partial<Record<Direction, LinkModel>>;
  /** Packets and arrivals take memory one by one; a link that carries anybody's program does without. */
  readonly recordsPackets: boolean;
}

const SAMPLE_INTERVAL_NS = 1e6;

export class PathRecorder implements PathObserver {
  readonly #options: PathRecorderOptions;
  readonly #packet = new IpPacket();
  readonly #traffic = new TrafficCounter();
  readonly #arrivals = new ArrivalRecorder();
  readonly #packets: PacketTable = emptyPackets();
  readonly #queue: QueueTable = { direction: [], atNs: [], bytes: [] };
  readonly #upSampler: Sampler;
  readonly #downSampler: Sampler;

  constructor(options: PathRecorderOptions) {
    this.#options = options;
    this.#upSampler = { model: options.bottlenecks.up, latestNs: Number.NEGATIVE_INFINITY };
    this.#downSampler = { model: options.bottlenecks.down, latestNs: Number.NEGATIVE_INFINITY };
  }

  offered(seen: Sighting, fate: Fate): void {
    const kind = this.#packet.read(seen.bytes, seen.sizeBytes)
      ? this.#traffic.count(seen.direction, this.#packet, seen.sizeBytes)
      : 'other';
    if (this.#options.recordsPackets) this.#notePacket(seen, kind, fate);
    this.#sampleQueue(seen);
  }

  arrived({ direction, bytes, sizeBytes, nowNs }: Sighting): void {
    if (!this.#options.recordsPackets || !this.#packet.read(bytes, sizeBytes)) return;
    this.#arrivals.record(direction, this.#packet, nowNs - this.#options.originNs);
  }

  lostHere({ direction, sizeBytes }: Sighting): void {
    countUndelivered(this.#options.ledger[direction], sizeBytes);
  }

  record(): PathRecord {
    return {
      ledger: this.#options.ledger,
      traffic: this.#traffic.traffic,
      packets: this.#packets,
      arrivals: this.#arrivals.table,
      queue: this.#queue,
    };
  }

  #notePacket({ direction, sizeBytes, nowNs }: Sighting, kind: string, fate: Fate): void {
    const table = this.#packets;
    table.direction.push(direction);
    table.kind.push(kind);
    table.sizeBytes.push(sizeBytes);
    table.offeredNs.push(nowNs - this.#options.originNs);
    table.sentNs.push(fate.dropped === 'queue' ? Number.NaN : fate.sentNs);
    table.dueNs.push(fate.dropped === undefined ? fate.dueNs : Number.NaN);
    table.fate.push(fate.dropped ?? 'delivered');
    table.copies.push(fate.dropped === undefined ? fate.copies : 0);
    table.corruptBit.push(fate.corruptBit);
  }

  #sampleQueue({ direction, nowNs }: Sighting): void {
    const sampler = direction === 'up' ? this.#upSampler : this.#downSampler;
    if (sampler.model === undefined || nowNs - sampler.latestNs < SAMPLE_INTERVAL_NS) return;
    sampler.latestNs = nowNs;
    const atNs = nowNs - this.#options.originNs;
    this.#queue.direction.push(direction);
    this.#queue.atNs.push(atNs);
    this.#queue.bytes.push(sampler.model.backlogBytesAt(atNs));
  }
}

interface Sampler {
  readonly model: LinkModel | undefined;
  latestNs: number;
}

function emptyPackets(): PacketTable {
  return {
    direction: [],
    kind: [],
    sizeBytes: [],
    offeredNs: [],
    sentNs: [],
    dueNs: [],
    fate: [],
    copies: [],
    corruptBit: [],
  };
}

/** Two observers as one. */
export function both(first: PathObserver, second: PathObserver): PathObserver {
  return {
    offered(seen, fate) {
      first.offered(seen, fate);
      second.offered(seen, fate);
    },
    arrived(seen) {
      first.arrived(seen);
      second.arrived(seen);
    },
    lostHere(seen) {
      first.lostHere(seen);
      second.lostHere(seen);
    },
  };
}
