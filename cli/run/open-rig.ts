// Which backend carries a run: the one that was asked for, or the best that this machine has, and then the reason.
import { loopbackRig, type Rig, relayRig } from '../../src/bench/rig.ts';
import { type TunRigSettings, tunRig } from '../../src/bench/tun-rig.ts';
import { LinkMachineError } from '../../src/link/machine-error.ts';
import { noTun } from '../no-tun.ts';
import { PROGRAMS } from '../programs.ts';

export type BackendChoice = 'auto' | 'tun' | 'relay' | 'loopback';

export interface ChosenRig {
  readonly rig: Rig;
  /** Why it is not the packet emulator, where nobody asked for another. */
  readonly why?: string;
}

/** @throws MachineError where the backend that was asked for does not work here */
export async function openRig(choice: BackendChoice, settings: Omit<TunRigSettings, 'program'>): Promise<ChosenRig> {
  switch (choice) {
    case 'loopback':
      return { rig: loopbackRig(settings.mtuBytes) };
    case 'relay':
      return { rig: relayRig(PROGRAMS.relay, settings.mtuBytes) };
    case 'tun':
      return { rig: await openTun(settings).catch(refuse) };
    case 'auto':
      try {
        return { rig: await openTun(settings) };
      } catch (error) {
        if (!(error instanceof LinkMachineError)) throw error;
        const why = `The packet emulator does not work here, so the relay carries this run: ${error.message}`;
        return { rig: relayRig(PROGRAMS.relay, settings.mtuBytes), why };
      }
  }
}

function openTun(settings: Omit<TunRigSettings, 'program'>): Promise<Rig> {
  return tunRig({ program: PROGRAMS.emulator, ...settings });
}

function refuse(error: unknown): never {
  throw error instanceof LinkMachineError ? noTun(error) : error;
}
