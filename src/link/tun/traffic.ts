// What crossed the wire, by kind: the part of the ledger that needs to look into the packets. A retransmission is a
// segment with data below what its stream has sent before, as an observer on the path sees it.
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

export class TrafficCounter {
  readonly traffic = emptyTraffic();
  /** Where each TCP stream's data ends so far. */
  readonly #ends = new Streams<{ sequence: number }>();

  /** Counts a packet as its host sent it, before the link decides. */
  count(direction: Direction, packet: IpPacket, sizeBytes: number): Kind {
    const kind = this.#kindOf(direction, packet);
    const tally = (direction === 'up' ? this.traffic.up : this.traffic.down)[kind];
    tally.packets++;
    tally.bytes += sizeBytes;
    return kind;
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
    if ((packet.tcpFlags & SYN) !== 0) this.#ends.delete(direction, packet);
    if (packet.payloadBytes === 0) return (packet.tcpFlags & (SYN | FIN)) === 0 ? 'tcp ack' : 'tcp syn/fin';
    const end = (packet.sequence + packet.payloadBytes) | 0;
    const known = this.#ends.get(direction, packet);
    if (known === undefined) this.#ends.set(direction, packet, { sequence: end });
    else if (isBefore(packet.sequence, known.sequence)) {
      if (isBefore(known.sequence, end)) known.sequence = end;
      return 'tcp retransmission';
    } else known.sequence = end;
    return 'tcp data';
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

  delete(direction: Direction, packet: IpPacket): void {
    this.#mapOf(direction, packet).delete(portsOf(packet));
  }

  #mapOf(direction: Direction, { isIpv6 }: IpPacket): Map<number, Value> {
    return this.#byPorts[(direction === 'up' ? 2 : 0) + (isIpv6 ? 1 : 0)]!;
  }
}

/** An integer of 32 bits: as a key it costs no object. */
function portsOf({ sourcePort, destinationPort }: IpPacket): number {
  return (sourcePort << 16) | destinationPort;
}

/** Sequence numbers wrap: what is less than half the circle behind is before (RFC 9293, section 3.4). */
export function isBefore(a: number, b: number): boolean {
  return ((a - b) | 0) < 0;
}
