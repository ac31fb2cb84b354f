// The kernel's own TCP and UDP across the emulated link: real devices, real namespaces.
import { expect, test } from 'vitest';
import type { PathReport } from '../../../src/link/tun/emulator-process.ts';
import { across, network, program, tcpReceiver, tcpSender, udpReceiver, udpSender } from './network.ts';

const PER_PACKET = { mode: 'packet', seed: 5 } as const;
const PER_TIME = { mode: 'time', seed: 5 } as const;
/** Slots that are long enough for both transports to meet most of them, on a busy machine too. */
const PER_SLOT = { mode: 'time', seed: 5, slotMs: 10 } as const;
const LIMIT_MS = 30_000;

const range = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

test(
  'UDP under a drop list loses exactly those datagrams',
  async (context) => {
    const net = await network(context);
    const receiver = program(net, 'server', udpReceiver());
    await receiver.ready;
    const up = { loss: { kind: 'list', packets: [3, 7] } };
    const report = await across(net, { up }, PER_PACKET, async () => {
      await program(net, 'clients', udpSender(10, 100, 1)).answer;
      expect(await receiver.answer).toEqual([1, 2, 4, 5, 6, 8, 9, 10]);
    });
    expect(report.ledger.up).toMatchObject({
      offered: { packets: 10 },
      delivered: { packets: 8 },
      dropped: { list: { packets: 2 } },
    });
    expect(report.traffic.up['udp datagram'].packets).toBe(10);
  },
  LIMIT_MS,
);

test(
  'TCP under the same drop list delivers all, in order, and the ledger shows what that took',
  async (context) => {
    const net = await network(context);
    const receiver = program(net, 'server', tcpReceiver());
    await receiver.ready;
    const up = { delay: '2ms', loss: { kind: 'list', packets: [3, 7] } };
    const report = await across(net, { up, down: { delay: '2ms' } }, PER_PACKET, async () => {
      await program(net, 'clients', tcpSender(50_000)).answer;
      expect(await receiver.answer).toEqual({ count: 50_000, right: true });
    });
    expect(report.ledger.up.dropped.list.packets).toBe(2);
    expect(report.traffic.up['tcp retransmission'].packets).toBeGreaterThanOrEqual(1);
    expect(missingBytes(report, 50_000)).toBe(0);
  },
  LIMIT_MS,
);

test(
  'a bursty link has the loss and the bursts that its parameters predict',
  async (context) => {
    const net = await network(context);
    const receiver = program(net, 'server', udpReceiver());
    await receiver.ready;
    const loss = { kind: 'gilbert-elliott', p: '2%', r: '20%' };
    const report = await across(net, { up: { loss } }, PER_PACKET, async () => {
      await program(net, 'clients', udpSender(5_000, 20, 0)).answer;
      await receiver.answer;
    });
    const lost = report.packets.fate.map((fate) => fate !== 'delivered');
    const bursts = lost.filter((isLost, i) => isLost && !lost[i - 1]).length;
    const losses = lost.filter(Boolean).length;
    // p / (p + r) = 9.1 %; bursts of 1 / r = 5. Four standard errors on either side.
    expect(losses / lost.length).toBeGreaterThan(0.091 - 0.055);
    expect(losses / lost.length).toBeLessThan(0.091 + 0.055);
    expect(losses / bursts).toBeGreaterThan(5 - 2);
    expect(losses / bursts).toBeLessThan(5 + 2);
  },
  LIMIT_MS,
);

test(
  'one seed, the same fates packet by packet',
  async (context) => {
    const net = await network(context);
    const profile = { up: { loss: '20%', duplicate: '10%', corrupt: '5%' } };
    const fates = async () => {
      const receiver = program(net, 'server', udpReceiver());
      await receiver.ready;
      const { packets } = await across(net, profile, PER_PACKET, async () => {
        await program(net, 'clients', udpSender(200, 50, 0)).answer;
        await receiver.answer;
      });
      return range(200).map((_, i) => [packets.fate[i], packets.copies[i], packets.corruptBit[i]]);
    };
    const first = await fates();
    expect(new Set(first.map(([fate]) => fate))).toEqual(new Set(['delivered', 'loss']));
    expect(await fates()).toEqual(first);
  },
  LIMIT_MS,
);

test(
  'per time, TCP and UDP cross the same channel: every instant that both met treated both alike',
  async (context) => {
    const net = await network(context);
    const profile = { up: { loss: '6%' } };
    const udp = program(net, 'server', udpReceiver());
    await udp.ready;
    const overUdp = await across(net, profile, PER_SLOT, () => program(net, 'clients', udpSender(1_500, 50, 1)).answer);
    const tcp = program(net, 'server', tcpReceiver());
    await tcp.ready;
    const overTcp = await across(net, profile, PER_SLOT, async () => {
      await program(net, 'clients', tcpSender(100_000, 1)).answer;
      expect(await tcp.answer).toEqual({ count: 100_000, right: true });
    });
    const [one, other] = [channelOf(overUdp), channelOf(overTcp)];
    const met = [...one.keys()].filter((slot) => other.has(slot));
    expect(met.length).toBeGreaterThan(20);
    expect(met.map((slot) => other.get(slot))).toEqual(met.map((slot) => one.get(slot)));
    expect(new Set(met.map((slot) => one.get(slot)))).toEqual(new Set(['delivered', 'loss']));
  },
  LIMIT_MS,
);

test.for(['10.77.0.1', 'fd77::1'])(
  'TCP as fast as it goes, to %s: packets of the MTU, each of which its receiver finds right',
  { timeout: LIMIT_MS },
  async (address, context) => {
    const net = await network(context);
    const receiver = program(net, 'server', tcpReceiver(address));
    await receiver.ready;
    // For a capture every checksum is completed, and then every one is verified.
    await net.emulator.capture('/dev/null');
    const report = await across(net, {}, PER_PACKET, async () => {
      await program(net, 'clients', tcpSender(2_000_000, 0, address)).answer;
      expect(await receiver.answer).toEqual({ count: 2_000_000, right: true });
    });
    expect(Math.max(...report.packets.sizeBytes)).toBe(1500);
    expect(report.traffic.up['tcp data'].packets).toBeGreaterThanOrEqual(2_000_000 / 1460);
    // None was lost, so none had to be sent again; a kernel on a busy machine may ask with the last one whether it came.
    expect(report.ledger.up.delivered).toEqual(report.ledger.up.offered);
    expect(report.traffic.up['tcp retransmission'].packets).toBeLessThanOrEqual(2);
  },
);

test(
  'IPv6',
  async (context) => {
    const net = await network(context);
    const receiver = program(net, 'server', udpReceiver('fd77::1'));
    await receiver.ready;
    await across(net, { delay: '1ms' }, PER_TIME, async () => {
      await program(net, 'clients', udpSender(5, 100, 1, 'fd77::1')).answer;
      expect(await receiver.answer).toEqual([1, 2, 3, 4, 5]);
    });
  },
  LIMIT_MS,
);

test(
  'datagrams of 5,000 bytes over an MTU of 576 travel in fragments and arrive whole',
  async (context) => {
    const net = await network(context, 576);
    const receiver = program(net, 'server', udpReceiver());
    await receiver.ready;
    const report = await across(net, {}, PER_TIME, async () => {
      await program(net, 'clients', udpSender(4, 5_000, 1)).answer;
      expect(await receiver.answer).toEqual([1, 2, 3, 4]);
    });
    // 5,008 bytes of UDP in pieces of 552.
    expect(report.traffic.up.fragment.packets).toBe(4 * 10);
    expect(report.arrivals.sizeBytes).toEqual([5_000, 5_000, 5_000, 5_000]);
    expect(report.arrivals.offset).toEqual([0, 1, 2, 3]);
  },
  LIMIT_MS,
);

test(
  'nothing arrives before its delay has passed, and a corrupted datagram not at all',
  async (context) => {
    const net = await network(context);
    const receiver = program(net, 'server', udpReceiver());
    await receiver.ready;
    const report = await across(
      net,
      { up: { delay: '20ms', corrupt: '30%', duplicate: '30%' } },
      PER_PACKET,
      async () => {
        await program(net, 'clients', udpSender(50, 100, 1)).answer;
        await receiver.answer;
      },
    );
    const { offeredNs, dueNs, copies, corruptBit } = report.packets;
    for (const [i, due] of dueNs.entries()) expect(due - offeredNs[i]!).toBeGreaterThanOrEqual(20e6 - 1);
    // The kernel's checksum sees a flipped bit wherever it is: of those packets no copy reaches the program.
    const expected = range(50).flatMap((number, i) =>
      corruptBit[i]! < 0 ? Array<number>(copies[i]!).fill(number) : [],
    );
    expect(await receiver.answer).toEqual(expected);
    expect(corruptBit.some((bit) => bit >= 0) && copies.some((count) => count > 1)).toBe(true);
  },
  LIMIT_MS,
);

test(
  'a packet with a flipped bit has not arrived, whichever bit it was, and is no loss of the machine',
  async (context) => {
    const net = await network(context);
    // 32 bytes each: in a few of these it is a bit of the version, and then the device itself takes no packet.
    const report = await across(
      net,
      { up: { corrupt: '100%' } },
      PER_PACKET,
      () => program(net, 'clients', udpSender(400, 4, 0)).answer,
    );
    expect(report.packets.corruptBit.filter((bit) => bit < 4).length).toBeGreaterThan(0);
    expect(report.ledger.up).toMatchObject({ corrupted: { packets: 400 }, dropped: { carrier: { packets: 0 } } });
    expect(report.arrivals.offset).toEqual([]);
    // Nobody listens there: had one been read, the host would have said so.
    expect(report.traffic.down.icmp.packets).toBe(0);
  },
  LIMIT_MS,
);

/** The fate of each slot in which packets met the channel. */
function channelOf({ packets }: PathReport): Map<number, string> {
  const channel = new Map<number, string>();
  for (const [i, direction] of packets.direction.entries()) {
    if (direction === 'up') channel.set(Math.floor(packets.sentNs[i]! / (PER_SLOT.slotMs * 1e6)), packets.fate[i]!);
  }
  return channel;
}

/** How many of a stream's bytes never arrived, by the record of arrivals. */
function missingBytes({ arrivals }: PathReport, sizeBytes: number): number {
  const come = new Uint8Array(sizeBytes);
  for (const [i, offset] of arrivals.offset.entries()) {
    if (arrivals.direction[i] === 'up' && arrivals.protocol[i] === 'tcp')
      come.fill(1, offset, offset + arrivals.sizeBytes[i]!);
  }
  return come.filter((byte) => byte === 0).length;
}
