// The rig of the packet emulator: each host is a network namespace, and the kernel's own TCP and UDP cross the link.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Carries } from '../../link/backend.ts';
import type { PathReport } from '../../link/tun/emulator-process.ts';
import { readHostCounters } from '../../link/tun/host-counters.ts';
import { ADDRESSES, type HostName } from '../../link/tun/hosts.ts';
import { type EmulatedNetwork, MTU_LIMITS, startNetwork } from '../../link/tun/network.ts';
import type { Contestant } from '../scenario/scenario.ts';
import { CONTROL, HostSettings } from './host-settings.ts';
import { linkCount } from './link-count.ts';
import { type HostCounters, type LinkAccount, type LinkSettings, NODE_FLAGS, type OpenLink, type Rig } from './rig.ts';

export interface TunRigSettings {
  /** The emulator's program. */
  readonly program: URL;
  readonly mtuBytes: number | undefined;
  /** A file that every packet is written to. */
  readonly captureFile: string | undefined;
}

const HOSTS: readonly HostName[] = ['server', 'clients'];

/** A kernel remembers what it learnt of a path, and a connection of the next trial would begin with the last one's losses. */
const FORGETFUL = { 'net.ipv4.tcp_no_metrics_save': '1' };

/** @throws an error that says what this machine can't do */
export async function tunRig({ program, mtuBytes = MTU_LIMITS.usual, captureFile }: TunRigSettings): Promise<Rig> {
  const network = await startNetwork({ program, mtuBytes });
  try {
    if (captureFile !== undefined) await network.emulator.capture(captureFile);
  } catch (error) {
    await network.close();
    throw error;
  }
  const settings = HOSTS.map((host) => new HostSettings(network, host));
  let isBroken = false;
  void network.broken.then(() => {
    isBroken = true;
  });
  return {
    backend: 'tun',
    seesPackets: true,
    serverHost: ADDRESSES.server.ipv4,
    broken: network.broken,
    carries: (_profile, contestant) => carries(contestant),
    tune: async (kernel) => {
      for (const host of settings) await host.apply({ ...FORGETFUL, ...kernel });
    },
    readCounters: () => readCounters(network),
    quiet: (limitMs) => quiet(network, limitMs),
    launch: (host, other) =>
      network.spawn(host, process.execPath, [...NODE_FLAGS, fileURLToPath(other)], {
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      }),
    openLink: (link) => openLink(network, link),
    async close() {
      try {
        if (captureFile !== undefined && !isBroken) await network.emulator.endCapture(undefined);
      } finally {
        await network.close();
      }
    },
  };
}

async function readCounters({ pids }: EmulatedNetwork): Promise<HostCounters> {
  return { server: await readHostCounters(pids.server), clients: await readHostCounters(pids.clients) };
}

/** Longer than a delayed acknowledgement waits (40 ms on Linux). */
const QUIET_MS = 60;
const LOOK_MS = 20;

/** Nothing is on its way, and neither kernel has sent or received anything for a while. */
async function quiet(network: EmulatedNetwork, limitMs: number): Promise<boolean> {
  let seen = '';
  let sinceMs = performance.now();
  for (const startMs = sinceMs; performance.now() - startMs < limitMs; await pause(LOOK_MS)) {
    const now = `${JSON.stringify(await readCounters(network))} ${await network.emulator.inFlight(undefined)}`;
    if (now !== seen || !now.endsWith(' 0')) sinceMs = performance.now();
    else if (performance.now() - sinceMs >= QUIET_MS) return true;
    seen = now;
  }
  return false;
}

/** A kernel has some kinds of congestion control and lacks others: said before a trial fails of it. */
function carries({ kernel }: Contestant): Carries {
  const asked = kernel[CONTROL];
  if (asked === undefined) return { available: true };
  const known = readFileSync('/proc/sys/net/ipv4/tcp_available_congestion_control', 'utf8').trim().split(/\s+/);
  if (known.includes(asked)) return { available: true };
  return { available: false, obstacle: { kind: 'no-congestion-control', asked, known } };
}

async function openLink(
  { emulator }: EmulatedNetwork,
  { profile, chance, serverPort, mark }: LinkSettings,
): Promise<OpenLink> {
  await emulator.open({ profile, chance, recordsPackets: true, ...(mark && { mark }) });
  return {
    host: ADDRESSES.server.ipv4,
    port: serverPort,
    begin: (originNs) => emulator.begin(originNs),
    close: async () => accountOf(await emulator.close(undefined)),
  };
}

function accountOf(report: PathReport): LinkAccount {
  const { ledger, traffic, lateness, packets, arrivals, queue, stoodStillMs } = report;
  const count = { ...linkCount(ledger, lateness), traffic };
  const lost = { up: ledger.up.dropped.carrier.packets, down: ledger.down.dropped.carrier.packets };
  return { count, path: { packets, arrivals, queue }, traffic, carrier: lost, stoodStillMs };
}
