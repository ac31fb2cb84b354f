import { expect, test } from 'vitest';
import { completeChecksum } from '../../../src/link/tun/frame.ts';
import { joined } from '../../support/hex.ts';
import { frameOf, NEEDS_CHECKSUM, placed, sumOfWords, transportSum } from './frames.ts';
import { ip, TCP, tcp, UDP, u16, udp, type Version } from './packets.ts';

const UDP_CHECKSUM_OFFSET = 6;

/** As a kernel leaves it: in place of the checksum stands the sum of the pseudo-header alone. */
function unfinished(version: Version, protocol: number, segment: Uint8Array, checksumOffset: number) {
  const packet = ip(version, protocol, segment);
  const checksumStart = packet.length - segment.length;
  const addresses = version === 6 ? packet.subarray(8, 40) : packet.subarray(12, 20);
  packet.set(u16(sumOfWords(addresses, u16(protocol), u16(segment.length))), checksumStart + checksumOffset);
  return placed(frameOf(packet, { flags: NEEDS_CHECKSUM, checksumStart, checksumOffset }));
}

const text = (words: string) => new TextEncoder().encode(words);

test.each([4, 6] as const)('a checksum over IPv%i that was left to do is right when it is done', (version) => {
  for (const data of ['', 'a', 'ab', 'an odd number of bytes!', 'x'.repeat(1400)].map(text)) {
    const segment = unfinished(version, TCP, tcp({ sequence: 0xfedcba98, data }), 16);
    completeChecksum(segment, segment.packet.length);
    expect(transportSum(segment.packet, TCP)).toBe(0xffff);
    const datagram = unfinished(version, UDP, udp(50_000, 44_765, data), UDP_CHECKSUM_OFFSET);
    completeChecksum(datagram, datagram.packet.length);
    expect(transportSum(datagram.packet, UDP)).toBe(0xffff);
  }
});

test('the example of RFC 1071, section 3: the words 0001 f203 f4f5 f6f7 have the sum ddf2', () => {
  const words = Uint8Array.of(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7);
  const frame = placed(frameOf(joined(words, u16(0)), { flags: NEEDS_CHECKSUM, checksumOffset: 8 }));
  completeChecksum(frame, 10);
  expect(frame.packet.subarray(8)).toEqual(u16(0xffff - 0xddf2));
});

test('it is done once, and whoever takes the frame is told to verify it', () => {
  const frame = unfinished(4, UDP, udp(50_000, 44_765, text('hello')), UDP_CHECKSUM_OFFSET);
  completeChecksum(frame, frame.packet.length);
  expect(frame.bytes[0]).toBe(0);
  const once = Uint8Array.from(frame.bytes);
  completeChecksum(frame, frame.packet.length);
  expect(frame.bytes).toEqual(once);
});

test('only the packet counts, not what lies behind it', () => {
  const whole = unfinished(4, UDP, udp(50_000, 44_765, text('hello')), UDP_CHECKSUM_OFFSET);
  const roomy = placed(joined(whole.bytes, Uint8Array.of(1, 2, 3)));
  completeChecksum(whole, whole.packet.length);
  completeChecksum(roomy, whole.packet.length);
  expect(roomy.packet.subarray(0, whole.packet.length)).toEqual(whole.packet);
});

test('a UDP checksum that comes out as 0 is written as 0xffff: 0 says that there is none', () => {
  const plain = unfinished(4, UDP, udp(50_000, 44_765, u16(0)), UDP_CHECKSUM_OFFSET);
  completeChecksum(plain, plain.packet.length);
  const checksum = plain.packet.subarray(26, 28);
  // With its own checksum as data the sum of all is 0xffff without any.
  const frame = unfinished(4, UDP, udp(50_000, 44_765, Uint8Array.from(checksum)), UDP_CHECKSUM_OFFSET);
  completeChecksum(frame, frame.packet.length);
  expect(frame.packet.subarray(26, 28)).toEqual(u16(0xffff));
});
