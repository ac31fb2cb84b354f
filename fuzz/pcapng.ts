// A capture file: whatever packets and comments are written, a strict reader that shares nothing with the writer finds them again.
import fc from 'fast-check';
import { interfaceDescription, packetBlockBytes, sectionHeader, writePacket } from '../src/link/tun/pcapng.ts';
import { readPackets } from '../test/link/tun/read-pcapng.ts';
import { hex, joined } from '../test/support/hex.ts';
import { Dice } from './dice.ts';
import { must, target } from './target.ts';

interface Packet {
  readonly side: number;
  readonly high: number;
  readonly low: number;
  readonly sizeBytes: number;
  /** How many bytes stand behind the packet in its buffer. */
  readonly behind: number;
  readonly comment: string;
  readonly salt: number;
}

interface Input {
  readonly application: string;
  readonly names: readonly [string, string];
  readonly packets: readonly Packet[];
}

const U32 = 0xffff_ffff;
const LARGEST_PACKET_BYTES = 65_535;

const comment = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('', 'dropped: loss', 'duplicated: 2 copies; corrupted: bit 7 flipped') },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...'ab: ;0'), maxLength: 40 }) },
);

export const pcapng = target<Input>({
  name: 'pcapng',
  batchInputs: 20_000,
  inputs: fc.record(
    {
      application: fc.string({ unit: 'binary', maxLength: 9 }),
      names: fc.tuple(fc.string({ maxLength: 9 }), fc.string({ unit: 'binary', maxLength: 9 })),
      packets: fc.array(
        fc.record(
          {
            side: fc.nat(1),
            high: fc.nat(U32),
            low: fc.nat(U32),
            sizeBytes: fc.oneof(
              { weight: 60, arbitrary: fc.nat(99) },
              { weight: 1, arbitrary: fc.nat(LARGEST_PACKET_BYTES) },
            ),
            behind: fc.nat(9),
            comment,
            salt: fc.nat(U32),
          },
          { noNullPrototype: true },
        ),
        { maxLength: 5 },
      ),
    },
    { noNullPrototype: true },
  ),
  check: (input) => {
    const found = readPackets(fileOf(input));
    must(found.length === input.packets.length, `${found.length} packets were found`);
    for (const [at, packet] of input.packets.entries()) {
      const { interfaceName, atNs, bytes, comment } = found[at]!;
      must(interfaceName === asRead(input.names[packet.side]!), `packet ${at} is on the interface "${interfaceName}"`);
      must(atNs === (BigInt(packet.high) << 32n) + BigInt(packet.low), `packet ${at} is stamped ${atNs}`);
      must(Buffer.compare(bytes, contents(packet)) === 0, () => `packet ${at} is read as ${hex(bytes)}`);
      must(comment === packet.comment, `packet ${at} has the comment "${comment}"`);
    }
  },
  show: (input) => [hex(fileOf(input))],
});

/** What is no Unicode is replaced when it is encoded, and a byte order mark is taken away when it is decoded. */
function asRead(name: string): string {
  return new TextDecoder().decode(Buffer.from(name));
}

/** What was in the buffer before must not be in the file. */
const LEFT_BEHIND = 0xee;
const ROOM_BYTES = 32;

function fileOf({ application, names, packets }: Input): Uint8Array {
  return joined(sectionHeader(application), ...names.map(interfaceDescription), ...packets.map(blockOf));
}

function blockOf(packet: Packet): Uint8Array {
  const { side, high, low, sizeBytes, behind, comment } = packet;
  const buffer = joined(contents(packet), new Uint8Array(behind).fill(LEFT_BEHIND));
  const blockBytes = packetBlockBytes(sizeBytes, comment);
  const into = Buffer.alloc(blockBytes + 2 * ROOM_BYTES, LEFT_BEHIND);
  const end = writePacket(into, ROOM_BYTES, side, { high, low }, buffer, sizeBytes, comment);
  must(end === ROOM_BYTES + blockBytes, `a block of ${blockBytes} bytes ends at ${end - ROOM_BYTES}`);
  const isAlone = [...into.subarray(0, ROOM_BYTES), ...into.subarray(end)].every((byte) => byte === LEFT_BEHIND);
  must(isAlone, 'something was written outside the block');
  return into.subarray(ROOM_BYTES, end);
}

/** A long packet says itself in a few bytes. */
function contents({ sizeBytes, salt }: Packet): Uint8Array {
  const piece = new Dice(salt).bytes(Math.min(sizeBytes, 64));
  return sizeBytes <= 64 ? piece : new Uint8Array(Buffer.alloc(sizeBytes, piece));
}
