// What only the path can see, collected while a link carries: the ledger, the traffic by kind, arrivals, and how long
// the queues were.
import type { Direction } from '../impairment.ts';
import { countUndelivered, type Ledger } from '../ledger.ts';
import type { Fate, LinkModel } from '../model.ts';
import { ArrivalRecorder, type ArrivalTable, type StreamStarts } from './arrivals.ts';
import type { PathObserver, Sighting } from './emulator.ts';
import { IpPacket } from './ip-packet.ts';
import { messageIn, PacketLabels } from './packet-labels.ts';
import { type StreamEnds, Streams, type Traffic, TrafficCounter } from './traffic.ts';

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
  /** UDP: the number behind the link's mark, of every fragment too; -1 where none was found. */
  readonly message: number[];
  /** The port on host `clients`; 0 where it is not known. */
  readonly clientPort: number[];
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
  /** See `LinkPlan`. */
  readonly mark?: Uint8Array | undefined;
  /** Of the streams that this record does not see the beginning of. */
  readonly streams?: StreamMemory;
}

/** What must be remembered of TCP streams from one record to the next, as long as one link is open. */
export interface StreamMemory {
  readonly starts: StreamStarts;
  readonly ends: StreamEnds;
}

export function emptyStreamMemory(): StreamMemory {
  return { starts: new Streams(), ends: new Streams() };
}

const SAMPLE_INTERVAL_NS = 1e6;

export class PathRecorder implements PathObserver {
  readonly #options: PathRecorderOptions;
  readonly #packet = new IpPacket();
  readonly #traffic: TrafficCounter;
  readonly #arrivals: ArrivalRecorder;
  readonly #labels: PacketLabels;
  readonly #packets: PacketTable = emptyPackets();
  readonly #queue: QueueTable = { direction: [], atNs: [], bytes: [] };
  readonly #upSampler: Sampler;
  readonly #downSampler: Sampler;

  constructor(options: PathRecorderOptions) {
    this.#options = options;
    this.#traffic = new TrafficCounter(options.streams?.ends);
    this.#arrivals = new ArrivalRecorder(options.streams?.starts);
    this.#labels = new PacketLabels(options.mark);
    this.#upSampler = { model: options.bottlenecks.up, latestNs: Number.NEGATIVE_INFINITY };
    this.#downSampler = { model: options.bottlenecks.down, latestNs: Number.NEGATIVE_INFINITY };
  }

  /** From now on the queues of these models, where the link has become another one. */
  sample({ up, down }: PathRecorderOptions['bottlenecks']): void {
    this.#upSampler.model = up;
    this.#downSampler.model = down;
  }

  offered(seen: Sighting, fate: Fate): void {
    const { direction, bytes, sizeBytes } = seen;
    const isIp = this.#packet.read(bytes, sizeBytes);
    const kind = isIp
      ? this.#traffic.count(direction, this.#packet, sizeBytes)
      : this.#traffic.countUnreadable(direction, sizeBytes);
    if (this.#options.recordsPackets) {
      if (isIp) this.#labels.read(direction, bytes, this.#packet);
      else this.#labels.clear();
      this.#notePacket(seen, kind, fate);
    }
    this.#sampleQueue(seen);
  }

  arrived({ direction, bytes, sizeBytes, nowNs, isDamaged }: Sighting): void {
    if (!this.#options.recordsPackets || isDamaged || !this.#packet.read(bytes, sizeBytes)) return;
    const message = messageIn(bytes, this.#packet, this.#options.mark);
    this.#arrivals.record(direction, this.#packet, nowNs - this.#options.originNs, message);
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
    table.message.push(this.#labels.message);
    table.clientPort.push(this.#labels.clientPort);
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
  model: LinkModel | undefined;
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
    message: [],
    clientPort: [],
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
