// A packet as a TUN device with offload gives and takes it: behind a header that says what the kernel left to do to it, as
// it would leave it to a network card (Linux's `struct virtio_net_hdr`; its fields are little-endian).
import { writeU16 } from './network-order.ts';

/** What stands before every packet. */
export const FRAME_HEADER_BYTES = 10;

const FLAGS = 0;
const SEGMENT_BYTES = 4;
const CHECKSUM_START = 6;
const CHECKSUM_OFFSET = 8;

/** The checksum's field holds the sum of the pseudo-header alone, and whoever receives the packet takes it as it is. */
const NEEDS_CHECKSUM = 1;

/** A place for a frame in memory: the whole of it, and the packet alone. */
export class Frame {
  readonly bytes: Uint8Array;
  readonly packet: Uint8Array;

  /** @param packetBytes room for the packet */
  constructor(memory: ArrayBuffer, offset: number, packetBytes: number) {
    this.bytes = new Uint8Array(memory, offset, FRAME_HEADER_BYTES + packetBytes);
    this.packet = new Uint8Array(memory, offset + FRAME_HEADER_BYTES, packetBytes);
  }
}

/** Of several TCP segments in one packet: the data of each but the last. Of one packet: 0. */
export function segmentBytesOf({ bytes }: Frame): number {
  return u16LittleEndian(bytes, SEGMENT_BYTES);
}

/** Where in the packet the header begins that has the checksum. */
export function checksumStartOf({ bytes }: Frame): number {
  return u16LittleEndian(bytes, CHECKSUM_START);
}

/** Says of a packet that its checksum is to be completed. @param checksumOffset behind `checksumStart` */
export function leaveChecksum({ bytes }: Frame, checksumStart: number, checksumOffset: number): void {
  for (let at = 0; at < FRAME_HEADER_BYTES; at++) bytes[at] = 0;
  bytes[FLAGS] = NEEDS_CHECKSUM;
  bytes[CHECKSUM_START] = checksumStart;
  bytes[CHECKSUM_START + 1] = checksumStart >> 8;
  bytes[CHECKSUM_OFFSET] = checksumOffset;
}

/** Completes the checksum where that was left to do: whoever receives the packet verifies it then. */
export function completeChecksum(frame: Frame, sizeBytes: number): void {
  const { bytes, packet } = frame;
  if ((bytes[FLAGS]! & NEEDS_CHECKSUM) === 0) return;
  bytes[FLAGS] = 0;
  const start = checksumStartOf(frame);
  const checksum = ~onesComplementSum(packet, start, sizeBytes) & 0xffff;
  // A UDP checksum of 0 would say that there is none (RFC 768); in ones' complement 0xffff is as much.
  writeU16(packet, start + u16LittleEndian(bytes, CHECKSUM_OFFSET), checksum === 0 ? 0xffff : checksum);
}

/** Of the words of 16 bits from `start` to `end`, in 16 bits (RFC 1071). */
export function onesComplementSum(bytes: Uint8Array, start: number, end: number): number {
  let sum = 0;
  for (let at = start; at < end; at += 2) sum += (bytes[at]! << 8) | (at + 1 < end ? bytes[at + 1]! : 0);
  return folded(sum);
}

/** @param sum of words, below 2^32 */
export function folded(sum: number): number {
  const once = (sum & 0xffff) + (sum >>> 16);
  return (once & 0xffff) + (once >>> 16);
}

function u16LittleEndian(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8);
}
