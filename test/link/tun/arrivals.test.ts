import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Direction } from '../../../src/link/impairment.ts';
import { ArrivalRecorder } from '../../../src/link/tun/arrivals.ts';
import { IpPacket } from '../../../src/link/tun/ip-packet.ts';
import { ACK, fragments, ICMP, ip, ipv4, type Segment, SYN, TCP, tcp, UDP, udp, type Version } from './packets.ts';

const TOP = 2 ** 32;

class Receiver {
  readonly recorder = new ArrivalRecorder();
  readonly #packet = new IpPacket();
  nowNs = 0;

  packets(packets: readonly Uint8Array[], direction: Direction = 'up'): void {
    for (const bytes of packets) {
      expect(this.#packet.read(bytes, bytes.length)).toBe(true);
      this.recorder.record(direction, this.#packet, this.nowNs++);
    }
  }

  segment(segment: Segment, direction: Direction = 'up', version: Version = 4): void {
    this.packets([ip(version, TCP, tcp(segment))], direction);
  }

  /** Data of so many bytes from this place in the stream. */
  data(sequence: number, sizeBytes: number, more: Segment = {}): void {
    this.segment({ sequence: ((sequence % TOP) + TOP) % TOP, data: new Uint8Array(sizeBytes), ...more });
  }

  get offsets(): readonly number[] {
    return this.recorder.table.offset;
  }

  get sizes(): readonly number[] {
    return this.recorder.table.sizeBytes;
  }
}

/** A datagram in pieces of 16 bytes; its UDP header is in the first. */
function pieces(sizeBytes: number, id: number, version: Version = 4, from = 7): Uint8Array[] {
  return fragments(version, UDP, udp(from, 9, new Uint8Array(sizeBytes)), id, 16);
}

test('a row for each piece of a stream and each datagram, and for nothing else', () => {
  const receiver = new Receiver();
  receiver.segment({ sequence: 99, flags: SYN });
  receiver.data(100, 50);
  receiver.packets([ipv4(ICMP, new Uint8Array(8))]);
  receiver.packets([ipv4(UDP, udp(7, 9, new Uint8Array(20)))], 'down');
  receiver.segment({ sequence: 150, flags: ACK });
  expect(receiver.recorder.table).toEqual({
    direction: ['up', 'down'],
    protocol: ['tcp', 'udp'],
    sourcePort: [50_000, 7],
    destinationPort: [44_765, 9],
    offset: [0, 0],
    sizeBytes: [50, 20],
    arrivedNs: [1, 3],
    message: [-1, -1],
  });
});

test('a piece has its place in the stream, whenever it comes', () => {
  const receiver = new Receiver();
  receiver.segment({ sequence: 99, flags: SYN });
  for (const at of [0, 200, 100, 300, 100]) receiver.data(100 + at, 100);
  expect(receiver.offsets).toEqual([0, 200, 100, 300, 100]);
});

test('without its SYN, a stream begins with the first piece that came', () => {
  const receiver = new Receiver();
  for (const at of [5000, 5100, 4900]) receiver.data(at, 100);
  expect(receiver.offsets).toEqual([0, 100, -100]);
});

test('a SYN with data (RFC 7413): the data begins the stream', () => {
  const receiver = new Receiver();
  receiver.data(99, 10, { flags: SYN });
  receiver.data(110, 5);
  expect(receiver.offsets).toEqual([0, 10]);
});

test('a port that is used again begins at 0; a late copy of its SYN does not', () => {
  const receiver = new Receiver();
  receiver.segment({ sequence: 99, flags: SYN });
  receiver.data(100, 10);
  receiver.segment({ sequence: 99, flags: SYN });
  receiver.data(110, 10);
  receiver.segment({ sequence: 7_000_000, flags: SYN });
  receiver.data(7_000_001, 10);
  expect(receiver.offsets).toEqual([0, 10, 0]);
});

test('a late copy of a SYN after 2 GiB leaves the place of what follows', () => {
  const receiver = new Receiver();
  receiver.segment({ sequence: TOP - 1, flags: SYN });
  for (let at = 0; at < TOP; at += 2 ** 30) receiver.data(at, 100);
  receiver.data(TOP, 100);
  receiver.segment({ sequence: TOP - 1, flags: SYN });
  receiver.data(TOP + 100, 100);
  expect(receiver.offsets.slice(-2)).toEqual([TOP, TOP + 100]);
});

test('streams are told apart by direction, version and ports', () => {
  const receiver = new Receiver();
  for (const direction of ['up', 'down'] as const) {
    for (const version of [4, 6] as const) {
      receiver.segment({ sequence: 99, flags: SYN }, direction, version);
      receiver.segment({ sequence: 100, data: new Uint8Array(1) }, direction, version);
    }
  }
  receiver.data(3000, 1, { from: 1 });
  expect(receiver.offsets).toEqual([0, 0, 0, 0, 0]);
});

test('wherever a stream begins and however its pieces are shuffled nearby, places go on beyond 4 GiB', () => {
  const piece = fc.record({ aheadBytes: fc.nat(2 ** 29), backBytes: fc.nat(2 ** 28) });
  fc.assert(
    fc.property(fc.nat(TOP - 1), fc.array(piece, { minLength: 20, maxLength: 60, size: 'max' }), (start, steps) => {
      const receiver = new Receiver();
      receiver.segment({ sequence: start, flags: SYN });
      const expected: number[] = [];
      let front = 0;
      for (const { aheadBytes, backBytes } of steps) {
        front += aheadBytes;
        for (const at of [front, Math.max(0, front - backBytes)]) {
          receiver.data(start + 1 + at, 1);
          expected.push(at);
        }
      }
      expect(receiver.offsets).toEqual(expected);
    }),
  );
});

test('datagrams are numbered flow by flow, as they come', () => {
  const receiver = new Receiver();
  const datagram = (from: number) => ipv4(UDP, udp(from, 9, new Uint8Array(1)));
  receiver.packets([datagram(7), datagram(7), datagram(8), datagram(7)]);
  receiver.packets([datagram(7)], 'down');
  receiver.packets([ip(6, UDP, udp(7, 9, new Uint8Array(1)))]);
  expect(receiver.offsets).toEqual([0, 1, 0, 2, 0, 0]);
});

test.each<Version>([4, 6])('IPv%i: a datagram in pieces has come when its last piece has', (version) => {
  const receiver = new Receiver();
  receiver.packets(pieces(100, 1, version));
  expect(receiver.recorder.table).toMatchObject({
    sourcePort: [7],
    destinationPort: [9],
    sizeBytes: [100],
    // 108 bytes in pieces of 16: the seventh completes it.
    arrivedNs: [6],
  });
});

test('pieces in any order, each of them twice, of several datagrams at once', () => {
  const sizes = fc.uniqueArray(fc.integer({ min: 9, max: 64 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(
      sizes,
      fc.constantFrom<Version>(4, 6),
      fc.infiniteStream(fc.double({ min: 0, max: 1 })),
      (all, v, roll) => {
        const order = all
          .flatMap((sizeBytes, id) => pieces(sizeBytes, id, v))
          .map((bytes) => ({ bytes, at: roll.next().value }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ bytes }) => bytes);
        const receiver = new Receiver();
        receiver.packets(order.flatMap((bytes) => [bytes, bytes]));
        expect(receiver.sizes.toSorted()).toEqual(all.toSorted());
      },
    ),
  );
});

test('no datagram has come while one of its pieces has not, whichever it is', () => {
  const all = pieces(100, 1);
  for (const missing of all.keys()) {
    const receiver = new Receiver();
    receiver.packets(all.toSpliced(missing, 1));
    expect(receiver.sizes).toEqual([]);
    receiver.packets([all[missing]!]);
    expect(receiver.sizes).toEqual([100]);
  }
});

test('one id in both directions and both versions are four datagrams', () => {
  const receiver = new Receiver();
  const four = [pieces(50, 1, 4), pieces(60, 1, 6)];
  for (const half of [0, 1]) {
    for (const [i, direction] of (['up', 'down'] as const).entries()) {
      for (const all of four) receiver.packets(half === 0 ? all.slice(0, 2 + i) : all.slice(2 + i), direction);
    }
  }
  expect(receiver.sizes).toEqual([50, 60, 50, 60]);
});

test('an id that comes again after a piece was lost begins another datagram', () => {
  const receiver = new Receiver();
  receiver.packets(pieces(100, 1).slice(1));
  receiver.nowNs = 31e9;
  // Were the old pieces kept, this first one would complete a datagram that no host has.
  receiver.packets(pieces(100, 1, 4, 8).slice(0, 1));
  expect(receiver.sizes).toEqual([]);
  receiver.packets(pieces(100, 1, 4, 8).slice(1));
  expect(receiver.recorder.table).toMatchObject({ sourcePort: [8], sizeBytes: [100] });
});

test('an id that comes again more than 64 fragments later begins another datagram, at once, and over IPv4 alone', () => {
  for (const [between, version, sizes] of [
    [64, 4, []],
    [63, 4, [100]],
    [64, 6, [100]],
  ] as const) {
    const receiver = new Receiver();
    receiver.packets(pieces(100, 1, version).slice(1));
    for (let id = 2; id < 2 + between; id++) receiver.packets(pieces(100, id, version).slice(1, 2));
    receiver.packets(pieces(100, 1, version, 8).slice(0, 1));
    expect(receiver.sizes).toEqual(sizes);
  }
});

test('as long as its host waits, a late piece completes its datagram', () => {
  const receiver = new Receiver();
  receiver.packets(pieces(100, 1).slice(1));
  receiver.nowNs = 29e9;
  receiver.packets(pieces(100, 1).slice(0, 1));
  expect(receiver.sizes).toEqual([100]);
});

test('a copy of a whole datagram has come too, and is the next of its flow', () => {
  const receiver = new Receiver();
  receiver.packets([...pieces(100, 1), ...pieces(100, 1)]);
  expect(receiver.offsets).toEqual([0, 1]);
});
