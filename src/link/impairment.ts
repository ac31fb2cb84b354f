// What travels through the chain, and what every unit of the chain is.
// A unit reads the packet's size and instants and changes its fate; it knows no clock, no socket and no other unit.

export type Direction = 'up' | 'down';

/** Who took a packet: the full queue, the channel's chance, a drop list, or an outage of the schedule. */
export type DropCause = 'queue' | 'loss' | 'list' | 'outage';

/** A packet on its way through one direction of the link. All instants are nanoseconds since the link's origin. */
export interface Packet {
  /** 1 for the first packet offered. */
  number: number;
  sizeBytes: number;
  /** When it leaves the bottleneck and crosses the channel: the instant at which the channel's state counts. */
  sentNs: number;
  /** When it reaches the other host. */
  dueNs: number;
  dropped: DropCause | undefined;
  /** How often it arrives: 1, or more if duplicated. */
  copies: number;
  /** The bit to flip, counted from the first bit of the packet, or -1. */
  corruptBit: number;
  /** True if it is due before a packet that was offered earlier. */
  reordered: boolean;
}

export interface Impairment {
  pass(packet: Packet): void;
}

/** One impairment that is several in a row; a dropped packet goes no further. */
export function chain(units: readonly Impairment[]): Impairment {
  return {
    pass(packet) {
      for (const unit of units) {
        unit.pass(packet);
        if (packet.dropped !== undefined) return;
      }
    },
  };
}
