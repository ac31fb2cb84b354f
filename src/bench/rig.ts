// The two hosts and what lies between them: one shape for every backend, so that a run does not know which one it is on.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type Backend, type Carries, loopbackCarries, relayCarries } from '../link/backend.ts';
import type { Chance } from '../link/chance.ts';
import type { LinkProfile } from '../link/profile.ts';
import { dismiss, type Remote, remote } from '../rpc.ts';
import type { RelayApi } from './relay-process.ts';
import type { LinkCount } from './result.ts';
import type { PathTables } from './run.ts';

export interface Rig {
  readonly backend: Backend;
  /** Where the chat server listens on its host. */
  readonly serverHost: string;
  /** Resolves if the link's own process ends: nothing crosses any more. */
  readonly broken: Promise<void>;
  carries(profile: LinkProfile, transport: string): Carries;
  /** Starts one of the lab's processes on a host. */
  launch(host: 'server' | 'clients', program: URL): ChildProcess;
  openLink(settings: LinkSettings): Promise<OpenLink>;
  close(): Promise<void>;
}

export interface LinkSettings {
  readonly transport: string;
  readonly profile: LinkProfile;
  readonly chance: Chance;
  readonly serverPort: number;
}

/** A link that is ready for clients, who connect to `host` and `port`. */
export interface OpenLink {
  readonly host: string;
  readonly port: number;
  /** Time zero of the channel, on the machine's clock. */
  begin(originNs: number): Promise<void>;
  /** Ends the link and answers what it did. */
  close(): Promise<LinkAccount>;
}

/** What the carrier can tell; the loopback counts nothing, and only packets have a path to be seen on. */
export interface LinkAccount {
  readonly count?: LinkCount;
  readonly path?: PathTables;
}

const HOST = '127.0.0.1';
const NEVER = new Promise<void>(() => {});

/** Nothing between: only a clean link is available. */
export function loopbackRig(mtuBytes: number | undefined): Rig {
  return {
    backend: 'loopback',
    serverHost: HOST,
    broken: NEVER,
    carries: (profile) => withoutMtu('loopback', mtuBytes) ?? loopbackCarries(profile),
    launch: (_host, program) => launch(program),
    openLink: async ({ serverPort }) => ({
      host: HOST,
      port: serverPort,
      begin: async () => {},
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
    carries: (profile, transport) =>
      withoutMtu('relay', mtuBytes) ??
      (transport === 'tcp' || transport === 'udp'
        ? relayCarries(profile, transport)
        : { available: false, reason: `the relay knows tcp and udp, not ${transport}` }),
    launch: (_host, other) => launch(other),
    openLink: (settings) => openRelayLink(relay, settings),
    close: () => dismiss(child),
  };
}

function withoutMtu(backend: Backend, mtuBytes: number | undefined): Carries | undefined {
  if (mtuBytes === undefined) return undefined;
  return {
    available: false,
    reason: `an MTU (asked: ${mtuBytes} bytes) is a matter of packets, and ${backend} has none`,
  };
}

async function openRelayLink(relay: Remote<RelayApi>, settings: LinkSettings): Promise<OpenLink> {
  const port = await relay.open({ host: HOST, ...settings });
  return {
    host: HOST,
    port,
    begin: (originNs) => relay.begin(originNs),
    close: async () => {
      const count = await relay.close(undefined);
      return count === undefined ? {} : { count };
    },
  };
}

function launch(program: URL): ChildProcess {
  return fork(program, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}
