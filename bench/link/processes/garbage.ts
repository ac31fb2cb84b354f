// The emulator's loop between two devices in memory: one gives bursts of a TCP stream, and the other takes every packet.
import { setTimeout as sleep } from 'node:timers/promises';
import { countedModels, emptyLedger } from '../../../src/link/ledger.ts';
import type { LinkProfile } from '../../../src/link/profile.ts';
import { Emulator } from '../../../src/link/tun/emulator.ts';
import { FRAME_HEADER_BYTES } from '../../../src/link/tun/frame.ts';
import { type Libc, loadLibc } from '../../../src/link/tun/libc.ts';
import { PathRecorder } from '../../../src/link/tun/path-recorder.ts';
import { monotonicNs } from '../../../src/monotonic.ts';
import { expose } from '../../../src/rpc.ts';

export interface GarbageApi {
  /** Answers the bytes that were allocated per packet, in the run after those in which the code was compiled. */
  measure(order: { readonly profile: LinkProfile; readonly packets: number }): Promise<number>;
}

const CLIENTS = 3;
const SEGMENTS = 44;
const SEGMENT_BYTES = 1448;
const HEADER_BYTES = 40;
const WARM_UPS = 4;

expose<GarbageApi>({
  async measure({ profile, packets }) {
    const devices = new Devices(await loadLibc());
    const emulator = startEmulator(profile, devices.libc);
    const cross = async () => {
      const before = { heapBytes: process.memoryUsage().heapUsed, written: devices.written };
      devices.burstsLeft = Math.ceil(packets / SEGMENTS);
      while (devices.burstsLeft > 0 || emulator.inFlight > 0) await sleep(20);
      return (process.memoryUsage().heapUsed - before.heapBytes) / (devices.written - before.written);
    };
    for (let count = 0; count < WARM_UPS; count++) await cross();
    globalThis.gc?.();
    const bytesPerPacket = await cross();
    emulator.stop();
    return bytesPerPacket;
  },
});

function startEmulator(profile: LinkProfile, libc: Libc): Emulator {
  const originNs = monotonicNs();
  const ledger = emptyLedger();
  const chance = { mode: 'packet', seed: 1 } as const;
  const models = countedModels(profile, chance, ledger);
  const observer = new PathRecorder({ originNs, ledger, bottlenecks: {}, recordsPackets: false });
  const emulator = new Emulator(
    { libc, devices: { clients: CLIENTS, server: CLIENTS + 1 }, mtuBytes: HEADER_BYTES + SEGMENT_BYTES },
    { originNs, models, observer, completesChecksums: false },
  );
  emulator.run();
  return emulator;
}

/** One at a time, at the pace of a line of 2 Gbit/s: what comes all at once would wait in a queue for most of its time. */
class Devices {
  burstsLeft = 0;
  written = 0;
  readonly libc: Libc;

  constructor(real: Libc) {
    const frame = burst();
    const now = new Float64Array(1);
    let nextNs = 0;
    this.libc = {
      ...real,
      read: (fd, into) => {
        if (fd !== CLIENTS || this.burstsLeft === 0) return 0;
        real.readClock(now);
        if (now[0]! < nextNs) return 0;
        nextNs = now[0]! + BURST_INTERVAL_NS;
        this.burstsLeft--;
        into.set(frame);
        return frame.length;
      },
      write: (_fd, _from, sizeBytes) => {
        this.written++;
        return sizeBytes;
      },
      readableWait: (_fds, timeoutNs) => () => {
        real.readClock(now);
        const endNs = now[0]! + timeoutNs[0]!;
        while (now[0]! < endNs && this.burstsLeft === 0) real.readClock(now);
      },
      sharpenTimers: () => {},
    };
  }
}

const BURST_INTERVAL_NS = (SEGMENTS * SEGMENT_BYTES * 8) / 2;

/** Of the header before a frame and those of IPv4 and TCP, the fields that somebody reads. */
function burst(): Uint8Array {
  const frame = new Uint8Array(FRAME_HEADER_BYTES + HEADER_BYTES + SEGMENTS * SEGMENT_BYTES);
  const packet = frame.subarray(FRAME_HEADER_BYTES);
  frame.set([1, 1, 0, 0, SEGMENT_BYTES & 0xff, SEGMENT_BYTES >> 8, 20, 0, 16, 0]);
  packet.set([0x45, 0, packet.length >> 8, packet.length & 0xff, 0, 0, 0x40, 0, 64, 6]);
  packet.set([10, 77, 0, 2, 10, 77, 0, 1], 12);
  packet.set([0xc3, 0x50, 0xae, 0xdd], 20);
  packet.set([0x50, 0x10], 32);
  return frame;
}
