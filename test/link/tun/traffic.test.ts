import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Direction } from '../../../src/link/impairment.ts';
import { IpPacket } from '../../../src/link/tun/ip-packet.ts';
import { isBefore, KINDS, type Kind, TrafficCounter } from '../../../src/link/tun/traffic.ts';
import { ACK, FIN, ICMP, ip, ipv4, ipv6, RST, type Segment, SYN, TCP, tcp, UDP, udp, type Version } from './packets.ts';

const TOP = 2 ** 32;

function parsed(bytes: Uint8Array): IpPacket {
  const packet = new IpPacket();
  expect(packet.read(bytes, bytes.length)).toBe(true);
  return packet;
}

class Sender {
  readonly counter = new TrafficCounter();

  packet(bytes: Uint8Array, direction: Direction = 'up'): Kind {
    return this.counter.count(direction, parsed(bytes), bytes.length);
  }

  segment(segment: Segment, direction: Direction = 'up', version: Version = 4): Kind {
    return this.packet(ip(version, TCP, tcp(segment)), direction);
  }

  /** Data of so many bytes from this place in the stream. */
  data(sequence: number, sizeBytes: number, more: Segment = {}): Kind {
    return this.segment({ sequence: sequence % TOP, data: new Uint8Array(sizeBytes), ...more });
  }
}

test('every packet is of one kind, in packets and bytes, each direction by itself', () => {
  const sender = new Sender();
  expect(sender.packet(ipv4(UDP, udp(1, 2, new Uint8Array(10))))).toBe('udp datagram');
  expect(sender.packet(ipv6(UDP, udp(1, 2, new Uint8Array(10))), 'down')).toBe('udp datagram');
  expect(sender.packet(ipv4(ICMP, new Uint8Array(8)))).toBe('icmp');
  expect(sender.packet(ipv4(132, new Uint8Array(8)))).toBe('other');
  expect(sender.packet(ipv4(UDP, new Uint8Array(8), { piece: { id: 1, offset: 8, more: false } }))).toBe('fragment');
  expect(sender.counter.countUnreadable('up', 5)).toBe('other');
  const { up, down } = sender.counter.traffic;
  expect(up['udp datagram']).toEqual({ packets: 1, bytes: 38 });
  expect(down['udp datagram']).toEqual({ packets: 1, bytes: 58 });
  expect(up.other).toEqual({ packets: 2, bytes: 33 });
  expect(up.fragment).toEqual({ packets: 1, bytes: 28 });
  expect(Object.keys(up)).toEqual([...KINDS]);
});

test('a connection from SYN to FIN', () => {
  const sender = new Sender();
  expect(sender.segment({ sequence: 99, flags: SYN })).toBe('tcp syn/fin');
  expect(sender.segment({ sequence: 100 })).toBe('tcp ack');
  expect(sender.data(100, 50)).toBe('tcp data');
  expect(sender.data(150, 50, { flags: FIN | ACK })).toBe('tcp data');
  expect(sender.segment({ sequence: 201, flags: FIN | ACK })).toBe('tcp syn/fin');
  expect(sender.segment({ sequence: 201, flags: RST })).toBe('tcp reset');
});

test('a retransmission is data below what was sent before, however much of it is new', () => {
  const sender = new Sender();
  sender.data(1000, 100);
  expect(sender.data(1000, 100)).toBe('tcp retransmission');
  expect(sender.data(1050, 10)).toBe('tcp retransmission');
  expect(sender.data(1050, 100)).toBe('tcp retransmission');
  // The new part of the last one is known by now.
  expect(sender.data(1149, 1)).toBe('tcp retransmission');
  expect(sender.data(1150, 1)).toBe('tcp data');
});

test('data that jumps ahead is data, and what fills the gap is below it', () => {
  const sender = new Sender();
  sender.data(0, 10);
  expect(sender.data(20, 10)).toBe('tcp data');
  expect(sender.data(10, 10)).toBe('tcp retransmission');
});

test('probes: without data they are acknowledgements, with a byte that was sent before, retransmissions', () => {
  const sender = new Sender();
  sender.data(0, 100);
  // Linux probes, for keep-alive and for a window of 0, with the number before the next and no data.
  expect(sender.segment({ sequence: 99 })).toBe('tcp ack');
  expect(sender.data(99, 1)).toBe('tcp retransmission');
  // RFC 9293, section 3.8.6.1: a byte beyond a window of 0 is new once, and then repeated.
  expect(sender.data(100, 1)).toBe('tcp data');
  expect(sender.data(100, 1)).toBe('tcp retransmission');
});

test('a SYN with data (RFC 7413) takes a number itself: its last byte sent again is a retransmission', () => {
  const sender = new Sender();
  expect(sender.data(500, 10, { flags: SYN })).toBe('tcp data');
  expect(sender.data(510, 1)).toBe('tcp retransmission');
  expect(sender.data(511, 1)).toBe('tcp data');
});

test('sequence numbers wrap', () => {
  const sender = new Sender();
  expect(sender.data(TOP - 50, 100)).toBe('tcp data');
  expect(sender.data(49, 1)).toBe('tcp retransmission');
  expect(sender.data(TOP - 1, 1)).toBe('tcp retransmission');
  expect(sender.data(50, 10)).toBe('tcp data');
});

test('more than 4 GiB in one stream', () => {
  const sender = new Sender();
  for (let at = 0; at < 2.5 * TOP; at += 2 ** 28) {
    expect(sender.data(at, 1000)).toBe('tcp data');
    expect(sender.data(at, 1000)).toBe('tcp retransmission');
  }
});

test('a port that is used again begins anew with its SYN, the other streams do not', () => {
  const sender = new Sender();
  sender.data(5000, 100);
  sender.data(5000, 100, { from: 50_001 });
  sender.segment({ sequence: 4000, flags: SYN });
  expect(sender.data(4001, 100)).toBe('tcp data');
  expect(sender.data(5000, 100, { from: 50_001 })).toBe('tcp retransmission');
});

test('a stream is a direction, a version of IP and two ports, in this order', () => {
  const sender = new Sender();
  const data = new Uint8Array(10);
  const ports = { from: 1, to: 2, data };
  for (const version of [4, 6] as const) {
    for (const direction of ['up', 'down'] as const) {
      expect(sender.segment(ports, direction, version)).toBe('tcp data');
      expect(sender.segment({ from: 2, to: 1, data }, direction, version)).toBe('tcp data');
    }
  }
  expect(sender.segment(ports)).toBe('tcp retransmission');
});

test('no two streams are taken for one', () => {
  const sender = new Sender();
  const ports = [0, 1, 2, 0x7fff, 0x8000, 0xffff];
  const data = new Uint8Array(10);
  for (const direction of ['up', 'down'] as const) {
    for (const version of [4, 6] as const) {
      for (const from of ports) {
        for (const to of ports) expect(sender.segment({ from, to, data }, direction, version)).toBe('tcp data');
      }
    }
  }
});

test('before is less than half the circle behind', () => {
  fc.assert(
    fc.property(fc.nat(TOP - 1), fc.integer({ min: 1, max: 2 ** 31 - 1 }), (a, ahead) => {
      const b = (a + ahead) % TOP;
      expect([isBefore(a, b), isBefore(b, a), isBefore(a, a)]).toEqual([true, false, false]);
    }),
  );
});

test('however a stream is cut and repeated, a byte sent again is always seen, and only that', () => {
  const cut = fc.record({ sizeBytes: fc.integer({ min: 1, max: 1460 }), backBytes: fc.option(fc.nat(4000)) });
  fc.assert(
    fc.property(fc.nat(TOP - 1), fc.array(cut, { maxLength: 60, size: 'max' }), (start, cuts) => {
      const sender = new Sender();
      let end = 0;
      for (const { sizeBytes, backBytes } of cuts) {
        const at = Math.max(0, end - (backBytes ?? 0));
        expect(sender.data(start + at, sizeBytes)).toBe(at < end ? 'tcp retransmission' : 'tcp data');
        end = Math.max(end, at + sizeBytes);
      }
    }),
  );
});
