// What the emulator's loop allocates for a packet: in a process of its own, whose young generation has room for all of it, so
// that nothing is collected between two looks at the heap.
import { fork } from 'node:child_process';
import { dismiss, remote } from '../../src/rpc.ts';
import type { GarbageApi } from './processes/garbage.ts';
import { PROFILES } from './speed.ts';

export interface Garbage {
  readonly profile: string;
  readonly bytesPerPacket: number;
}

const PROGRAM = new URL('./processes/garbage.js', import.meta.url);
const FLAGS = ['--expose-gc', '--min-semi-space-size=128', '--max-semi-space-size=128'];
const PACKETS = 1_000_000;

export async function measureGarbage(told: (words: string) => void): Promise<Garbage[]> {
  const measured: Garbage[] = [];
  for (const [profile, direction] of Object.entries(PROFILES)) {
    told(`garbage: ${profile}`);
    const child = fork(PROGRAM, { execArgv: FLAGS, serialization: 'advanced' });
    try {
      const order = { profile: direction, packets: PACKETS };
      measured.push({ profile, bytesPerPacket: await remote<GarbageApi>(child, 'garbage').measure(order) });
    } finally {
      await dismiss(child);
    }
  }
  return measured;
}
