// When each piece of each TCP stream, and each datagram, was wholly at the receiving host: before its kernel held
// anything back for what was missing. From this head-of-line blocking can be computed, not guessed.
import type { Direction } from '../impairment.ts';
import { type IpPacket, SYN } from './ip-packet.ts';
import { isBefore, Streams } from './traffic.ts';

/** One arrival each; `up` is from the clients. Instants are ns since the link's origin. */
export interface ArrivalTable {
  readonly direction: Direction[];
  readonly protocol: ('tcp' | 'udp')[];
  readonly sourcePort: number[];
  readonly destinationPort: number[];
  /** TCP: the first byte's place in the stream, from 0 behind the SYN. UDP: the datagram's number in its flow, from 0. */
  readonly offset: number[];
  readonly sizeBytes: number[];
  readonly arrivedNs: number[];
}

export class ArrivalRecorder {
  readonly table: ArrivalTable = {
    direction: [],
    protocol: [],
    sourcePort: [],
    destinationPort: [],
    offset: [],
    sizeBytes: [],
    arrivedNs: [],
  };
  /** The sequence number of each stream's first byte, with how often 2^32 has been passed since. */
  readonly #starts = new Streams<{ start: number; latest: number; wraps: number }>();
  readonly #datagrams = new Streams<number>();
  readonly #fragments = new Map<string, Fragments>();

  /** A packet was written to the receiving host. */
  record(direction: Direction, packet: IpPacket, arrivedNs: number): void {
    if (packet.protocol === 'tcp' && !packet.isFragment) this.#recordSegment(direction, packet, arrivedNs);
    if (packet.protocol !== 'udp') return;
    if (packet.isFragment) this.#recordFragment(direction, packet, arrivedNs);
    else this.#recordDatagram(direction, packet, packet.payloadBytes, arrivedNs);
  }

  #recordSegment(direction: Direction, packet: IpPacket, arrivedNs: number): void {
    if ((packet.tcpFlags & SYN) !== 0) {
      const start = (packet.sequence + 1) >>> 0;
      this.#starts.set(direction, packet, { start, latest: start, wraps: 0 });
      return;
    }
    if (packet.payloadBytes === 0) return;
    const stream = this.#starts.get(direction, packet) ?? { start: packet.sequence, latest: packet.sequence, wraps: 0 };
    this.#starts.set(direction, packet, stream);
    this.#add(direction, packet, streamOffset(stream, packet.sequence), packet.payloadBytes, arrivedNs);
  }

  #recordDatagram(direction: Direction, packet: IpPacket, sizeBytes: number, arrivedNs: number): void {
    const number = this.#datagrams.get(direction, packet) ?? 0;
    this.#datagrams.set(direction, packet, number + 1);
    this.#add(direction, packet, number, sizeBytes, arrivedNs);
  }

  /** A datagram in pieces has come when its last piece has; the ports stand in the first. */
  #recordFragment(direction: Direction, packet: IpPacket, arrivedNs: number): void {
    const key = `${direction}${packet.isIpv6 ? 6 : 4} ${packet.fragmentId}`;
    const known = this.#fragments.get(key) ?? {
      offsets: new Set(),
      bytes: 0,
      endBytes: Number.POSITIVE_INFINITY,
      sourcePort: 0,
      destinationPort: 0,
    };
    this.#fragments.set(key, known);
    if (known.offsets.has(packet.fragmentOffset)) return;
    known.offsets.add(packet.fragmentOffset);
    const isFirst = packet.fragmentOffset === 0;
    if (isFirst) {
      known.sourcePort = packet.sourcePort;
      known.destinationPort = packet.destinationPort;
    }
    const pieceBytes = packet.payloadBytes + (isFirst ? UDP_HEADER_BYTES : 0);
    known.bytes += pieceBytes;
    if (!packet.hasMoreFragments) known.endBytes = packet.fragmentOffset + pieceBytes;
    if (known.bytes < known.endBytes) return;
    this.#fragments.delete(key);
    packet.sourcePort = known.sourcePort;
    packet.destinationPort = known.destinationPort;
    this.#recordDatagram(direction, packet, known.endBytes - UDP_HEADER_BYTES, arrivedNs);
  }

  #add(direction: Direction, packet: IpPacket, offset: number, sizeBytes: number, arrivedNs: number): void {
    const { table } = this;
    table.direction.push(direction);
    table.protocol.push(packet.protocol === 'tcp' ? 'tcp' : 'udp');
    table.sourcePort.push(packet.sourcePort);
    table.destinationPort.push(packet.destinationPort);
    table.offset.push(offset);
    table.sizeBytes.push(sizeBytes);
    table.arrivedNs.push(arrivedNs);
  }
}

const UDP_HEADER_BYTES = 8;

interface Fragments {
  readonly offsets: Set<number>;
  bytes: number;
  endBytes: number;
  sourcePort: number;
  destinationPort: number;
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
