// Which message of its user a UDP packet carries, and which port of the clients' host it belongs to. A message is found by
// a mark, a byte pattern that its user puts before the message's number; what the bytes mean else is not known here.
import type { Direction } from '../impairment.ts';
import type { IpPacket } from './ip-packet.ts';

/** In place of a message's number where a packet carries none that is known. */
export const NO_MESSAGE = -1;

/** The labels of one packet at a time, as its host sent it: one object, filled again for every packet. */
export class PacketLabels {
  message = NO_MESSAGE;
  /** On host `clients`: where a packet up comes from, or one down goes to; 0 where it is not known. */
  clientPort = 0;
  readonly #mark: Uint8Array | undefined;
  /** Only a datagram's first fragment has ports and a mark; those behind it are known by its identification. */
  readonly #firstFragments = new Map<number, { readonly message: number; readonly clientPort: number }>();

  constructor(mark: Uint8Array | undefined) {
    this.#mark = mark;
  }

  /** For bytes that are no IP packet. */
  clear(): void {
    this.message = NO_MESSAGE;
    this.clientPort = 0;
  }

  read(direction: Direction, bytes: Uint8Array, packet: IpPacket): void {
    if (packet.fragmentOffset > 0) return this.#readLaterFragment(direction, packet);
    this.message = messageIn(bytes, packet, this.#mark);
    this.clientPort = direction === 'up' ? packet.sourcePort : packet.destinationPort;
    if (!packet.isFragment) return;
    const { message, clientPort } = this;
    this.#firstFragments.set(fragmentKey(direction, packet), { message, clientPort });
  }

  /** A host sends a datagram's fragments in order, so that nothing of it comes behind the last. */
  #readLaterFragment(direction: Direction, packet: IpPacket): void {
    const key = fragmentKey(direction, packet);
    const first = this.#firstFragments.get(key);
    this.message = first?.message ?? NO_MESSAGE;
    this.clientPort = first?.clientPort ?? 0;
    if (!packet.hasMoreFragments) this.#firstFragments.delete(key);
  }
}

const DIGITS = 8;

/** The number behind the mark, 8 lower-case hexadecimal digits, in a UDP packet that isn't a later fragment. */
export function messageIn(bytes: Uint8Array, packet: IpPacket, mark: Uint8Array | undefined): number {
  if (mark === undefined || packet.protocol !== 'udp' || packet.fragmentOffset > 0) return NO_MESSAGE;
  // Behind the payload may lie bytes of an older packet, and what is found there is not in this one.
  const found: number = Buffer.prototype.indexOf.call(bytes, mark, packet.payloadOffset);
  const start = found + mark.length;
  if (found < 0 || start + DIGITS > packet.payloadOffset + packet.payloadBytes) return NO_MESSAGE;
  let message = 0;
  for (let i = start; i < start + DIGITS; i++) message = message * 16 + hexDigit(bytes[i]!);
  return Number.isNaN(message) ? NO_MESSAGE : message;
}

/** Which datagram a fragment is of. */
export function fragmentKey(direction: Direction, { isIpv6, fragmentId }: IpPacket): number {
  return ((direction === 'up' ? 2 : 0) + (isIpv6 ? 1 : 0)) * 2 ** 32 + fragmentId;
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  return byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : Number.NaN;
}
