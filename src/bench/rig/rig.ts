// The two hosts and what lies between them: one shape for every backend, so that a run does not know which one it is on.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type Backend, type Carries, loopbackCarries, relayCarries } from '../../link/backend.ts';
import type { Chance } from '../../link/chance.ts';
import type { LinkProfile } from '../../link/profile.ts';
import type { ArrivalTable } from '../../link/tun/arrivals.ts';
import type { HostCounters as KernelCounters } from '../../link/tun/host-counters.ts';
import type { PacketTable, QueueTable } from '../../link/tun/path-recorder.ts';
import type { Traffic } from '../../link/tun/traffic.ts';
import { dismiss, type Remote, remote } from '../../rpc.ts';
import type { SetUpPackets } from '../path/set-up-turns.ts';
import type { LinkCount } from '../result.ts';
import type { RunningServer } from '../run/crew.ts';
import type { Contestant } from '../scenario/scenario.ts';
import type { RelayApi } from './relay-process.ts';

export interface Rig {
  readonly backend: Backend | 'remote';
  /** A server that is there already and stays: none is started then, and none is killed. */
  readonly external?: RunningServer;
  /** Every packet's way is recorded: then it matters where messages lie in their streams. */
  readonly seesPackets?: true;
  /** Where the chat server listens on its host. */
  readonly serverHost: string;
  /** Resolves if the link's own process ends: nothing crosses any more. */
  readonly broken: Promise<void>;
  carries(profile: LinkProfile, contestant: Contestant): Carries;
  /**
   * Puts both hosts' kernels to these settings, and whatever was set before back to what it was.
   * @throws an error that says which one the kernel does not take
   */
  tune(kernel: Readonly<Record<string, string>>): Promise<void>;
  /**
   * Waits until nothing crosses any more, so that hosts and path can be asked for the same packets.
   * @returns whether it came to that within the time; undefined where it can't be told
   */
  quiet(limitMs: number): Promise<boolean | undefined>;
  /** The counters of both hosts' kernels; undefined where the hosts share one with the rest of the machine. */
  readCounters(): Promise<HostCounters | undefined>;
  /** Starts one of the lab's processes on a host. */
  launch(host: 'server' | 'clients', program: URL): ChildProcess;
  openLink(settings: LinkSettings): Promise<OpenLink>;
  /** Rejects where a capture that was asked for is not whole; the rig is closed then, too. */
  close(): Promise<void>;
}

/** What each kernel has counted since its host was made. */
export interface HostCounters {
  readonly server: KernelCounters;
  readonly clients: KernelCounters;
}

export interface LinkSettings {
  readonly transport: string;
  readonly profile: LinkProfile;
  readonly chance: Chance;
  readonly serverPort: number;
  /** What the bodies begin with whose way is to be followed. */
  readonly mark?: Uint8Array;
}

/** A link that is ready for clients, who connect to `host` and `port`. */
export interface OpenLink {
  readonly host: string;
  readonly port: number;
  /** Time zero of the channel, on the machine's clock; answers the packets before it, where they can be seen. */
  begin(originNs: number): Promise<SetUpPackets | undefined>;
  /** Ends the link and answers what it did. */
  close(): Promise<LinkAccount>;
}

/** What only the path can see, packet by packet. */
export interface PathTables {
  readonly packets: PacketTable;
  readonly arrivals: ArrivalTable;
  readonly queue: QueueTable;
}

/** What the carrier can tell; the loopback counts nothing, and only packets have a path to be seen on. */
export interface LinkAccount {
  readonly count?: LinkCount;
  readonly path?: PathTables;
  readonly traffic?: Traffic;
  /** Packets that the emulating machine itself lost, each way. */
  readonly carrier?: { readonly up: number; readonly down: number };
  /** The link's own process: the longest since it began. */
  readonly stoodStillMs?: number;
}

const HOST = '127.0.0.1';
const NEVER = new Promise<void>(() => {});

/** Nothing between: only a clean link is available. */
export function loopbackRig(mtuBytes: number | undefined): Rig {
  return {
    backend: 'loopback',
    serverHost: HOST,
    broken: NEVER,
    carries: (profile, { kernel }) => withoutHosts('loopback', mtuBytes, kernel) ?? loopbackCarries(profile),
    ...NO_HOSTS,
    launch: (_host, program) => launch(program),
    openLink: async ({ serverPort }) => ({
      host: HOST,
      port: serverPort,
      begin: async () => undefined,
      close: async () => ({}),
    }),
    close: async () => {},
  };
}

/** A relay in a process of its own. */
export function relayRig(program: URL, mtuBytes: number | undefined): Rig {
  const child = launch(program);
  const relay = remote<RelayApi>(child, 'relay');
  return {
    backend: 'relay',
    serverHost: HOST,
    broken: once(child, 'exit').then(() => {}),
    ...NO_HOSTS,
    carries: (profile, { transport, kernel }) =>
      withoutHosts('relay', mtuBytes, kernel) ??
      (transport === 'tcp' || transport === 'udp'
        ? relayCarries(profile, transport)
        : { available: false, obstacle: { kind: 'relay-knows-not', transport } }),
    launch: (_host, other) => launch(other),
    openLink: (settings) => openRelayLink(relay, settings),
    close: () => dismiss(child),
  };
}

/** Neither host is one: there is no kernel to set, and none whose counters are the run's alone. */
export const NO_HOSTS = { tune: async () => {}, readCounters: async () => undefined, quiet: async () => undefined };

function withoutHosts(
  backend: Backend,
  mtuBytes: number | undefined,
  kernel: Readonly<Record<string, string>>,
): Carries | undefined {
  const settings = Object.entries(kernel).map(([name, value]) => `${name} = ${value}`);
  const asked = [...(mtuBytes === undefined ? [] : [`mtu ${mtuBytes}`]), ...settings];
  if (asked.length === 0) return undefined;
  return { available: false, obstacle: { kind: 'no-hosts-to-set', backend, asked } };
}

async function openRelayLink(relay: Remote<RelayApi>, settings: LinkSettings): Promise<OpenLink> {
  const port = await relay.open({ host: HOST, ...settings });
  return {
    host: HOST,
    port,
    begin: (originNs) => relay.begin(originNs).then(() => undefined),
    close: async () => (await relay.close(undefined)) ?? {},
  };
}

/**
 * Of the lab's processes: they make little that lives long. A young generation of 12 MiB instead of 48 is collected more
 * often, and each time so much the sooner; a worker collects all that is left between trials.
 */
export const NODE_FLAGS = ['--max-semi-space-size=4', '--expose-gc'];

export function launch(program: URL): ChildProcess {
  const execArgv = [...process.execArgv, ...NODE_FLAGS];
  return fork(program, { execArgv, serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}
