// The rig of the packet emulator: each host is a network namespace, and the kernel's own TCP and UDP cross the link.
import { fileURLToPath } from 'node:url';
import type { PathReport } from '../link/tun/emulator-process.ts';
import { ADDRESSES } from '../link/tun/hosts.ts';
import { type EmulatedNetwork, MTU_LIMITS, startNetwork } from '../link/tun/network.ts';
import { linkCount } from './link-count.ts';
import type { LinkAccount, LinkSettings, OpenLink, Rig } from './rig.ts';

export interface TunRigSettings {
  /** The emulator's program. */
  readonly program: URL;
  readonly mtuBytes: number | undefined;
  /** A file that every packet is written to. */
  readonly captureFile: string | undefined;
}

/** @throws an error that says what this machine can't do */
export async function tunRig({ program, mtuBytes = MTU_LIMITS.usual, captureFile }: TunRigSettings): Promise<Rig> {
  const network = await startNetwork({ program, mtuBytes });
  try {
    if (captureFile !== undefined) await network.emulator.capture(captureFile);
  } catch (error) {
    await network.close();
    throw error;
  }
  return {
    backend: 'tun',
    serverHost: ADDRESSES.server.ipv4,
    broken: network.broken,
    carries: () => ({ available: true }),
    launch: (host, other) =>
      network.spawn(host, process.execPath, [fileURLToPath(other)], {
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      }),
    openLink: (settings) => openLink(network, settings),
    close: () => network.close(),
  };
}

async function openLink(
  { emulator }: EmulatedNetwork,
  { profile, chance, serverPort }: LinkSettings,
): Promise<OpenLink> {
  await emulator.open({ profile, chance, recordsPackets: true });
  return {
    host: ADDRESSES.server.ipv4,
    port: serverPort,
    begin: (originNs) => emulator.begin(originNs),
    close: async () => accountOf(await emulator.close(undefined)),
  };
}

function accountOf(report: PathReport): LinkAccount {
  const { ledger, traffic, lateness, packets, arrivals, queue } = report;
  const count = { ...linkCount(ledger, lateness), traffic };
  return { count, path: { packets: { ...packets }, arrivals: { ...arrivals }, queue: { ...queue } } };
}
