// What a kernel gives as one packet, cut as it would cut it itself, and packets that are none of that.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completeChecksum, Frame } from '../../../src/link/tun/frame.ts';
import { Incoming } from '../../../src/link/tun/incoming.ts';
import { type BurstFields, burstFrame, frameOf, sumOfWords, transportSum } from './frames.ts';
import { ip, ipv4, TCP, UDP, udp } from './packets.ts';

const MTU_BYTES = 1500;
const [FIN, PSH, ACK, CWR] = [0x01, 0x08, 0x10, 0x80];

/** Of a device that gives these frames. */
function incoming(frames: readonly Uint8Array[], mtuBytes = MTU_BYTES): Incoming {
  const left = [...frames];
  return new Incoming((into) => {
    const frame = left.shift();
    if (frame === undefined) return 0;
    into.set(frame);
    return frame.length;
  }, mtuBytes);
}

/** All packets with their checksums complete, each looked at before the next is taken. */
function allOf(source: Incoming): Uint8Array[] {
  const packets = [];
  while (source.next()) {
    completeChecksum(source.frame, source.sizeBytes);
    packets.push(source.frame.packet.slice(0, source.sizeBytes));
  }
  return packets;
}

const bytes = (count: number) => Uint8Array.from({ length: count }, (_, i) => (i * 7) % 251);
const u16At = (packet: Uint8Array, at: number) => packet[at]! * 256 + packet[at + 1]!;
const u32At = (packet: Uint8Array, at: number) => u16At(packet, at) * 65_536 + u16At(packet, at + 2);

function segmentsOf(fields: BurstFields) {
  return allOf(incoming([burstFrame(fields)])).map((packet) => {
    const tcp = fields.version === 6 ? 40 : (packet[0]! & 0x0f) * 4;
    return {
      packet,
      sequence: u32At(packet, tcp + 4),
      flags: packet[tcp + 13]!,
      options: packet.slice(tcp + 20, tcp + (packet[tcp + 12]! >> 4) * 4),
      data: packet.slice(tcp + (packet[tcp + 12]! >> 4) * 4),
    };
  });
}

describe.each([4, 6] as const)('a burst over IPv%i', (version) => {
  test('becomes segments whose data, one behind the other, is what it was', () => {
    const segments = segmentsOf({ version, data: bytes(3400), segmentBytes: 1400, sequence: 100 });
    expect(segments.map(({ data }) => data.length)).toEqual([1400, 1400, 600]);
    expect(segments.map(({ sequence }) => sequence)).toEqual([100, 1500, 2900]);
    expect(segments.flatMap(({ data }) => [...data])).toEqual([...bytes(3400)]);
  });

  test('ends in its last segment, and says in its first alone that the window was reduced', () => {
    const flags = FIN | PSH | ACK | CWR;
    const segments = segmentsOf({ version, data: bytes(3000), segmentBytes: 1000, flags });
    expect(segments.map((segment) => segment.flags)).toEqual([ACK | CWR, ACK, FIN | PSH | ACK]);
  });

  test('passes the end of the sequence numbers', () => {
    const segments = segmentsOf({ version, data: bytes(300), segmentBytes: 100, sequence: 2 ** 32 - 150 });
    expect(segments.map(({ sequence }) => sequence)).toEqual([2 ** 32 - 150, 2 ** 32 - 50, 50]);
  });

  test('of any size is of right length, order and checksum', () => {
    const sizes = fc.record({
      dataBytes: fc.integer({ min: 1, max: 65_000 }),
      segmentBytes: fc.integer({ min: 1, max: 1400 }),
      optionWords: fc.integer({ min: 0, max: 10 }),
      sequence: fc.nat(2 ** 32 - 1),
    });
    fc.assert(
      fc.property(sizes, ({ dataBytes, segmentBytes, optionWords, sequence }) => {
        fc.pre(dataBytes / segmentBytes < 200);
        const data = bytes(dataBytes);
        const tcpOptions = bytes(4 * optionWords);
        const segments = segmentsOf({ version, data, segmentBytes, tcpOptions, sequence });
        expect(segments).toHaveLength(Math.ceil(dataBytes / segmentBytes));
        for (const [index, segment] of segments.entries()) {
          expect(segment.data).toEqual(data.subarray(index * segmentBytes, (index + 1) * segmentBytes));
          expect(segment.sequence).toBe((sequence + index * segmentBytes) % 2 ** 32);
          expect(segment.options).toEqual(tcpOptions);
          expect(transportSum(segment.packet, TCP)).toBe(0xffff);
          if (version === 6) expect(u16At(segment.packet, 4)).toBe(segment.packet.length - 40);
          else
            expect([u16At(segment.packet, 2), sumOfWords(segment.packet.subarray(0, 20))]).toEqual([
              segment.packet.length,
              0xffff,
            ]);
        }
      }),
      { numRuns: 40 },
    );
  });
});

test('over IPv4 each segment has an identification of its own, which starts again behind the last', () => {
  const segments = segmentsOf({ version: 4, data: bytes(40), segmentBytes: 10, identification: 0xfffe });
  expect(segments.map(({ packet }) => u16At(packet, 4))).toEqual([0xfffe, 0xffff, 0, 1]);
});

test('options of IPv4 are in every segment, and its header checksum counts them', () => {
  const options = Uint8Array.of(7, 8, 4, 1, 2, 3, 4, 0);
  for (const { packet } of segmentsOf({ version: 4, data: bytes(25), segmentBytes: 10, options })) {
    expect(packet.slice(20, 28)).toEqual(options);
    expect(sumOfWords(packet.subarray(0, 28))).toBe(0xffff);
    expect(transportSum(packet, TCP)).toBe(0xffff);
  }
});

test('what is one packet stays as it is, between bursts too', () => {
  const datagram = ip(4, UDP, udp(1, 2, bytes(50)));
  const burst = burstFrame({ version: 6, data: bytes(200), segmentBytes: 100 });
  const packets = allOf(incoming([frameOf(datagram), burst, frameOf(datagram), burst, burst, frameOf(datagram)]));
  expect(packets.map(({ length }) => length)).toEqual([78, 160, 160, 78, 160, 160, 160, 160, 78]);
  for (const at of [0, 3, 8]) expect(packets[at]).toEqual(datagram);
});

test('segments of more sizes than are remembered', () => {
  const sizes = Array.from({ length: 40 }, (_, i) => 100 + i);
  const frames = [...sizes, ...sizes].map((segmentBytes) => burstFrame({ version: 4, data: bytes(500), segmentBytes }));
  const all = allOf(incoming(frames)).map((packet) => packet.slice(40));
  expect(Buffer.concat(all)).toEqual(Buffer.concat(Array.from(frames, () => bytes(500))));
});

test('a copy of the present packet lasts when the next one is taken', () => {
  const data = bytes(3000);
  const source = incoming([
    burstFrame({ version: 4, data, segmentBytes: 1400 }),
    frameOf(ip(4, UDP, udp(1, 2, bytes(9)))),
  ]);
  const copies = [];
  while (source.next()) {
    const copy = new Frame(new ArrayBuffer(10 + MTU_BYTES), 0, MTU_BYTES);
    source.copyTo(copy);
    copies.push({ copy, sizeBytes: source.sizeBytes, seen: source.frame.bytes.slice(0, 10 + source.sizeBytes) });
  }
  expect(copies.map(({ sizeBytes }) => sizeBytes)).toEqual([1440, 1440, 240, 37]);
  for (const { copy, sizeBytes, seen } of copies) expect(copy.bytes.subarray(0, 10 + sizeBytes)).toEqual(seen);
});

// From an empty datagram to one that fills the largest MTU; powers of two and their neighbours.
test.each([0, 1, 26, 27, 90, 91, 472, 1000, 1472])('a datagram of %i bytes is copied whole', (dataBytes) => {
  const packet = ipv4(UDP, udp(1, 2, bytes(dataBytes)));
  const source = incoming([frameOf(packet)]);
  source.next();
  const copy = new Frame(new ArrayBuffer(10 + MTU_BYTES), 0, MTU_BYTES);
  source.copyTo(copy);
  expect(copy.packet.subarray(0, packet.length)).toEqual(packet);
});

test('a packet over the MTU is cut off there', () => {
  const source = incoming([frameOf(ipv4(UDP, udp(1, 2, bytes(2000))))], 576);
  source.next();
  expect(source.sizeBytes).toBe(576);
});

test('a device that has nothing, or fails, has no packet', () => {
  for (const answer of [0, -5, 10]) expect(new Incoming(() => answer, MTU_BYTES).next()).toBe(false);
});
