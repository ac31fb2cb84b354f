// Blocks of a capture file (pcapng, draft-ietf-opsawg-pcapng), little-endian, stamps in nanoseconds. Pure: values to
// bytes; who writes them where is another's business.
//
//   ┌──────┬───────┬──────────────────────────────┬───────┐
//   │ type │ length│ body, padded to 4 bytes      │ length│
//   └──────┴───────┴──────────────────────────────┴───────┘

const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_DESCRIPTION = 1;
const ENHANCED_PACKET = 6;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
/** LINKTYPE_RAW: a packet begins with its IPv4 or IPv6 header. */
const RAW_IP = 101;

const OPTION_COMMENT = 1;
const OPTION_INTERFACE_NAME = 2;
const OPTION_APPLICATION = 4;
const OPTION_TIME_RESOLUTION = 9;

const BLOCK_OVERHEAD_BYTES = 12;
const PACKET_HEADER_BYTES = 20;
const OPTION_HEADER_BYTES = 4;

/** An instant as the format has it: 64 bits in two halves. */
export interface Stamp {
  readonly high: number;
  readonly low: number;
}

export function sectionHeader(application: string): Uint8Array {
  const options = [option(OPTION_APPLICATION, Buffer.from(application))];
  const fixed = Buffer.alloc(16, 0xff);
  fixed.writeUInt32LE(BYTE_ORDER_MAGIC, 0);
  fixed.writeUInt16LE(1, 4);
  fixed.writeUInt16LE(0, 6);
  return block(SECTION_HEADER, fixed, options);
}

export function interfaceDescription(name: string): Uint8Array {
  const nanoseconds = Uint8Array.of(9);
  const options = [option(OPTION_INTERFACE_NAME, Buffer.from(name)), option(OPTION_TIME_RESOLUTION, nanoseconds)];
  const fixed = Buffer.alloc(8);
  fixed.writeUInt16LE(RAW_IP, 0);
  return block(INTERFACE_DESCRIPTION, fixed, options);
}

/** How much room {@link writePacket} needs. */
export function packetBlockBytes(sizeBytes: number, comment: string): number {
  const options = comment === '' ? 0 : padded(OPTION_HEADER_BYTES + comment.length) + OPTION_HEADER_BYTES;
  return BLOCK_OVERHEAD_BYTES + PACKET_HEADER_BYTES + padded(sizeBytes) + options;
}

/** Writes a packet at `offset`; answers where the block ends. @param comment ASCII, or nothing */
export function writePacket(
  into: Buffer,
  offset: number,
  interfaceNumber: number,
  stamp: Stamp,
  packet: Uint8Array,
  sizeBytes: number,
  comment: string,
): number {
  const blockBytes = packetBlockBytes(sizeBytes, comment);
  into.fill(0, offset + blockBytes - 16 - comment.length, offset + blockBytes);
  into.writeUInt32LE(ENHANCED_PACKET, offset);
  into.writeUInt32LE(blockBytes, offset + 4);
  into.writeUInt32LE(interfaceNumber, offset + 8);
  into.writeUInt32LE(stamp.high, offset + 12);
  into.writeUInt32LE(stamp.low, offset + 16);
  into.writeUInt32LE(sizeBytes, offset + 20);
  into.writeUInt32LE(sizeBytes, offset + 24);
  const data = offset + 8 + PACKET_HEADER_BYTES;
  into.set(packet.subarray(0, sizeBytes), data);
  into.fill(0, data + sizeBytes, data + padded(sizeBytes));
  if (comment !== '') {
    const start = data + padded(sizeBytes);
    into.writeUInt16LE(OPTION_COMMENT, start);
    into.writeUInt16LE(comment.length, start + 2);
    into.write(comment, start + OPTION_HEADER_BYTES, 'latin1');
  }
  into.writeUInt32LE(blockBytes, offset + blockBytes - 4);
  return offset + blockBytes;
}

function block(type: number, fixed: Uint8Array, options: readonly Uint8Array[]): Uint8Array {
  const body = Buffer.concat([fixed, ...options, Buffer.alloc(OPTION_HEADER_BYTES)]);
  const bytes = Buffer.alloc(BLOCK_OVERHEAD_BYTES + body.length);
  bytes.writeUInt32LE(type, 0);
  bytes.writeUInt32LE(bytes.length, 4);
  bytes.set(body, 8);
  bytes.writeUInt32LE(bytes.length, bytes.length - 4);
  return bytes;
}

function option(code: number, value: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(OPTION_HEADER_BYTES + padded(value.length));
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt16LE(value.length, 2);
  bytes.set(value, OPTION_HEADER_BYTES);
  return bytes;
}

function padded(sizeBytes: number): number {
  return (sizeBytes + 3) & ~3;
}
