// Puts a link between a person and a server: packets where this machine can emulate them, else a relay.
import { CallerError } from '../../src/core/errors.ts';
import { beyondStream, relayCarries } from '../../src/link/backend.ts';
import type { Chance } from '../../src/link/chance.ts';
import { LinkMachineError } from '../../src/link/machine-error.ts';
import type { LinkProfile } from '../../src/link/profile.ts';
import { type Relay, startRelay } from '../../src/link/relay.ts';
import { type EmulatedNetwork, MTU_LIMITS, startNetwork } from '../../src/link/tun/network.ts';
import type { Heard } from '../duel/readers.ts';
import { chanceOf, type LinkWords, profileOf } from '../link/link-words.ts';
import { noTun } from '../no-tun.ts';
import { PROGRAMS } from '../programs.ts';
import { lastWords } from './last-words.ts';
import type { Address, BackendChoice, LiveLink, Transport } from './live-link.ts';
import { performOnClients } from './perform-on-clients.ts';
import { requireStreamServer } from './require-server.ts';
import { perform, type Task } from './task.ts';

/** As it begins. */
export interface Link {
  readonly profile: LinkProfile;
  readonly chance: Chance;
}

export interface Crossing {
  readonly task: Task;
  readonly words: LinkWords;
  readonly backend: BackendChoice;
  readonly server: Address;
  /** The transports that the task can't do without, and those that it uses where the link can carry them. */
  readonly needs: readonly Transport[];
  readonly uses: readonly Transport[];
  /** What came to those who read on the far side, since it was last asked. */
  readonly heard: () => Promise<Heard[]>;
}

/** Resolves when the task has ended. @throws MachineError or CallerError where the link can't be had */
export async function performAcross(crossing: Crossing): Promise<void> {
  const { backend, words } = crossing;
  // What is wrong with it is told before anything is started.
  const link = { profile: profileOf(words), chance: chanceOf(words) };
  if (crossing.needs.includes('tcp')) await requireStreamServer(crossing.server);
  if (backend === 'relay') return performOverRelay(crossing, link);
  const network = await openNetwork(backend === 'tun');
  if (network instanceof LinkMachineError) return performOverRelay(crossing, link, network.message);
  try {
    await performOnClients(network, crossing, link);
  } finally {
    await network.close();
  }
}

/** Or why there is none. */
async function openNetwork(isRequired: boolean): Promise<EmulatedNetwork | LinkMachineError> {
  try {
    return await startNetwork({ program: PROGRAMS.emulator, mtuBytes: MTU_LIMITS.usual });
  } catch (error) {
    if (!(error instanceof LinkMachineError)) throw error;
    if (isRequired) throw noTun(error);
    return error;
  }
}

async function performOverRelay(crossing: Crossing, link: Link, whyNoPackets?: string): Promise<void> {
  const { server, needs, uses, heard, task } = crossing;
  const { profile, chance } = link;
  const isCarried = (transport: Transport) => relayCarries(profile, transport).available;
  if (!needs.every(isCarried)) throw notCarried(profile, whyNoPackets);
  const carried = [...needs, ...uses].filter(isCarried);
  const relay = await startRelay({
    listenHost: '127.0.0.1',
    server: {
      host: server.host,
      ...(carried.includes('tcp') && { tcpPort: server.port }),
      ...(carried.includes('udp') && { udpPort: server.port }),
    },
    profile,
    chance,
  });
  try {
    await perform(task, relayLink(relay, link, whyNoPackets), heard);
    await lastWords(async () => relay.inFlight());
  } finally {
    await relay.close();
  }
}

function relayLink(relay: Relay, link: Link, whyNoPackets: string | undefined): LiveLink {
  let { profile } = link;
  const address = (port: number | undefined) => (port === undefined ? undefined : { host: '127.0.0.1', port });
  return {
    backend: 'relay',
    whyNoPackets,
    chance: link.chance,
    server: { tcp: address(relay.tcpPort), udp: address(relay.udpPort) },
    get profile() {
      return profile;
    },
    async change(next) {
      if (relay.tcpPort !== undefined && !relayCarries(next, 'tcp').available) throw notCarried(next, whyNoPackets);
      relay.change(next);
      profile = next;
    },
    news: async () => relay.news(),
  };
}

function notCarried(profile: LinkProfile, whyNoPackets: string | undefined): CallerError {
  const asked = beyondStream(profile).join(', ');
  const instead =
    whyNoPackets === undefined
      ? 'Use --backend tun, or UDP.'
      : `Packets could, but the emulator does not work here: ${whyNoPackets} Use UDP.`;
  return new CallerError(
    `A relay can't do "${asked}" to a TCP stream: nothing of it can be lost above the kernel. ${instead}`,
  );
}
