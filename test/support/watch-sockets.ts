// The sockets inside a transport, which it shows to nobody: Node tells of each one that it makes.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { onTestFinished } from 'vitest';

/** @returns the sockets made from now on, growing as they are */
export function watchSockets<S>(
  channel: 'net.server.socket' | 'net.client.socket' | 'udp.socket',
  onSocket: (socket: S) => void = () => {},
): S[] {
  const sockets: S[] = [];
  const watch = (message: unknown) => {
    const { socket } = message as { socket: S };
    sockets.push(socket);
    onSocket(socket);
  };
  subscribe(channel, watch);
  onTestFinished(() => void unsubscribe(channel, watch));
  return sockets;
}
