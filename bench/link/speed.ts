// Is it fast? The emulator beside the floor, in turns: TCP and small datagrams through each, and the processor time of the
// process that carries them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PROGRAMS } from '../../cli/programs.ts';
import { parseLinkProfile } from '../../src/link/parse-profile.ts';
import type { LinkProfile } from '../../src/link/profile.ts';
import { type EmulatedNetwork, MTU_LIMITS, startNetwork } from '../../src/link/tun/network.ts';
import { cpuUsOf, packetsInto, parentOf } from './counters.ts';
import { iperf } from './programs.ts';

export const CARRIERS = ['floor', 'empty', 'full'] as const;
export type Carrier = (typeof CARRIERS)[number];

export interface SpeedSample {
  readonly carrier: Carrier;
  readonly load: Load;
  /** Of payload, at the receiver. */
  readonly gbitPerSecond: number;
  /** Handed to both hosts: data one way, acknowledgements the other. */
  readonly packetsPerSecond: number;
  readonly cpuUsPerPacket: number;
}

export const LOADS = { tcp: [], udp: ['-u', '-b', '0', '-l', '64'] } as const;
export type Load = keyof typeof LOADS;

/**
 * Every unit of the chain at work on every packet, and none of them in TCP's way: the rate is above what the machine can
 * carry and its buffer is the largest that TCP fills, chances are so small that they seldom come true, and the delay is
 * short enough that the window of a connection still fills the pipe, but long enough that every packet waits in the heap.
 */
const FULL = parseLinkProfile({
  rate: '10gbit',
  queue: '10MB',
  delay: '50us',
  jitter: { time: '10us', distribution: 'normal' },
  loss: { kind: 'gilbert-elliott', p: '0.0001%', r: '50%' },
  reorder: '0.0001%',
  duplicate: '0.0001%',
  corrupt: '0.0001%',
});

export const PROFILES: Record<Exclude<Carrier, 'floor'>, LinkProfile> = { empty: { up: {}, down: {} }, full: FULL };

/** Carriers take turns, so that a noisy minute hits each of them. */
export async function measureSpeed(
  rounds: number,
  seconds: number,
  told: (words: string) => void,
): Promise<SpeedSample[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-link-'));
  try {
    const floor = compileFloor(folder);
    const carriers = CARRIERS.filter((carrier) => carrier !== 'floor' || floor !== undefined);
    const samples: SpeedSample[] = [];
    for (let round = 1; round <= rounds; round++) {
      for (const carrier of carriers) {
        told(`speed: round ${round} of ${rounds}, ${carrier}`);
        samples.push(...(await measure(carrier, seconds)));
      }
    }
    return samples;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The floor's program as the environment of whoever starts it names it; undefined where there is no compiler. */
function compileFloor(folder: string): string | undefined {
  const source = fileURLToPath(new URL('../../../bench/link/floor.c', import.meta.url));
  const program = join(folder, 'floor');
  try {
    execFileSync('cc', ['-O2', '-Wall', '-o', program, source]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  process.env['FLOOR_PROGRAM'] = program;
  return program;
}

async function measure(carrier: Carrier, seconds: number): Promise<SpeedSample[]> {
  const program = carrier === 'floor' ? new URL('./processes/floor.js', import.meta.url) : PROGRAMS.emulator;
  const network = await startNetwork({ program, mtuBytes: MTU_LIMITS.usual });
  try {
    if (carrier !== 'floor') {
      const chance = { mode: 'packet', seed: 1 } as const;
      await network.emulator.open({ profile: PROFILES[carrier], chance, recordsPackets: false });
    }
    const samples: SpeedSample[] = [];
    for (const load of Object.keys(LOADS) as Load[]) samples.push(await measureLoad(network, carrier, load, seconds));
    return samples;
  } finally {
    await network.close();
  }
}

async function measureLoad(
  network: EmulatedNetwork,
  carrier: Carrier,
  load: Load,
  seconds: number,
): Promise<SpeedSample> {
  const running = iperf(network, ['-O', String(WARM_UP_SECONDS), '-t', String(seconds), ...LOADS[load]]);
  await sleep(WARM_UP_SECONDS * 1000);
  const before = count(network);
  await sleep((seconds - END_SECONDS) * 1000);
  const after = count(network);
  const packets = after.packets - before.packets;
  return {
    carrier,
    load,
    gbitPerSecond: (await running).receivedBitsPerSecond / 1e9,
    packetsPerSecond: (packets / (after.atMs - before.atMs)) * 1000,
    cpuUsPerPacket: (after.cpuUs - before.cpuUs) / packets,
  };
}

/** TCP finds its speed, and the emulator's code is compiled. */
const WARM_UP_SECONDS = 1;

/** Counting stops this much before the load does. */
const END_SECONDS = 0.3;

function count({ pids }: EmulatedNetwork): { packets: number; cpuUs: number; atMs: number } {
  return {
    packets: packetsInto(pids.server) + packetsInto(pids.clients),
    cpuUs: cpuUsOf(parentOf(pids.server)),
    atMs: performance.now(),
  };
}
