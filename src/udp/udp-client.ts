// The client's end of a session without its socket: the channel that a handshake has opened, and what each datagram means to
// it. Datagrams and instants in, datagrams and events out.
import { type Datagram, sessionPrefix } from './datagram.ts';
import type { Joined } from './handshake.ts';
import { join } from './outlet.ts';
import { isSameSession, type SessionId } from './session-id.ts';
import { UdpChannel } from './udp-channel.ts';

export interface ClientChannelOptions {
  readonly joined: Joined;
  readonly joinedAtNs: number;
  readonly remote: string;
  readonly localPort: number;
  readonly queueLimitBytes: number;
  readonly send: (datagram: Uint8Array) => 'sent' | 'full';
  /** Calls back once, when nothing waits on the way out any more. */
  readonly whenDrained: (tell: () => void) => void;
  readonly release: () => void;
}

const NO_SESSION: SessionId = { high: 0, low: 0 };

export function clientChannel(options: ClientChannelOptions): UdpChannel {
  const { joined, joinedAtNs, send } = options;
  const session = joined.kind === 'open' ? joined.session : NO_SESSION;
  const prefix = sessionPrefix(session);
  return new UdpChannel({
    session,
    remote: options.remote,
    localPort: options.localPort,
    nowNs: joinedAtNs,
    queueLimitBytes: options.queueLimitBytes,
    transmit: (kind, head, tail) => send(join(prefix[kind], head, tail)),
    whenDrained: options.whenDrained,
    release: options.release,
  });
}

/** To be called when the channel has started: what the server said first; where that was no, the channel ends. */
export function hearAnswer(channel: UdpChannel, joined: Joined, joinedAtNs: number): void {
  channel.receive(joined.frame, joinedAtNs);
  if (joined.kind === 'denied') channel.end({ kind: 'left' });
}

export function receiveAsClient(channel: UdpChannel, datagram: Datagram, arrivedAtNs: number): void {
  if (!('session' in datagram) || !isSameSession(datagram.session, channel.session)) return;
  switch (datagram.kind) {
    case 'data':
      return channel.receive(datagram.frame, arrivedAtNs);
    case 'close':
      channel.receive(datagram.frame, arrivedAtNs);
      return channel.end({ kind: 'left' });
    case 'unknown':
      return channel.end({ kind: 'lost', why: 'the server does not know this session (any more)' });
    case 'opened':
      return;
  }
}
