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

/** The sequence number that each TCP stream has sent everything before, by stream; SYN and FIN take one each. */
export type StreamEnds = Map<number, number>;

export class TrafficCounter {
  readonly traffic = emptyTraffic();
  readonly #ends: StreamEnds;

  /** @param ends of streams that began before this count does */
  constructor(ends: StreamEnds = new Map()) {
    this.#ends = ends;
  }

  /** Counts a packet as its host sent it, before the link decides. */
  count(direction: Direction, packet: IpPacket, sizeBytes: number): Kind {
    const kind = this.#kindOf(direction, packet);
    const tally = this.traffic[direction][kind];
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
    const stream = streamKey(direction, packet);
    const isSyn = (packet.tcpFlags & SYN) !== 0;
    const isFin = (packet.tcpFlags & FIN) !== 0;
    if (packet.payloadBytes === 0 && !isSyn && !isFin) return 'tcp ack';
    // SYN and FIN take a number of the sequence each (RFC 9293, section 3.4).
    const start = packet.sequence;
    const end = (start + packet.payloadBytes + (isSyn ? 1 : 0) + (isFin ? 1 : 0)) >>> 0;
    // A SYN that is no repetition begins another stream on the same ports.
    if (isSyn && this.#ends.get(stream) !== end) this.#ends.delete(stream);
    const known = this.#ends.get(stream);
    if (known !== undefined && isBefore(start, known)) {
      if (isBefore(known, end)) this.#ends.set(stream, end);
      return 'tcp retransmission';
    }
    this.#ends.set(stream, end);
    return packet.payloadBytes === 0 ? 'tcp syn/fin' : 'tcp data';
  }
}

/** Two hosts and two ports: a number tells one stream from another. */
export function streamKey(direction: Direction, { sourcePort, destinationPort, isIpv6 }: IpPacket): number {
  return ((direction === 'up' ? 2 : 0) + (isIpv6 ? 1 : 0)) * 2 ** 32 + sourcePort * 2 ** 16 + destinationPort;
}

/** Of a segment's first byte of data: a SYN, which may carry some, takes a number of its own before it. */
export function dataSequence({ sequence, tcpFlags }: IpPacket): number {
  return (tcpFlags & SYN) === 0 ? sequence : (sequence + 1) >>> 0;
}

/** Sequence numbers wrap: what is less than half the circle behind is before (RFC 9293, section 3.4). */
export function isBefore(a: number, b: number): boolean {
  return ((a - b) | 0) < 0;
}
