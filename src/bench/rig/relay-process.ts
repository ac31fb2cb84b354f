// The relay as the controller calls it in its own process: one link at a time.

import { type Relay, startRelay } from '../../link/relay.ts';
import { standstillMeter } from '../../link/standstill.ts';
import type { LinkCount } from '../result.ts';
import { linkCount } from './link-count.ts';
import type { LinkSettings } from './rig.ts';

export interface RelayAccount {
  readonly count: LinkCount;
  readonly stoodStillMs: number;
}

export interface RelayApi {
  /** Answers the port that clients connect to. */
  open(settings: LinkSettings & { readonly host: string }): Promise<number>;
  begin(originNs: number): void;
  close(nothing: undefined): Promise<RelayAccount | undefined>;
}

export function relayProcess(): RelayApi {
  let relay: Relay | undefined;
  const stoodStillMs = standstillMeter();
  return {
    async open({ host, transport, profile, chance, serverPort }) {
      const server = transport === 'tcp' ? { host, tcpPort: serverPort } : { host, udpPort: serverPort };
      relay = await startRelay({ listenHost: host, server, profile, chance });
      return (transport === 'tcp' ? relay.tcpPort : relay.udpPort) ?? 0;
    },
    begin(originNs) {
      stoodStillMs();
      relay?.begin(originNs);
    },
    async close() {
      const closing = relay;
      relay = undefined;
      await closing?.close();
      if (closing === undefined) return undefined;
      return { count: linkCount(closing.ledger(), closing.lateness()), stoodStillMs: stoodStillMs() };
    },
  };
}
