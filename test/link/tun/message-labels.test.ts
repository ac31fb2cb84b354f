// What the records tell of a message inside a packet, and of streams that are older than the record.
import { describe, expect, test } from 'vitest';
import type { Direction } from '../../../src/link/impairment.ts';
import { emptyLedger } from '../../../src/link/ledger.ts';
import { linkModel } from '../../../src/link/model.ts';
import { FIN, SYN } from '../../../src/link/tun/ip-packet.ts';
import { emptyStreamMemory, PathRecorder, type StreamMemory } from '../../../src/link/tun/path-recorder.ts';
import { tellArrived } from './tell.ts';
import { fragmentsOf, tcpPacket, udpPacket } from './written-packets.ts';

const UP = { from: 40_000, to: 7000 };
const DOWN = { from: 7000, to: 40_000 };
const MARK = '00000007';
const ACK = 0x10;

describe('the message of a UDP packet', () => {
  const cases: [string, string, number][] = [
    ['behind the mark, wherever that stands', `\0\x01to${MARK}0000002arest`, 0x2a],
    ['with all 32 bits', `${MARK}fffffffe`, 0xfffffffe],
    ['the first of several', `${MARK}00000001${MARK}00000002`, 1],
    ['none without the mark', '000000080000002a', -1],
    ['none where the digits are cut off', `${MARK}0000002`, -1],
    ['none where they are no digits', `${MARK}0000002g`, -1],
    ['none in upper case', `${MARK}0000002A`, -1],
    ['none in nothing', '', -1],
  ];
  test.each(cases)('%s', (_, payload, message) => {
    const { offer, arrive, recorder } = recording();
    offer('up', udpPacket(UP, Buffer.from(payload)));
    arrive('down', udpPacket(DOWN, Buffer.from(payload)));
    offer('down', udpPacket(DOWN, Buffer.from(payload)));
    const { packets, arrivals } = recorder.record();
    expect(packets.message).toEqual([message, message]);
    expect(packets.clientPort).toEqual([40_000, 40_000]);
    expect(arrivals.message).toEqual([message]);
  });

  test('what an older packet left behind this one in its slot is not read', () => {
    const { recorder, offer } = recording();
    const slot = Buffer.concat([udpPacket(UP, Buffer.from('short')), Buffer.from(`${MARK}00000005`)]);
    offer('up', slot, slot.length - 16);
    const cut = Buffer.concat([udpPacket(UP, Buffer.from(MARK)), Buffer.from('00000005')]);
    offer('up', cut, cut.length - 8);
    expect(recorder.record().packets.message).toEqual([-1, -1]);
  });

  test('a link without a mark finds none, and neither does a TCP segment have one', () => {
    const unmarked = recording({ mark: undefined });
    unmarked.offer('up', udpPacket(UP, Buffer.from(`${MARK}00000005`)));
    expect(unmarked.recorder.record().packets.message).toEqual([-1]);
    const { recorder, offer } = recording();
    const segment = Buffer.concat([tcpPacket(UP, 1, ACK), Buffer.from(`${MARK}00000005`)]);
    segment.writeUInt16BE(segment.length, 2);
    offer('up', segment);
    expect(recorder.record().packets).toMatchObject({ kind: ['tcp data'], message: [-1], clientPort: [40_000] });
  });

  test('later fragments have the message and the port of the first, if that came before them', () => {
    const { recorder, offer } = recording();
    const [first, second, last] = fragmentsOf(udpPacket(UP, Buffer.from(`${MARK}00000005`.padEnd(100, 'x')), 9), 40);
    const [, strange] = fragmentsOf(udpPacket(UP, Buffer.from(`${MARK}00000006`.padEnd(50, 'x')), 10), 40);
    for (const piece of [first!, second!, strange!, last!, second!]) offer('up', piece);
    const { packets } = recorder.record();
    expect(packets.kind).toEqual(Array(5).fill('fragment'));
    expect(packets.message).toEqual([5, 5, -1, 5, -1]);
    expect(packets.clientPort).toEqual([40_000, 40_000, 0, 40_000, 0]);
  });

  test('a datagram in pieces arrives with its message, whichever piece comes last', () => {
    const { recorder, arrive } = recording();
    const pieces = fragmentsOf(udpPacket(DOWN, Buffer.from(`${MARK}00000005`.padEnd(100, 'x')), 9), 40);
    for (const piece of pieces.toReversed()) arrive('down', piece);
    expect(recorder.record().arrivals).toMatchObject({ message: [5], sizeBytes: [100], destinationPort: [40_000] });
  });
});

test('what came damaged has not arrived', () => {
  const { recorder, arrive } = recording();
  tellArrived(recorder, { direction: 'up', bytes: udpPacket(UP, Buffer.from('one')), atNs: 5 }, true);
  tellArrived(recorder, { direction: 'up', bytes: tcpPacket(UP, 100, ACK, 10), atNs: 6 }, true);
  arrive('up', udpPacket(UP, Buffer.from('two')));
  expect(recorder.record().arrivals.protocol).toEqual(['udp']);
});

describe('streams that are older than the record', () => {
  test('offsets count from the SYN that an earlier record saw', () => {
    const streams = emptyStreamMemory();
    const before = recording({ streams });
    before.arrive('up', tcpPacket(UP, 0xffff_fffe, SYN));
    before.arrive('up', tcpPacket(UP, 0xffff_ffff, ACK, 30));
    const { recorder, arrive } = recording({ streams });
    arrive('up', tcpPacket(UP, 49, ACK, 10));
    arrive('up', tcpPacket(UP, 29, ACK, 20));
    expect(recorder.record().arrivals.offset).toEqual([50, 30]);
  });

  test('a retransmission is one, though the original was counted before', () => {
    const streams = emptyStreamMemory();
    const before = recording({ streams });
    before.offer('up', tcpPacket(UP, 1, ACK, 30));
    const { recorder, offer } = recording({ streams });
    offer('up', tcpPacket(UP, 1, ACK, 30));
    offer('up', tcpPacket(UP, 31, ACK, 30));
    expect(recorder.record().packets.kind).toEqual(['tcp retransmission', 'tcp data']);
  });

  test('a new link knows no older streams', () => {
    const { recorder, arrive } = recording();
    arrive('up', tcpPacket(UP, 1000, ACK, 30));
    expect(recorder.record().arrivals.offset).toEqual([0]);
  });
});

test('a SYN and a FIN sent again are retransmissions; a SYN of another stream on the same ports is not', () => {
  const { recorder, offer } = recording();
  const sent: [number, number, number, string][] = [
    [100, SYN, 0, 'tcp syn/fin'],
    [100, SYN, 0, 'tcp retransmission'],
    [101, ACK, 10, 'tcp data'],
    [111, ACK, 0, 'tcp ack'],
    [110, ACK, 0, 'tcp ack'],
    [111, FIN | ACK, 0, 'tcp syn/fin'],
    [111, FIN | ACK, 0, 'tcp retransmission'],
    [101, FIN | ACK, 10, 'tcp retransmission'],
    [90, SYN, 0, 'tcp syn/fin'],
    [91, FIN | ACK, 10, 'tcp data'],
    [101, FIN | ACK, 0, 'tcp retransmission'],
  ];
  for (const [sequence, flags, payloadBytes] of sent) offer('up', tcpPacket(UP, sequence, flags, payloadBytes));
  expect(recorder.record().packets.kind).toEqual(sent.map(([, , , kind]) => kind));
});

function recording(settings: { mark?: Uint8Array | undefined; streams?: StreamMemory } = { mark: Buffer.from(MARK) }) {
  const recorder = new PathRecorder({
    originNs: 0,
    ledger: emptyLedger(),
    bottlenecks: {},
    recordsPackets: true,
    ...settings,
  });
  const model = linkModel({}, 'up', { mode: 'time', seed: 0 });
  return {
    recorder,
    offer: (direction: Direction, bytes: Uint8Array, sizeBytes = bytes.length) =>
      recorder.offered(
        { direction, bytes, sizeBytes, nowNs: 0, isDamaged: false },
        model.offer({ sizeBytes, offeredNs: 0 }),
      ),
    arrive: (direction: Direction, bytes: Uint8Array) => tellArrived(recorder, { direction, bytes, atNs: 0 }),
  };
}
