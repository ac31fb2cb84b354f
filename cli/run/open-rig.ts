// Which backend carries a run: the one that was asked for, or the best that this machine has, and then the reason.
import { loopbackRig, type Rig, relayRig } from '../../src/bench/rig.ts';
import { type TunRigSettings, tunRig } from '../../src/bench/tun-rig.ts';
import { MachineError } from '../../src/core/errors.ts';
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
      return { rig: await openTun(settings) };
    case 'auto':
      try {
        return { rig: await openTun(settings) };
      } catch (error) {
        const why = `The packet emulator does not work here, so the relay carries this run: ${(error as Error).message}`;
        return { rig: relayRig(PROGRAMS.relay, settings.mtuBytes), why };
      }
  }
}

async function openTun(settings: Omit<TunRigSettings, 'program'>): Promise<Rig> {
  try {
    return await tunRig({ program: PROGRAMS.emulator, ...settings });
  } catch (error) {
    throw new MachineError('NO_TUN', `${(error as Error).message} ("lab link" shows what is missing.)`);
  }
}
