// Those who read what the duel sends: one over each transport, on the far side of the link, with nothing between them and the
// server. What reaches them has crossed the link once.
import { randomBytes } from 'node:crypto';
import type { ClientEvent } from '../../src/core/client.ts';
import type { SharedSecret } from '../../src/shared-secret.ts';
import type { Address, Transport } from '../across/live-link.ts';
import { ChatSession } from '../chat/session.ts';

/** A message as it came to its reader. */
export interface Heard {
  readonly transport: Transport;
  readonly from: string;
  readonly subject: string;
  /** On the machine's clock. */
  readonly arrivedNs: number;
}

export interface Readers {
  readonly names: Readonly<Record<Transport, string>>;
  /** Since it was last asked. */
  take(): Heard[];
  leave(): void;
}

/** @throws MachineError or PeerError where one can't join */
export async function joinReaders(server: Address, secret?: SharedSecret): Promise<Readers> {
  let heard: Heard[] = [];
  const hear = (transport: Transport, event: ClientEvent) => {
    if (event.kind !== 'message') return;
    heard.push({ transport, from: event.from, subject: event.letter.subject, arrivedNs: event.arrivedAtNs });
  };
  // Nobody else's, on a server that others use, and the same again when the server comes again.
  const mark = randomBytes(3).toString('hex');
  const join = async (transport: Transport) => {
    const events = { heard: (event: ClientEvent) => hear(transport, event), down: () => {}, back: () => {} };
    const name = `duel-${mark}-${transport}`;
    const session = new ChatSession({ transport, ...server, name, secret, keepsName: true }, events);
    return { session, name: await session.join() };
  };
  const tcp = await join('tcp');
  const udp = await join('udp').catch((error) => {
    tcp.session.leave();
    throw error;
  });
  return {
    names: { tcp: tcp.name, udp: udp.name },
    take() {
      const taken = heard;
      heard = [];
      return taken;
    },
    leave() {
      for (const { session } of [tcp, udp]) session.leave();
    },
  };
}
