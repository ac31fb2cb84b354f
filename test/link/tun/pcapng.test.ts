import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interfaceDescription, packetBlockBytes, sectionHeader, writePacket } from '../../../src/link/tun/pcapng.ts';
import { hex, joined, unhex } from '../../support/hex.ts';
import { readBlocks, readPackets } from './read-pcapng.ts';

const HEAD = joined(sectionHeader('lab'), interfaceDescription('a'), interfaceDescription('other'));

/** The block's bytes; around it must be nothing but what was there. */
function packetBlock(side: number, high: number, low: number, packet: Uint8Array, comment: string): Uint8Array {
  const sizeBytes = packetBlockBytes(packet.length, comment);
  const into = Buffer.alloc(sizeBytes + 32, 0xee);
  expect(
    writePacket(into, 16, side, { high, low }, joined(packet, new Uint8Array(40).fill(0xdd)), packet.length, comment),
  ).toBe(16 + sizeBytes);
  expect(new Set([...into.subarray(0, 16), ...into.subarray(16 + sizeBytes)])).toEqual(new Set([0xee]));
  return Uint8Array.from(into.subarray(16, 16 + sizeBytes));
}

test('a section and an interface, byte by byte', () => {
  expect(hex(sectionHeader('lab'))).toBe(
    '0a 0d 0d 0a 28 00 00 00 4d 3c 2b 1a 01 00 00 00 ff ff ff ff ff ff ff ff 04 00 03 00 6c 61 62 00 00 00 00 00 28 00 00 00',
  );
  expect(hex(interfaceDescription('a'))).toBe(
    '01 00 00 00 28 00 00 00 65 00 00 00 00 00 00 00 02 00 01 00 61 00 00 00 09 00 01 00 09 00 00 00 00 00 00 00 28 00 00 00',
  );
});

test('a packet, byte by byte, with a comment and without', () => {
  const fixed = '01 00 00 00 04 03 02 01 08 07 06 05 05 00 00 00 05 00 00 00 45 01 02 03 04 00 00 00';
  const packet = unhex('45 01 02 03 04');
  expect(hex(packetBlock(1, 0x01020304, 0x05060708, packet, ''))).toBe(`06 00 00 00 28 00 00 00 ${fixed} 28 00 00 00`);
  expect(hex(packetBlock(1, 0x01020304, 0x05060708, packet, 'lost!'))).toBe(
    `06 00 00 00 38 00 00 00 ${fixed} 01 00 05 00 6c 6f 73 74 21 00 00 00 00 00 00 00 38 00 00 00`,
  );
});

test('what was written is read: any packet, instant and comment', () => {
  const packet = fc.record({
    side: fc.nat(1),
    high: fc.nat(0xffff_ffff),
    low: fc.nat(0xffff_ffff),
    bytes: fc.uint8Array({ maxLength: 70 }),
    comment: fc.string({ unit: fc.constantFrom(...'ab: ;0'), maxLength: 20 }),
  });
  fc.assert(
    fc.property(fc.array(packet, { maxLength: 6 }), (packets) => {
      const blocks = packets.map(({ side, high, low, bytes, comment }) => packetBlock(side, high, low, bytes, comment));
      expect(readPackets(joined(HEAD, ...blocks))).toEqual(
        packets.map(({ side, high, low, bytes, comment }) => ({
          interfaceName: ['a', 'other'][side],
          atNs: BigInt(high) * 2n ** 32n + BigInt(low),
          bytes,
          comment,
        })),
      );
    }),
  );
});

test.each(['', 'l', 'la', 'lab', 'lab1'])('names of any length are padded: "%s"', (name) => {
  const [section, description] = readBlocks(joined(sectionHeader(name), interfaceDescription(name)));
  expect(section!.options).toEqual([{ code: 4, value: Uint8Array.from(Buffer.from(name)) }]);
  expect(description!.options).toEqual([
    { code: 2, value: Uint8Array.from(Buffer.from(name)) },
    { code: 9, value: Uint8Array.of(9) },
  ]);
});
