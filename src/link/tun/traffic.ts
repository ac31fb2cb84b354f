// What crossed the wire, by kind: the part of the ledger that needs to look into the packets. A retransmission is a
// segment with data, a SYN or a FIN below what its stream has sent before, as an observer on the path sees it.
import type { Direction } from '../impairment.ts';
import type { Tally } from '../ledger.ts';
import { FIN, type IpPacket, RST, SYN } from './ip-packet.ts';

export const KINDS = [
  'tcp data',
  'tcp retransmission',
  'tcp ack',
  'tcp syn/fin',
  'tcp reset',
  'udp datagram',
  'fragment',
  'icmp',
  'other',
] as const;
export type Kind = (typeof KINDS)[number];

export type Traffic = Record<Direction, Record<Kind, Tally>>;

export function emptyTraffic(): Traffic {
  const nothing = () =>
    Object.fromEntries(KINDS.map((kind) => [kind, { packets: 0, bytes: 0 }])) as Record<Kind, Tally>;
  return { up: nothing(), down: nothing() };
}

/** The sequence number that each TCP stream has sent everything before; SYN and FIN take one each. */
export type StreamEnds = Streams<{ sequence: number }>;

export class TrafficCounter {
  readonly traffic = emptyTraffic();
  readonly #ends: StreamEnds;

  /** @param ends of streams that began before this count does */
  constructor(ends: StreamEnds = new Streams()) {
    this.#ends = ends;
  }

  /** Counts a packet as its host sent it, before the link decides. */
  count(direction: Direction, packet: IpPacket, sizeBytes: number): Kind {
    const kind = this.#kindOf(direction, packet);
    const tally = (direction === 'up' ? this.traffic.up : this.traffic.down)[kind];
    tally.packets++;
    tally.bytes += sizeBytes;
    return kind;
  }

  /** What a host sent and no header explains. */
  countUnreadable(direction: Direction, sizeBytes: number): Kind {
    const tally = this.traffic[direction].other;
    tally.packets++;
    tally.bytes += sizeBytes;
    return 'other';
  }

  #kindOf(direction: Direction, packet: IpPacket): Kind {
    if (packet.isFragment) return 'fragment';
    switch (packet.protocol) {
      case 'udp':
        return 'udp datagram';
      case 'tcp':
        return this.#tcpKind(direction, packet);
      case 'icmp':
      case 'other':
        return packet.protocol;
    }
  }

  #tcpKind(direction: Direction, packet: IpPacket): Kind {
    if ((packet.tcpFlags & RST) !== 0) return 'tcp reset';
    const isSyn = (packet.tcpFlags & SYN) !== 0;
    const isFin = (packet.tcpFlags & FIN) !== 0;
    if (packet.payloadBytes === 0 && !isSyn && !isFin) return 'tcp ack';
    // SYN and FIN take a number of the sequence each (RFC 9293, section 3.4).
    const start = packet.sequence;
    const end = (start + packet.payloadBytes + (isSyn ? 1 : 0) + (isFin ? 1 : 0)) | 0;
    const known = this.#ends.get(direction, packet);
    // A SYN that is no repetition begins another stream on the same ports.
    const isNew = known === undefined || (isSyn && known.sequence !== end);
    if (isNew) this.#ends.set(direction, packet, { sequence: end });
    else if (isBefore(start, known.sequence)) {
      if (isBefore(known.sequence, end)) known.sequence = end;
      return 'tcp retransmission';
    } else known.sequence = end;
    return packet.payloadBytes === 0 ? 'tcp syn/fin' : 'tcp data';
  }
}

/** Something for each stream. Between two hosts, one is told from another by its direction, IP version and two ports. */
export class Streams<Value> {
  readonly #byPorts: readonly Map<number, Value>[] = [new Map(), new Map(), new Map(), new Map()];

  get(direction: Direction, packet: IpPacket): Value | undefined {
    return this.#mapOf(direction, packet).get(portsOf(packet));
  }

  set(direction: Direction, packet: IpPacket, value: Value): void {
    this.#mapOf(direction, packet).set(portsOf(packet), value);
  }

  #mapOf(direction: Direction, { isIpv6 }: IpPacket): Map<number, Value> {
    return this.#byPorts[(direction === 'up' ? 2 : 0) + (isIpv6 ? 1 : 0)]!;
  }
}

/** An integer of 32 bits: as a key it costs no object. */
function portsOf({ sourcePort, destinationPort }: IpPacket): number {
  return (sourcePort << 16) | destinationPort;
}

/** Of a segment's first byte of data: a SYN, which may carry some, takes a number of its own before it. */
export function dataSequence({ sequence, tcpFlags }: IpPacket): number {
  return (tcpFlags & SYN) === 0 ? sequence : (sequence + 1) >>> 0;
}

/** Sequence numbers wrap: what is less than half the circle behind is before (RFC 9293, section 3.4). */
export function isBefore(a: number, b: number): boolean {
  return ((a - b) | 0) < 0;
}
