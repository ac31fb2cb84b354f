import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IpPacket } from '../../../src/link/tun/ip-packet.ts';
import { joined, unhex } from '../../support/hex.ts';
import { ACK, ICMP, ICMPV6, ipv4, ipv6, SYN, TCP, tcp, UDP, udp } from './packets.ts';

const DATA = unhex('aa bb cc');
const MIDDLE = { id: 0xbeef, offset: 552, more: true };
const LAST = { id: 0xbeef, offset: 1104, more: false };
const FIRST = { id: 0xbeef, offset: 0, more: true };

function reading(bytes: Uint8Array, sizeBytes = bytes.length): IpPacket | undefined {
  const packet = new IpPacket();
  return packet.read(bytes, sizeBytes) ? packet : undefined;
}

test('bytes of a real segment: IPv4, TCP with a timestamp option', () => {
  const bytes = unhex(
    `45 00 00 3a 12 34 40 00 40 06 00 00 0a 4d 00 02 0a 4d 00 01
     ae dd c3 50 fe dc ba 98 00 00 00 01 80 18 01 f6 00 00 00 00 01 01 08 0a 00 00 00 01 00 00 00 02
     00 00 00 02 01 05`.replaceAll(/\s+/g, ' '),
  );
  expect(reading(bytes)).toMatchObject({
    protocol: 'tcp',
    isIpv6: false,
    isFragment: false,
    sourcePort: 44_765,
    destinationPort: 50_000,
    sequence: 0xfedcba98,
    tcpFlags: 0x18,
    payloadOffset: 52,
    payloadBytes: 6,
  });
});

test.each<[string, Uint8Array, Partial<IpPacket>]>([
  [
    'TCP, no data',
    ipv4(TCP, tcp({ flags: SYN })),
    { protocol: 'tcp', tcpFlags: SYN, payloadOffset: 40, payloadBytes: 0 },
  ],
  ['TCP options', ipv4(TCP, tcp({ options: new Uint8Array(40), data: DATA })), { payloadOffset: 80, payloadBytes: 3 }],
  ['IPv4 options', ipv4(UDP, udp(1, 2, DATA), { options: new Uint8Array(40) }), { payloadOffset: 68, payloadBytes: 3 }],
  ['UDP', ipv4(UDP, udp(7, 9, DATA)), { protocol: 'udp', sourcePort: 7, destinationPort: 9, payloadBytes: 3 }],
  ['UDP, empty', ipv4(UDP, udp(7, 9, unhex(''))), { protocol: 'udp', payloadOffset: 28, payloadBytes: 0 }],
  ['ICMP', ipv4(ICMP, DATA), { protocol: 'icmp', sourcePort: 0, destinationPort: 0, payloadBytes: 3 }],
  ['another protocol', ipv4(132, DATA), { protocol: 'other', payloadOffset: 20, payloadBytes: 3 }],
  ['TCP over IPv6', ipv6(TCP, tcp({ sequence: 5, data: DATA })), { isIpv6: true, sequence: 5, payloadOffset: 60 }],
  ['UDP over IPv6', ipv6(UDP, udp(7, 9, DATA)), { isIpv6: true, sourcePort: 7, payloadOffset: 48, payloadBytes: 3 }],
  ['ICMPv6', ipv6(ICMPV6, DATA), { protocol: 'icmp', isIpv6: true }],
  // Hop-by-hop options: the hosts' own housekeeping, that the experiment never sends.
  ['an IPv6 extension', ipv6(0, new Uint8Array(8)), { protocol: 'other', isIpv6: true, payloadBytes: 8 }],
])('%s', (_what, bytes, expected) => {
  expect(reading(bytes)).toMatchObject({ isFragment: false, ...expected });
});

test.each<[string, Uint8Array, Partial<IpPacket>]>([
  [
    'the first piece has the ports',
    ipv4(UDP, udp(7, 9, DATA), { piece: FIRST }),
    { sourcePort: 7, destinationPort: 9, fragmentOffset: 0, hasMoreFragments: true, payloadBytes: 3 },
  ],
  [
    'a piece between has none, and all of it is payload',
    ipv4(UDP, udp(7, 9, DATA), { piece: MIDDLE }),
    { sourcePort: 0, destinationPort: 0, fragmentOffset: 552, hasMoreFragments: true, payloadBytes: 11 },
  ],
  ['the last piece', ipv4(UDP, DATA, { piece: LAST }), { fragmentOffset: 1104, hasMoreFragments: false }],
  ['over IPv6, the first', ipv6(UDP, udp(7, 9, DATA), FIRST), { sourcePort: 7, payloadOffset: 56, payloadBytes: 3 }],
  ['over IPv6, the last', ipv6(UDP, DATA, LAST), { fragmentOffset: 1104, hasMoreFragments: false, payloadBytes: 3 }],
])('fragments: %s', (_what, bytes, expected) => {
  expect(reading(bytes)).toMatchObject({ protocol: 'udp', isFragment: true, fragmentId: 0xbeef, ...expected });
});

test('an IPv6 fragment id has 32 bits, and a datagram in one piece is whole (RFC 6946)', () => {
  const piece = { id: 0xfedcba98, offset: 0, more: false };
  expect(reading(ipv6(UDP, udp(7, 9, DATA), piece))).toMatchObject({ fragmentId: 0xfedcba98, isFragment: false });
});

test('what was read before leaves nothing behind', () => {
  const packet = new IpPacket();
  packet.read(ipv6(TCP, tcp({ flags: SYN | ACK })), 60);
  packet.read(ipv6(UDP, udp(7, 9, DATA), LAST), 59);
  packet.read(ipv4(ICMP, DATA), 23);
  const { isIpv6, isFragment, fragmentOffset, sourcePort, destinationPort, tcpFlags } = packet;
  expect({ isIpv6, isFragment, fragmentOffset, sourcePort, destinationPort, tcpFlags }).toEqual({
    isIpv6: false,
    isFragment: false,
    fragmentOffset: 0,
    sourcePort: 0,
    destinationPort: 0,
    tcpFlags: 0,
  });
});

test('what lies behind the length that the header gives is padding', () => {
  const padded = (bytes: Uint8Array) => joined(bytes, new Uint8Array(10).fill(0xff));
  expect(reading(padded(ipv4(UDP, udp(7, 9, DATA))))).toMatchObject({ payloadBytes: 3 });
  expect(reading(padded(ipv6(UDP, udp(7, 9, DATA))))).toMatchObject({ payloadBytes: 3 });
});

function changed(bytes: Uint8Array, offset: number, value: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[offset] = value;
  return copy;
}

test.each<[string, Uint8Array]>([
  ['no version that is known', changed(ipv4(UDP, udp(7, 9, DATA)), 0, 0x55)],
  ['an IPv4 header of 16 bytes', changed(ipv4(ICMP, DATA), 0, 0x44)],
  ['an IPv4 header longer than its packet', changed(ipv4(ICMP, DATA), 0, 0x4f)],
  ['a total length shorter than its header', changed(ipv4(ICMP, DATA), 3, 19)],
  ['a TCP header of 16 bytes', changed(ipv4(TCP, tcp({ data: DATA })), 32, 0x40)],
  ['a TCP header longer than its packet', changed(ipv4(TCP, tcp({ data: DATA })), 32, 0xf0)],
  ['a later fragment that ends in its header', changed(ipv4(UDP, DATA, { piece: LAST }), 0, 0x4f)],
])('not read: %s', (_what, bytes) => {
  expect(reading(bytes)).toBeUndefined();
});

const WHOLE: readonly [string, Uint8Array, headerBytes: number][] = [
  ['IPv4, TCP', ipv4(TCP, tcp({ data: DATA, options: new Uint8Array(12) })), 52],
  ['IPv4 with options, UDP', ipv4(UDP, udp(7, 9, DATA), { options: new Uint8Array(8) }), 36],
  ['IPv4, ICMP', ipv4(ICMP, DATA), 20],
  ['IPv6, TCP', ipv6(TCP, tcp({ data: DATA })), 60],
  ['IPv6, UDP in pieces', ipv6(UDP, udp(7, 9, DATA), FIRST), 56],
  ['IPv6, a later piece', ipv6(UDP, DATA, LAST), 48],
];

/** The bytes of a packet, of which nobody may ask for one behind its end. */
function guarded(bytes: Uint8Array, sizeBytes: number): Uint8Array {
  return new Proxy(bytes, {
    get(target, key) {
      const index = typeof key === 'string' ? Number(key) : Number.NaN;
      if (index >= sizeBytes) throw new Error(`byte ${index} of a packet of ${sizeBytes} was read`);
      return Reflect.get(target, key, target);
    },
  });
}

test.each(WHOLE)('cut at any length: %s', (_what, bytes, headerBytes) => {
  for (let sizeBytes = 0; sizeBytes <= bytes.length; sizeBytes++) {
    const packet = reading(guarded(bytes, sizeBytes), sizeBytes);
    expect(packet?.payloadBytes, `${sizeBytes} bytes`).toBe(
      sizeBytes < headerBytes ? undefined : sizeBytes - headerBytes,
    );
  }
});

test('no bytes make it throw or read behind their end, and a payload lies inside the packet', () => {
  const almostIp = fc
    .tuple(fc.constantFrom(...WHOLE.map(([, bytes]) => bytes)), fc.uint8Array({ maxLength: 90 }), fc.nat(60))
    .map(([bytes, noise, at]) => joined(bytes.subarray(0, at), noise));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 90 }), almostIp), (bytes) => {
      const packet = reading(guarded(bytes, bytes.length), bytes.length);
      if (packet === undefined) return;
      expect(packet.payloadBytes).toBeGreaterThanOrEqual(0);
      expect(packet.payloadOffset + packet.payloadBytes).toBeLessThanOrEqual(bytes.length);
    }),
    { numRuns: 2000 },
  );
});
