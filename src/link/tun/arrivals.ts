// When each piece of each TCP stream, and each datagram, was wholly at the receiving host: before its kernel held
// anything back for what was missing. From this head-of-line blocking can be computed, not guessed.
import type { Direction } from '../impairment.ts';
import { type IpPacket, SYN } from './ip-packet.ts';
import { fragmentKey, NO_MESSAGE } from './packet-labels.ts';
import { dataSequence, isBefore, Streams } from './traffic.ts';

/** One arrival each of what came undamaged; `up` is from the clients. Instants are ns since the link's origin. */
export interface ArrivalTable {
  readonly direction: Direction[];
  readonly protocol: ('tcp' | 'udp')[];
  readonly sourcePort: number[];
  readonly destinationPort: number[];
  /**
   * TCP: the first byte's place in the stream, from 0 behind the SYN, or where that was not seen, from the first piece
   * that came. UDP: the datagram's number in its flow, from 0.
   */
  readonly offset: number[];
  readonly sizeBytes: number[];
  readonly arrivedNs: number[];
  /** UDP: the number behind the link's mark; -1 where none was found. */
  readonly message: number[];
}

/** Where each stream began: the sequence number of its first byte, and how often 2^32 was passed since. */
export type StreamStarts = Streams<{ readonly start: number; latest: number; wraps: number }>;

export function noArrivals(): ArrivalTable {
  return {
    direction: [],
    protocol: [],
    sourcePort: [],
    destinationPort: [],
    offset: [],
    sizeBytes: [],
    arrivedNs: [],
    message: [],
  };
}

export class ArrivalRecorder {
  #table = noArrivals();
  readonly #starts: StreamStarts;
  readonly #datagrams = new Streams<number>();
  readonly #fragments = new Map<number, Fragments>();
  readonly #fragmentCount: Record<Direction, number> = { up: 0, down: 0 };

  /** @param starts of streams that began before this record does */
  constructor(starts: StreamStarts = new Streams()) {
    this.#starts = starts;
  }

  get table(): ArrivalTable {
    return this.#table;
  }

  /** Those since the last time; the table is empty then. */
  take(): ArrivalTable {
    const taken = this.#table;
    this.#table = noArrivals();
    return taken;
  }

  /** A packet was written to the receiving host, as it was sent. @param message that it carries, or begins to */
  record(direction: Direction, packet: IpPacket, arrivedNs: number, message = NO_MESSAGE): void {
    if (packet.protocol === 'tcp' && !packet.isFragment) this.#recordSegment(direction, packet, arrivedNs);
    if (packet.protocol !== 'udp') return;
    if (packet.isFragment) this.#recordFragment(direction, packet, arrivedNs, message);
    else this.#recordDatagram(direction, packet, packet.payloadBytes, arrivedNs, message);
  }

  #recordSegment(direction: Direction, packet: IpPacket, arrivedNs: number): void {
    const isSyn = (packet.tcpFlags & SYN) !== 0;
    if (!isSyn && packet.payloadBytes === 0) return;
    const sequence = dataSequence(packet);
    const known = this.#starts.get(direction, packet);
    // A late copy of a SYN begins nothing anew.
    const isKnown = known !== undefined && (!isSyn || known.start === sequence);
    const stream = isKnown ? known : { start: sequence, latest: sequence, wraps: 0 };
    this.#starts.set(direction, packet, stream);
    if (packet.payloadBytes === 0) return;
    this.#add(direction, packet, streamOffset(stream, sequence), packet.payloadBytes, arrivedNs, NO_MESSAGE);
  }

  #recordDatagram(direction: Direction, packet: IpPacket, sizeBytes: number, arrivedNs: number, message: number): void {
    const number = this.#datagrams.get(direction, packet) ?? 0;
    this.#datagrams.set(direction, packet, number + 1);
    this.#add(direction, packet, number, sizeBytes, arrivedNs, message);
  }

  /** A datagram in pieces has come when its last piece has; the ports stand in the first. */
  #recordFragment(direction: Direction, packet: IpPacket, arrivedNs: number, message: number): void {
    const key = fragmentKey(direction, packet);
    this.#forgetFragments(arrivedNs - REASSEMBLY_NS);
    const known = this.#datagramOf(key, direction, packet, arrivedNs);
    if (known.offsets.has(packet.fragmentOffset)) return;
    known.offsets.add(packet.fragmentOffset);
    const isFirst = packet.fragmentOffset === 0;
    if (isFirst) {
      known.sourcePort = packet.sourcePort;
      known.destinationPort = packet.destinationPort;
      known.message = message;
    }
    const pieceBytes = packet.payloadBytes + (isFirst ? UDP_HEADER_BYTES : 0);
    known.bytes += pieceBytes;
    if (!packet.hasMoreFragments) known.endBytes = packet.fragmentOffset + pieceBytes;
    if (known.bytes < known.endBytes) return;
    this.#fragments.delete(key);
    packet.sourcePort = known.sourcePort;
    packet.destinationPort = known.destinationPort;
    this.#recordDatagram(direction, packet, known.endBytes - UDP_HEADER_BYTES, arrivedNs, known.message);
  }

  /** An id comes again soon where several sockets count for themselves: what lies there then is another datagram's. */
  #datagramOf(key: number, direction: Direction, { isIpv6 }: IpPacket, arrivedNs: number): Fragments {
    const number = ++this.#fragmentCount[direction];
    const known = this.#fragments.get(key);
    if (known !== undefined && (isIpv6 || number - known.latest <= FURTHEST_FRAGMENTS)) {
      known.latest = number;
      return known;
    }
    const begun: Fragments = {
      firstNs: arrivedNs,
      latest: number,
      offsets: new Set(),
      bytes: 0,
      endBytes: Number.POSITIVE_INFINITY,
      sourcePort: 0,
      destinationPort: 0,
      message: NO_MESSAGE,
    };
    this.#fragments.delete(key); // those that were begun first stand first
    this.#fragments.set(key, begun);
    return begun;
  }

  /** Those of which pieces were lost: their ids come again, and their host has given them up too. */
  #forgetFragments(beforeNs: number): void {
    for (const [key, { firstNs }] of this.#fragments) {
      if (firstNs >= beforeNs) return;
      this.#fragments.delete(key);
    }
  }

  #add(
    direction: Direction,
    packet: IpPacket,
    offset: number,
    sizeBytes: number,
    arrivedNs: number,
    message: number,
  ): void {
    const table = this.#table;
    table.direction.push(direction);
    table.protocol.push(packet.protocol === 'tcp' ? 'tcp' : 'udp');
    table.sourcePort.push(packet.sourcePort);
    table.destinationPort.push(packet.destinationPort);
    table.offset.push(offset);
    table.sizeBytes.push(sizeBytes);
    table.arrivedNs.push(arrivedNs);
    table.message.push(message);
  }
}

const UDP_HEADER_BYTES = 8;

/** How long a host waits for the other pieces: Linux's `ipfrag_time`. */
const REASSEMBLY_NS = 30e9;

/** A piece that comes more fragments behind the last one of its datagram begins another: Linux's `ipfrag_max_dist`, IPv4 alone. */
const FURTHEST_FRAGMENTS = 64;

interface Fragments {
  readonly firstNs: number;
  /** Its last one's place among all fragments of its direction. */
  latest: number;
  readonly offsets: Set<number>;
  bytes: number;
  endBytes: number;
  sourcePort: number;
  destinationPort: number;
  message: number;
}

/** The place of a sequence number in its stream, beyond 4 GiB too. */
function streamOffset(stream: { start: number; latest: number; wraps: number }, sequence: number): number {
  if (isBefore(stream.latest, sequence)) {
    if (sequence < stream.latest) stream.wraps++;
    stream.latest = sequence;
  }
  const wraps = sequence > stream.latest ? stream.wraps - 1 : stream.wraps;
  return sequence - stream.start + wraps * 2 ** 32;
}
