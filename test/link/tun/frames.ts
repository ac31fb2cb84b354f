// Frames as a device gives them, made field by field: a header of 10 bytes, and an IP packet behind it.
import { FRAME_HEADER_BYTES, Frame } from '../../../src/link/tun/frame.ts';
import { joined } from '../../support/hex.ts';
import { type Ipv4Fields, ipv4, ipv6, TCP, tcp, u16, type Version } from './packets.ts';

export const NEEDS_CHECKSUM = 1;
export const TCP_CHECKSUM_OFFSET = 16;
const GSO_TCPV4 = 1;
const GSO_TCPV6 = 4;

const littleEndian = (value: number) => u16(value).reverse();

interface Header {
  readonly flags?: number;
  readonly kind?: number;
  readonly segmentBytes?: number;
  readonly checksumStart?: number;
  readonly checksumOffset?: number;
}

/** `struct virtio_net_hdr` of <linux/virtio_net.h>, and the packet. */
export function frameOf(packet: Uint8Array, header: Header = {}): Uint8Array {
  const { flags = 0, kind = 0, segmentBytes = 0, checksumStart = 0, checksumOffset = 0 } = header;
  return joined(
    Uint8Array.of(flags, kind),
    littleEndian(0),
    littleEndian(segmentBytes),
    littleEndian(checksumStart),
    littleEndian(checksumOffset),
    packet,
  );
}

export interface BurstFields extends Pick<Ipv4Fields, 'options'> {
  readonly version: Version;
  readonly data: Uint8Array;
  readonly segmentBytes: number;
  readonly sequence?: number;
  readonly flags?: number;
  readonly tcpOptions?: Uint8Array;
  readonly identification?: number;
}

/** Several segments of one stream in one packet. */
export function burstFrame(fields: BurstFields): Uint8Array {
  const { version, data, segmentBytes, options, sequence = 0, flags = 0x10, tcpOptions, identification = 0 } = fields;
  const segment = tcp({ sequence, flags, data, ...(tcpOptions && { options: tcpOptions }) });
  const packet = version === 6 ? ipv6(TCP, segment) : ipv4(TCP, segment, options === undefined ? {} : { options });
  if (version === 4) packet.set(u16(identification), 4);
  const checksumStart = packet.length - segment.length;
  const kind = version === 6 ? GSO_TCPV6 : GSO_TCPV4;
  const checksum = { flags: NEEDS_CHECKSUM, checksumStart, checksumOffset: TCP_CHECKSUM_OFFSET };
  return frameOf(packet, { ...checksum, kind, segmentBytes });
}

/** A place that holds these bytes. */
export function placed(bytes: Uint8Array): Frame {
  const frame = new Frame(new ArrayBuffer(bytes.length), 0, bytes.length - FRAME_HEADER_BYTES);
  frame.bytes.set(bytes);
  return frame;
}

/** What a receiver computes: over all words, those of the checksum too. Right is 0xffff (RFC 1071). */
export function sumOfWords(...parts: readonly Uint8Array[]): number {
  let sum = 0;
  for (const part of parts) {
    for (let at = 0; at < part.length; at += 2) sum += part[at]! * 256 + (part[at + 1] ?? 0);
  }
  while (sum > 0xffff) sum = (sum % 0x10000) + Math.floor(sum / 0x10000);
  return sum;
}

/** The sum of a TCP or UDP packet with its pseudo-header (RFC 9293, section 3.1; RFC 8200, section 8.1). */
export function transportSum(packet: Uint8Array, protocol: number): number {
  const isIpv6 = packet[0]! >> 4 === 6;
  const start = isIpv6 ? 40 : (packet[0]! & 0x0f) * 4;
  const addresses = isIpv6 ? packet.subarray(8, 40) : packet.subarray(12, 20);
  const transport = packet.subarray(start);
  return sumOfWords(addresses, u16(protocol), u16(transport.length), transport);
}
