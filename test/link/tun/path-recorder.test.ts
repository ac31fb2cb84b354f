import { expect, test } from 'vitest';
import { emptyLedger } from '../../../src/link/ledger.ts';
import type { Fate, LinkModel } from '../../../src/link/model.ts';
import type { PathObserver } from '../../../src/link/tun/emulator.ts';
import { both, PathRecorder } from '../../../src/link/tun/path-recorder.ts';
import { unhex } from '../../support/hex.ts';
import { modelOf } from '../fates.ts';
import { ipv4, TCP, tcp, UDP, udp } from './packets.ts';
import { tellArrived, tellLostHere, tellOffered } from './tell.ts';

const ORIGIN_NS = 5e9;
const DATAGRAM = ipv4(UDP, udp(7, 9, new Uint8Array(100)));

function recorder(recordsPackets = true, bottleneck?: LinkModel) {
  const bottlenecks = bottleneck === undefined ? {} : { up: bottleneck };
  return new PathRecorder({ originNs: ORIGIN_NS, ledger: emptyLedger(), bottlenecks, recordsPackets });
}

/** A datagram that goes up, so long after the origin. */
function offer(to: PathObserver, atMs: number, fate: Partial<Fate> = {}): void {
  tellOffered(to, { direction: 'up', bytes: DATAGRAM, atNs: ORIGIN_NS + atMs * 1e6 }, fate);
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
    message: [-1, -1, -1],
    clientPort: [7, 7, 7],
  });
});

test('a fate that the model fills again is not kept', () => {
  const path = recorder();
  const model = modelOf({ delay: '3ms' });
  for (const at of [0, 1e6])
    tellOffered(
      path,
      { direction: 'up', bytes: DATAGRAM, atNs: ORIGIN_NS + at },
      model.offer({ sizeBytes: 128, offeredNs: at }),
    );
  expect(path.record().packets.dueNs).toEqual([3e6, 4e6]);
});

test('what is no packet is counted all the same: the kinds add up to what was offered', () => {
  const path = recorder();
  tellOffered(path, { direction: 'down', bytes: unhex('45 00'), atNs: ORIGIN_NS });
  tellArrived(path, { direction: 'down', bytes: unhex('45 00'), atNs: ORIGIN_NS });
  const { traffic, packets, arrivals } = path.record();
  expect(traffic.down.other).toEqual({ packets: 1, bytes: 2 });
  expect([packets.kind, arrivals.offset]).toEqual([['other'], []]);
});

test('what arrives is on record, but for what its host discards', () => {
  const path = recorder();
  const segment = ipv4(TCP, tcp({ sequence: 100, data: new Uint8Array(10) }));
  tellArrived(path, { direction: 'up', bytes: segment, atNs: ORIGIN_NS + 5 });
  tellArrived(path, { direction: 'up', bytes: segment, atNs: ORIGIN_NS + 6 }, true);
  tellArrived(path, { direction: 'up', bytes: DATAGRAM, atNs: ORIGIN_NS + 7 }, true);
  tellArrived(path, { direction: 'up', bytes: DATAGRAM, atNs: ORIGIN_NS + 8 });
  expect(path.record().arrivals).toMatchObject({ protocol: ['tcp', 'udp'], arrivedNs: [5, 8] });
});

test('without a record of packets the traffic is still counted, and nothing grows with it', () => {
  const path = recorder(false);
  offer(path, 1);
  tellArrived(path, { direction: 'up', bytes: DATAGRAM, atNs: ORIGIN_NS });
  const { traffic, packets, arrivals } = path.record();
  expect(traffic.up['udp datagram']).toEqual({ packets: 1, bytes: 128 });
  expect([packets.kind, arrivals.offset]).toEqual([[], []]);
});

test("what the machine lost moves from delivered to the carrier's", () => {
  const ledger = emptyLedger();
  ledger.down.delivered = { packets: 3, bytes: 300 };
  const path = new PathRecorder({ originNs: 0, ledger, bottlenecks: {}, recordsPackets: true });
  tellLostHere(path, { direction: 'down', bytes: DATAGRAM, atNs: 0 });
  expect(path.record().ledger.down).toMatchObject({
    delivered: { packets: 2, bytes: 172 },
    dropped: { carrier: { packets: 1, bytes: 128 } },
  });
});

test('the queue of a bottleneck is sampled once a millisecond at most', () => {
  const model = modelOf({ rate: '1mbit', queue: '64kB' });
  const path = recorder(true, model);
  for (const atMs of [0, 0.5, 1, 1.9, 2]) {
    model.offer({ sizeBytes: 1000, offeredNs: atMs * 1e6 });
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
  tellOffered(path, { direction: 'down', bytes: DATAGRAM, atNs: ORIGIN_NS });
  expect(path.record().queue.atNs).toEqual([]);
});

test('two observers are told the same, in turn', () => {
  const told: { to: string; what: unknown[] }[] = [];
  const observer = (to: string): PathObserver => ({
    offered: (...what) => void told.push({ to, what: ['offered', ...what] }),
    arrived: (...what) => void told.push({ to, what: ['arrived', ...what] }),
    lostHere: (...what) => void told.push({ to, what: ['lostHere', ...what] }),
  });
  const tellAll = (to: PathObserver) => {
    tellOffered(to, { direction: 'up', bytes: DATAGRAM, atNs: 2 }, { copies: 2 });
    tellArrived(to, { direction: 'down', bytes: DATAGRAM, atNs: 4 }, true);
    tellLostHere(to, { direction: 'up', bytes: DATAGRAM, atNs: 6 });
  };
  tellAll(both(observer('first'), observer('second')));
  const [first, second] = ['first', 'second'].map((to) => told.filter((one) => one.to === to).map(({ what }) => what));
  expect(told.map(({ to }) => to)).toEqual(['first', 'second', 'first', 'second', 'first', 'second']);
  expect(second).toEqual(first);
  told.length = 0;
  tellAll(observer('alone'));
  expect(first).toEqual(told.map(({ what }) => what));
});
