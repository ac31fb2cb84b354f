import { expect, test } from 'vitest';
import { emptyLedger } from '../../../src/link/ledger.ts';
import type { Fate, LinkModel } from '../../../src/link/model.ts';
import type { PathObserver } from '../../../src/link/tun/emulator.ts';
import { both, PathRecorder } from '../../../src/link/tun/path-recorder.ts';
import { unhex } from '../../support/hex.ts';
import { modelOf } from '../fates.ts';
import { ipv4, TCP, tcp, UDP, udp } from './packets.ts';

const ORIGIN_NS = 5e9;
const DATAGRAM = ipv4(UDP, udp(7, 9, new Uint8Array(100)));
const DELIVERED: Fate = {
  number: 1,
  sizeBytes: DATAGRAM.length,
  dropped: undefined,
  sentNs: 2e6,
  dueNs: 20e6,
  copies: 1,
  corruptBit: -1,
  reordered: false,
};

function recorder(recordsPackets = true, bottleneck?: LinkModel) {
  const bottlenecks = bottleneck === undefined ? {} : { up: bottleneck };
  return new PathRecorder({ originNs: ORIGIN_NS, ledger: emptyLedger(), bottlenecks, recordsPackets });
}

/** A datagram that goes up, so long after the origin. */
function offer(to: PathObserver, atMs: number, fate: Partial<Fate> = {}): void {
  to.offered('up', DATAGRAM, DATAGRAM.length, { ...DELIVERED, ...fate }, ORIGIN_NS + atMs * 1e6);
}

test('a row for every packet that was offered, instants since the origin', () => {
  const path = recorder();
  offer(path, 1, { copies: 2, corruptBit: 17 });
  offer(path, 2, { dropped: 'loss' });
  offer(path, 3, { dropped: 'queue' });
  expect(path.record().packets).toEqual({
    direction: ['up', 'up', 'up'],
    kind: ['udp datagram', 'udp datagram', 'udp datagram'],
    sizeBytes: [128, 128, 128],
    offeredNs: [1e6, 2e6, 3e6],
    // What the queue dropped was never on the channel; what is dropped is due never.
    sentNs: [2e6, 2e6, Number.NaN],
    dueNs: [20e6, Number.NaN, Number.NaN],
    fate: ['delivered', 'loss', 'queue'],
    copies: [2, 0, 0],
    corruptBit: [17, -1, -1],
  });
});

test('a fate that the model fills again is not kept', () => {
  const path = recorder();
  const model = modelOf({ delay: '3ms' });
  for (const at of [0, 1e6]) path.offered('up', DATAGRAM, 128, model.offer(128, at), ORIGIN_NS + at);
  expect(path.record().packets.dueNs).toEqual([3e6, 4e6]);
});

test('what is no packet is counted all the same: the kinds add up to what was offered', () => {
  const path = recorder();
  path.offered('down', unhex('45 00'), 2, { ...DELIVERED, sizeBytes: 2 }, ORIGIN_NS);
  path.arrived('down', unhex('45 00'), 2, ORIGIN_NS, false);
  const { traffic, packets, arrivals } = path.record();
  expect(traffic.down.other).toEqual({ packets: 1, bytes: 2 });
  expect([packets.kind, arrivals.offset]).toEqual([['other'], []]);
});

test('what arrives is on record, but for what its host discards', () => {
  const path = recorder();
  const segment = ipv4(TCP, tcp({ sequence: 100, data: new Uint8Array(10) }));
  path.arrived('up', segment, segment.length, ORIGIN_NS + 5, false);
  path.arrived('up', segment, segment.length, ORIGIN_NS + 6, true);
  path.arrived('up', DATAGRAM, DATAGRAM.length, ORIGIN_NS + 7, true);
  path.arrived('up', DATAGRAM, DATAGRAM.length, ORIGIN_NS + 8, false);
  expect(path.record().arrivals).toMatchObject({ protocol: ['tcp', 'udp'], arrivedNs: [5, 8] });
});

test('without a record of packets the traffic is still counted, and nothing grows with it', () => {
  const path = recorder(false);
  offer(path, 1);
  path.arrived('up', DATAGRAM, DATAGRAM.length, ORIGIN_NS, false);
  const { traffic, packets, arrivals } = path.record();
  expect(traffic.up['udp datagram']).toEqual({ packets: 1, bytes: 128 });
  expect([packets.kind, arrivals.offset]).toEqual([[], []]);
});

test("what the machine lost moves from delivered to the carrier's", () => {
  const ledger = emptyLedger();
  ledger.down.delivered = { packets: 3, bytes: 300 };
  const path = new PathRecorder({ originNs: 0, ledger, bottlenecks: {}, recordsPackets: true });
  path.lostHere('down', DATAGRAM, 128);
  expect(path.record().ledger.down).toMatchObject({
    delivered: { packets: 2, bytes: 172 },
    dropped: { carrier: { packets: 1, bytes: 128 } },
  });
});

test('the queue of a bottleneck is sampled once a millisecond at most', () => {
  const model = modelOf({ rate: '1mbit', queue: '64kB' });
  const path = recorder(true, model);
  for (const atMs of [0, 0.5, 1, 1.9, 2]) {
    model.offer(1000, atMs * 1e6);
    offer(path, atMs);
  }
  // 1,000 bytes take 8 ms: nothing has left yet.
  const { queue } = path.record();
  expect(queue.direction).toEqual(['up', 'up', 'up']);
  expect(queue.atNs).toEqual([0, 1e6, 2e6]);
  expect(queue.bytes).toEqual([1000, 3000, 5000]);
});

test('a direction without a bottleneck has no samples', () => {
  const path = recorder(true, modelOf({ rate: '1mbit' }));
  path.offered('down', DATAGRAM, 128, DELIVERED, ORIGIN_NS);
  expect(path.record().queue.atNs).toEqual([]);
});

test('two observers are told the same, in turn', () => {
  const told: unknown[] = [];
  const observer = (name: string): PathObserver => ({
    offered: (...args) => told.push([name, 'offered', ...args]),
    arrived: (...args) => told.push([name, 'arrived', ...args]),
    lostHere: (...args) => told.push([name, 'lostHere', ...args]),
  });
  const pair = both(observer('first'), observer('second'));
  pair.offered('up', DATAGRAM, 1, DELIVERED, 2);
  pair.arrived('down', DATAGRAM, 3, 4, true);
  pair.lostHere('up', DATAGRAM, 5, 6);
  expect(told).toEqual([
    ['first', 'offered', 'up', DATAGRAM, 1, DELIVERED, 2],
    ['second', 'offered', 'up', DATAGRAM, 1, DELIVERED, 2],
    ['first', 'arrived', 'down', DATAGRAM, 3, 4, true],
    ['second', 'arrived', 'down', DATAGRAM, 3, 4, true],
    ['first', 'lostHere', 'up', DATAGRAM, 5, 6],
    ['second', 'lostHere', 'up', DATAGRAM, 5, 6],
  ]);
});
