// The loop between two devices, in virtual time: what it does with frames, and when.
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { counted, emptyLedger } from '../../../src/link/ledger.ts';
import { Emulator, type PathObserver } from '../../../src/link/tun/emulator.ts';
import { FRAME_HEADER_BYTES } from '../../../src/link/tun/frame.ts';
import { modelOf } from '../fates.ts';
import { burstFrame, frameOf, NEEDS_CHECKSUM, transportSum } from './frames.ts';
import { CLIENTS, MemoryDevices, SERVER } from './memory-devices.ts';
import { ip, TCP, UDP, udp } from './packets.ts';

const ORIGIN_NS = 7e9;
const MS = 1e6;
/** Of the event loop, each some milliseconds of the devices' time. */
const TURNS = 60;

interface Noted {
  readonly what: 'offered' | 'arrived' | 'lost here';
  readonly sizeBytes: number;
  readonly atNs: number;
}

/** An emulator with this on its way up, whose clients send these frames; what came of them. */
async function cross(
  profile: unknown,
  sent: readonly { atMs: number; frame: Uint8Array; from?: number }[],
  { completesChecksums = false, refusal }: { completesChecksums?: boolean; refusal?: number } = {},
) {
  const devices = new MemoryDevices(ORIGIN_NS);
  devices.refusal = refusal;
  for (const { atMs, frame, from = CLIENTS } of sent) devices.send(from, ORIGIN_NS + atMs * MS, frame);
  const noted: Noted[] = [];
  const note = (what: Noted['what']) => (seen: { sizeBytes: number; nowNs: number }) =>
    void noted.push({ what, sizeBytes: seen.sizeBytes, atNs: seen.nowNs - ORIGIN_NS });
  const observer: PathObserver = { offered: note('offered'), arrived: note('arrived'), lostHere: note('lost here') };
  const ledger = emptyLedger();
  const models = { up: counted(modelOf(profile), ledger.up), down: counted(modelOf({}), ledger.down) };
  const emulator = new Emulator(
    { libc: devices, devices: { clients: CLIENTS, server: SERVER }, mtuBytes: 1500 },
    { originNs: ORIGIN_NS, models, observer, completesChecksums },
  );
  onTestFinished(() => emulator.stop());
  emulator.run();
  for (let turn = 0; turn < TURNS; turn++) await turnOfTheLoop();
  emulator.stop();
  const written = devices.written.map(({ fd, atNs, bytes }) => ({
    fd,
    atNs: atNs - ORIGIN_NS,
    flags: bytes[0]!,
    packet: bytes.subarray(FRAME_HEADER_BYTES),
  }));
  return { written, noted, ledger, lateness: emulator.lateness(), inFlight: emulator.inFlight };
}

const datagram = (marking: number, dataBytes = 20) => ip(4, UDP, udp(1, 2, new Uint8Array(dataBytes).fill(marking)));
const bytes = (count: number) => Uint8Array.from({ length: count }, (_, i) => (i * 7) % 251);
const burst = (version: 4 | 6 = 4) => burstFrame({ version, data: bytes(2500), segmentBytes: 1000 });
const dataOf = (packet: Uint8Array) => packet.subarray(packet[0]! >> 4 === 6 ? 60 : 40);

test('what one host sends is written to the other, both ways', async () => {
  const { written } = await cross({}, [
    { atMs: 1, frame: frameOf(datagram(1)) },
    { atMs: 2, frame: frameOf(datagram(2)), from: SERVER },
  ]);
  expect(written.map(({ fd, packet }) => [fd, packet])).toEqual([
    [SERVER, datagram(1)],
    [CLIENTS, datagram(2)],
  ]);
});

test('a packet is written when its delay is over, and not more than a few looks at the clock later', async () => {
  const { written, lateness } = await cross({ delay: '20ms' }, [{ atMs: 5, frame: frameOf(datagram(1)) }]);
  expect(written).toHaveLength(1);
  expect(written[0]!.atNs).toBeGreaterThanOrEqual(25 * MS);
  expect(written[0]!.atNs).toBeLessThan(25 * MS + 1000);
  expect(lateness).toMatchObject({ count: 1 });
  expect(lateness.maxNs).toBeLessThan(1000);
});

test.each([4, 6] as const)(
  'every segment of a burst over IPv%i is a packet of its own to the link',
  async (version) => {
    const loss = { kind: 'list', packets: [2] };
    const { written, ledger, noted } = await cross({ loss }, [{ atMs: 1, frame: burst(version) }]);
    const headerBytes = version === 6 ? 60 : 40;
    expect(ledger.up).toMatchObject({
      offered: { packets: 3, bytes: 2500 + 3 * headerBytes },
      dropped: { list: { packets: 1 } },
    });
    expect(written.map(({ packet }) => dataOf(packet).length)).toEqual([1000, 500]);
    expect(Buffer.concat(written.map(({ packet }) => dataOf(packet)))).toEqual(
      Buffer.concat([bytes(2500).subarray(0, 1000), bytes(2500).subarray(2000)]),
    );
    expect(noted.filter(({ what }) => what === 'offered')).toHaveLength(3);
  },
);

test('segments that wait keep their bytes while others come', async () => {
  const frames = [burst(), frameOf(datagram(9)), burst(6), burst()];
  const { written, inFlight } = await cross(
    { delay: '30ms' },
    frames.map((frame, i) => ({ atMs: i, frame })),
  );
  const sent = written.map(({ packet }) => Buffer.from(dataOf(packet)).toString('latin1')).join('');
  const data = Buffer.from(bytes(2500)).toString('latin1');
  expect(sent).toBe(`${data}${Buffer.from(datagram(9)).subarray(40).toString('latin1')}${data}${data}`);
  expect(inFlight).toBe(0);
});

test('each segment has the instant at which it was taken, and arrives before the next is offered', async () => {
  const { noted } = await cross({}, [{ atMs: 1, frame: burst() }]);
  expect(noted.map(({ what }) => what)).toEqual(['offered', 'arrived', 'offered', 'arrived', 'offered', 'arrived']);
  const instants = noted.filter(({ what }) => what === 'offered').map(({ atNs }) => atNs);
  expect(new Set(instants).size).toBe(3);
  expect(instants).toEqual(instants.toSorted((a, b) => a - b));
});

test('a checksum that was left to do is left to do: whoever receives it takes it as it is', async () => {
  const { written } = await cross({}, [{ atMs: 1, frame: burst() }]);
  expect(written.map(({ flags }) => flags)).toEqual([NEEDS_CHECKSUM, NEEDS_CHECKSUM, NEEDS_CHECKSUM]);
});

test('where others will look at the packets their checksums are right', async () => {
  const sent = [
    { atMs: 1, frame: burst() },
    { atMs: 2, frame: burst(6) },
  ];
  const { written } = await cross({}, sent, { completesChecksums: true });
  expect(written.map(({ flags, packet }) => [flags, transportSum(packet, TCP)])).toEqual(
    Array.from({ length: 6 }, () => [0, 0xffff]),
  );
});

test('a flipped bit is behind a right checksum, so that the receiver finds it', async () => {
  const { written } = await cross({ corrupt: '100%' }, [{ atMs: 1, frame: burst() }]);
  const clean = await cross({}, [{ atMs: 1, frame: burst() }], { completesChecksums: true });
  expect(written.map(({ flags }) => flags)).toEqual([0, 0, 0]);
  for (const [index, { packet }] of written.entries()) {
    const differing = [...packet]
      .map((byte, at) => byte ^ clean.written[index]!.packet[at]!)
      .filter((bits) => bits > 0);
    expect(differing).toHaveLength(1);
    expect(Math.log2(differing[0]!) % 1).toBe(0);
  }
});

test('a damaged segment does not damage the next one', async () => {
  const clean = await cross({}, [{ atMs: 1, frame: burst() }], { completesChecksums: true });
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const damaged = await cross(
      { corrupt: '50%' },
      Array.from({ length: seed }, (_, i) => ({ atMs: i, frame: burst() })),
      {
        completesChecksums: true,
      },
    );
    for (const [index, { packet }] of damaged.written.entries()) {
      const should = clean.written[index % 3]!.packet;
      const differing = [...packet].filter((byte, at) => byte !== should[at]);
      expect(differing.length).toBeLessThanOrEqual(1);
    }
  }
});

test('copies arrive each, at one instant', async () => {
  const { written } = await cross({ duplicate: '100%', delay: '1ms' }, [{ atMs: 1, frame: burst() }]);
  expect(written).toHaveLength(6);
});

test('what a device does not take is lost here', async () => {
  const { noted } = await cross({}, [{ atMs: 1, frame: burst() }], { refusal: -105 });
  expect(noted.map(({ what }) => what)).toEqual([
    'offered',
    'lost here',
    'offered',
    'lost here',
    'offered',
    'lost here',
  ]);
});
