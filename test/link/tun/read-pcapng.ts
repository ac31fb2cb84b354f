// A reader of capture files that shares nothing with their writer: written from draft-ietf-opsawg-pcapng, and strict.

export interface ReadOption {
  readonly code: number;
  readonly value: Uint8Array;
}

export interface ReadBlock {
  readonly type: number;
  /** Without type, lengths and options. */
  readonly fixed: DataView;
  readonly data: Uint8Array;
  readonly options: readonly ReadOption[];
}

export interface ReadPacket {
  readonly interfaceName: string;
  readonly atNs: bigint;
  readonly bytes: Uint8Array;
  readonly comment: string;
}

const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
const PACKET = 6;
/** How many bytes of a body are no options, where no data follows them. */
const FIXED_BYTES = new Map([
  [SECTION, 16],
  [INTERFACE, 8],
  [PACKET, 20],
]);

/** @throws where lengths disagree, something is not aligned or padded with other than zeros, or options have no end */
export function readBlocks(file: Uint8Array): ReadBlock[] {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const blocks: ReadBlock[] = [];
  for (let at = 0; at < file.length; ) {
    const sizeBytes = view.getUint32(at + 4, true);
    if (sizeBytes % 4 !== 0) throw new Error(`the block at ${at} has ${sizeBytes} bytes, which is no multiple of 4`);
    const again = view.getUint32(at + sizeBytes - 4, true);
    if (again !== sizeBytes)
      throw new Error(`the block at ${at} begins with length ${sizeBytes} and ends with ${again}`);
    blocks.push(readBlock(view.getUint32(at, true), file.subarray(at + 8, at + sizeBytes - 4)));
    at += sizeBytes;
  }
  return blocks;
}

export function readPackets(file: Uint8Array): ReadPacket[] {
  const [section, ...rest] = readBlocks(file);
  if (section?.type !== SECTION) throw new Error('it does not begin with a section');
  const names: string[] = [];
  const packets: ReadPacket[] = [];
  for (const { type, fixed, data, options } of rest) {
    const text = (code: number) => new TextDecoder().decode(options.find((option) => option.code === code)?.value);
    if (type === INTERFACE) names.push(text(2));
    if (type !== PACKET) continue;
    packets.push({
      interfaceName: names[fixed.getUint32(0, true)]!,
      atNs: (BigInt(fixed.getUint32(4, true)) << 32n) | BigInt(fixed.getUint32(8, true)),
      bytes: data,
      comment: text(1),
    });
  }
  return packets;
}

function readBlock(type: number, body: Uint8Array): ReadBlock {
  const fixedBytes = FIXED_BYTES.get(type);
  if (fixedBytes === undefined) throw new Error(`a block of type ${type}`);
  const fixed = new DataView(body.buffer, body.byteOffset, fixedBytes);
  const dataBytes = type === PACKET ? fixed.getUint32(12, true) : 0;
  const end = fixedBytes + dataBytes;
  const options = readOptions(body.subarray(end + zeros(body, end)));
  return { type, fixed, data: body.subarray(fixedBytes, end), options };
}

function readOptions(bytes: Uint8Array): ReadOption[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const options: ReadOption[] = [];
  let at = 0;
  while (at < bytes.length) {
    const [code, sizeBytes] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    if (code === 0) break;
    const end = at + 4 + sizeBytes;
    options.push({ code, value: bytes.subarray(at + 4, end) });
    at = end + zeros(bytes, end);
  }
  if (options.length > 0 && at !== bytes.length - 4) throw new Error('the options do not end where their block does');
  return options;
}

/** How many bytes of padding follow this place, up to a multiple of 4. */
function zeros(bytes: Uint8Array, from: number): number {
  const count = -from & 3;
  const padding = bytes.subarray(from, from + count);
  if (padding.length < count || padding.some((byte) => byte !== 0)) throw new Error(`no padding of zeros at ${from}`);
  return count;
}
