// Which backend carries a run: the one that was asked for, or the best that this machine has, and then the reason.
import { remoteRig } from '../../src/bench/rig/remote-rig.ts';
import { loopbackRig, type Rig, relayRig } from '../../src/bench/rig/rig.ts';
import { type TunRigSettings, tunRig } from '../../src/bench/rig/tun-rig.ts';
import { connect } from '../../src/connect.ts';
import { CallerError } from '../../src/core/errors.ts';
import { codeOf } from '../../src/core/machine-fault.ts';
import { LinkMachineError } from '../../src/link/machine-error.ts';
import { noTun } from '../no-tun.ts';
import { PROGRAMS } from '../programs.ts';
import { parseServer } from './server-address.ts';

export type BackendChoice = 'auto' | 'tun' | 'relay' | 'loopback';

export interface ChosenRig {
  readonly rig: Rig;
  /** Why the packet emulator did not work, where nobody asked for another. */
  readonly why?: string;
}

type Settings = Omit<TunRigSettings, 'program'>;

/**
 * @param choice a backend, or HOST:PORT of a server elsewhere
 * @throws MachineError where the backend that was asked for does not work here, or nobody answers there
 */
export async function openRig(choice: string, settings: Settings): Promise<ChosenRig> {
  switch (choice) {
    case 'loopback':
      return { rig: loopbackRig(settings.mtuBytes) };
    case 'relay':
      return { rig: relayRig(PROGRAMS.relay, settings.mtuBytes) };
    case 'tun':
      return { rig: await openTun(settings).catch(refuse) };
    case 'auto':
      return openBest(settings);
    default:
      return { rig: await openRemote(choice, settings) };
  }
}

async function openBest(settings: Settings): Promise<ChosenRig> {
  try {
    return { rig: await openTun(settings) };
  } catch (error) {
    if (!(error instanceof LinkMachineError)) throw error;
    return { rig: relayRig(PROGRAMS.relay, settings.mtuBytes), why: error.message };
  }
}

/** Somebody joins once, so that a server that is not there is told at once and not trial by trial. */
async function openRemote(address: string, { mtuBytes }: Settings): Promise<Rig> {
  const server = parseServer(address);
  const visitor = await connect({ transport: 'tcp', ...server }).catch((error: unknown) => {
    throw codeOf(error) === 'secret-needed' ? new CallerError(NO_SECRETS) : error;
  });
  visitor.close();
  return remoteRig(server, mtuBytes);
}

const NO_SECRETS =
  'This server lets in only who knows its secret, and experiments know none. Start one for them without --secret-file, and with a high --max-rate.';

function openTun(settings: Settings): Promise<Rig> {
  return tunRig({ program: PROGRAMS.emulator, ...settings });
}

function refuse(error: unknown): never {
  throw error instanceof LinkMachineError ? noTun(error) : error;
}
