// The relay as the controller calls it in its own process: one link at a time.

import { type Relay, startRelay } from '../../link/relay.ts';
import type { LinkCount } from '../result.ts';
import { linkCount } from './link-count.ts';
import type { LinkSettings } from './rig.ts';

export interface RelayApi {
  /** Answers the port that clients connect to. */
  open(settings: LinkSettings & { readonly host: string }): Promise<number>;
  begin(originNs: number): void;
  close(nothing: undefined): Promise<LinkCount | undefined>;
}

export function relayProcess(): RelayApi {
  let relay: Relay | undefined;
  return {
    async open({ host, transport, profile, chance, serverPort }) {
      const server = transport === 'tcp' ? { host, tcpPort: serverPort } : { host, udpPort: serverPort };
      relay = await startRelay({ listenHost: host, server, profile, chance });
      return (transport === 'tcp' ? relay.tcpPort : relay.udpPort) ?? 0;
    },
    begin: (originNs) => relay?.begin(originNs),
    async close() {
      const closing = relay;
      relay = undefined;
      await closing?.close();
      return closing === undefined ? undefined : linkCount(closing.ledger(), closing.lateness());
    },
  };
}
