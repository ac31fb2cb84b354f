// IP packets as hosts make them, field by field from the RFCs. Checksums are 0: nobody on the path reads them.
import { joined } from '../../support/hex.ts';

export const TCP = 6;
export const UDP = 17;
export const ICMP = 1;
export const ICMPV6 = 58;

export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const ACK = 0x10;

export type Version = 4 | 6;

const NOTHING = new Uint8Array(0);

/** Where a piece of a datagram stands in it. */
export interface Piece {
  readonly id: number;
  readonly offset: number;
  readonly more: boolean;
}

export interface Ipv4Fields {
  readonly piece?: Piece;
  /** A multiple of 4 bytes. */
  readonly options?: Uint8Array;
}

/** RFC 791, section 3.1: from 10.77.0.2 to 10.77.0.1. */
export function ipv4(protocol: number, payload: Uint8Array, { piece, options = NOTHING }: Ipv4Fields = {}): Uint8Array {
  const headerBytes = 20 + options.length;
  const offsetAndMore = piece === undefined ? 0x4000 : (piece.more ? 0x2000 : 0) + piece.offset / 8;
  const header = joined(
    Uint8Array.of(0x40 + headerBytes / 4, 0),
    u16(headerBytes + payload.length),
    u16(piece?.id ?? 0),
    u16(offsetAndMore),
    Uint8Array.of(64, protocol, 0, 0, 10, 77, 0, 2, 10, 77, 0, 1),
  );
  return joined(header, options, payload);
}

/** RFC 8200, sections 3 and 4.5: from fd77::2 to fd77::1. */
export function ipv6(nextHeader: number, payload: Uint8Array, piece?: Piece): Uint8Array {
  const inner = piece === undefined ? payload : joined(fragmentHeader(nextHeader, piece), payload);
  const address = (host: number) => joined(Uint8Array.of(0xfd, 0x77), new Uint8Array(13), Uint8Array.of(host));
  return joined(
    Uint8Array.of(0x60, 0, 0, 0),
    u16(inner.length),
    Uint8Array.of(piece === undefined ? nextHeader : 44, 64),
    address(2),
    address(1),
    inner,
  );
}

export function ip(version: Version, protocol: number, payload: Uint8Array, piece?: Piece): Uint8Array {
  if (version === 6) return ipv6(protocol, payload, piece);
  return ipv4(protocol, payload, piece === undefined ? {} : { piece });
}

export interface Segment {
  readonly from?: number;
  readonly to?: number;
  readonly sequence?: number;
  readonly flags?: number;
  readonly data?: Uint8Array;
  /** A multiple of 4 bytes. */
  readonly options?: Uint8Array;
}

/** RFC 9293, section 3.1. */
export function tcp({ from = 50_000, to = 44_765, sequence = 0, flags = ACK, data, options }: Segment): Uint8Array {
  const headerBytes = 20 + (options?.length ?? 0);
  return joined(
    u16(from),
    u16(to),
    u32(sequence),
    u32(0),
    Uint8Array.of((headerBytes / 4) << 4, flags, 0xff, 0xff, 0, 0, 0, 0),
    options ?? NOTHING,
    data ?? NOTHING,
  );
}

/** RFC 768. */
export function udp(from: number, to: number, data: Uint8Array): Uint8Array {
  return joined(u16(from), u16(to), u16(8 + data.length), u16(0), data);
}

function fragmentHeader(nextHeader: number, { offset, more, id }: Piece): Uint8Array {
  return joined(Uint8Array.of(nextHeader, 0), u16(offset + (more ? 1 : 0)), u32(id));
}

/** The packets that carry one payload over a small MTU, in order. @param pieceBytes a multiple of 8 */
export function fragments(
  version: Version,
  protocol: number,
  payload: Uint8Array,
  id: number,
  pieceBytes: number,
): Uint8Array[] {
  const packets = [];
  for (let offset = 0; offset < payload.length; offset += pieceBytes) {
    const piece = { id, offset, more: offset + pieceBytes < payload.length };
    packets.push(ip(version, protocol, payload.subarray(offset, offset + pieceBytes), piece));
  }
  return packets;
}

export function u16(value: number): Uint8Array {
  return Uint8Array.of(value >>> 8, value & 0xff);
}

export function u32(value: number): Uint8Array {
  return joined(u16(value >>> 16), u16(value & 0xffff));
}
