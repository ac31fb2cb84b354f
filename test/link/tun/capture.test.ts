// A capture file, from what an emulator tells of its packets to what a reader finds.
import { execFileSync } from 'node:child_process';
import { closeSync, constants, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Fate } from '../../../src/link/model.ts';
import { type Capture, openCapture } from '../../../src/link/tun/capture.ts';
import { needs } from '../../support/ability.ts';
import { ipv4, UDP, udp } from './packets.ts';
import { type ReadPacket, readPackets } from './read-pcapng.ts';
import { tellArrived, tellLostHere, tellOffered } from './tell.ts';

const PACKET = ipv4(UDP, udp(7, 9, new Uint8Array(5)));
/** 2026-01-02 03:04:05.678 UTC: more nanoseconds since 1970 than a double counts one by one. */
const OPENED_MS = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const OPENED_NS = 1_234_567_890_123;

afterEach(() => void vi.useRealTimers());

/** The path of a file that does not exist yet. */
function freshFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lab-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'x.pcapng');
}

/** What a capture of these packets holds. */
function captured(fill: (capture: Capture) => void): ReadPacket[] {
  vi.useFakeTimers({ now: OPENED_MS, toFake: ['Date'] });
  const file = freshFile();
  const capture = openCapture(file, () => OPENED_NS);
  fill(capture);
  capture.close();
  return readPackets(readFileSync(file));
}

test('a packet stands on the interface of its sender, and on that of its receiver where it arrived', () => {
  const packets = captured((capture) => {
    tellOffered(capture, { direction: 'up', bytes: PACKET, atNs: OPENED_NS });
    tellArrived(capture, { direction: 'up', bytes: PACKET, atNs: OPENED_NS });
    tellOffered(capture, { direction: 'down', bytes: PACKET, atNs: OPENED_NS });
    tellArrived(capture, { direction: 'down', bytes: PACKET, atNs: OPENED_NS });
    tellLostHere(capture, { direction: 'down', bytes: PACKET, atNs: OPENED_NS });
  });
  expect(packets.map(({ interfaceName }) => interfaceName)).toEqual([
    'clients',
    'server',
    'server',
    'clients',
    'server',
  ]);
  for (const { bytes } of packets) expect(Uint8Array.from(bytes)).toEqual(PACKET);
});

test.each<[Partial<Fate>, string]>([
  [{}, ''],
  [{ dropped: 'loss' }, 'dropped: loss'],
  [{ dropped: 'queue', copies: 2, corruptBit: 3 }, 'dropped: queue'],
  [{ copies: 2 }, 'duplicated: 2 copies'],
  [{ corruptBit: 0 }, 'corrupted: bit 0 flipped'],
  [{ copies: 3, corruptBit: 263 }, 'duplicated: 3 copies; corrupted: bit 263 flipped'],
])('%o is told as "%s"', (fate, comment) => {
  const [packet] = captured((capture) =>
    tellOffered(capture, { direction: 'up', bytes: PACKET, atNs: OPENED_NS }, fate),
  );
  expect(packet!.comment).toBe(comment);
});

test('what the machine lost says so', () => {
  const [packet] = captured((capture) => tellLostHere(capture, { direction: 'up', bytes: PACKET, atNs: OPENED_NS }));
  expect(packet!.comment).toBe('dropped: by the machine, not by the link');
});

test('instants are exact to the nanosecond, also before the capture began and hours later', () => {
  const since = [0, 1, 2, 255, 4_294_967_295, 4_294_967_296, 86_400_000_000_001, -1, -5_000_000_000];
  const packets = captured((capture) => {
    for (const ns of since) tellArrived(capture, { direction: 'up', bytes: PACKET, atNs: OPENED_NS + ns });
  });
  const opened = BigInt(OPENED_MS) * 1_000_000n;
  expect(packets.map(({ atNs }) => atNs - opened)).toEqual(since.map(BigInt));
});

test('more than the buffer holds, in order', () => {
  const large = ipv4(UDP, udp(7, 9, new Uint8Array(60_000)));
  const packets = captured((capture) => {
    for (let i = 0; i < 50; i++) {
      large[large.length - 1] = i;
      tellOffered(capture, { direction: 'up', bytes: large, atNs: OPENED_NS + i }, { dropped: 'loss' });
    }
  });
  expect(packets.map(({ bytes }) => bytes.at(-1))).toEqual(Array.from({ length: 50 }, (_, i) => i));
});

test('a file that can not be written is told with its name, before anything crosses', () => {
  const open = () => openCapture('/no/such/folder/x.pcapng', () => 0);
  expect(open).toThrow(/^The capture can't be written to \/no\/such\/folder\/x\.pcapng: ENOENT/);
});

test('a disk that is full when the capture begins is told the same way', (context) => {
  needs(context, existsSync('/dev/full'), 'it needs /dev/full');
  expect(() => openCapture('/dev/full', () => 0)).toThrow(/can't be written to \/dev\/full: ENOSPC/);
});

test('a file that takes no more is told at the end, and packets go on', (context) => {
  needs(context, process.platform !== 'win32', 'it needs named pipes');
  const file = freshFile();
  execFileSync('mkfifo', [file]);
  const reader = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  const capture = openCapture(file, () => 0);
  closeSync(reader);
  const large = ipv4(UDP, udp(7, 9, new Uint8Array(60_000)));
  for (let i = 0; i < 50; i++) tellArrived(capture, { direction: 'up', bytes: large, atNs: i });
  expect(() => capture.close()).toThrow(`The capture can't be written to ${file}: EPIPE: broken pipe, write.`);
});
