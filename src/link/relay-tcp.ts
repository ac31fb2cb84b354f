// Streams across a timed link: every chunk arrives later and in order, and so do the end of a stream and its reset.
// Above the kernel nothing of a stream can be lost, so only delay and rate are for it (see backend.ts). A source that
// has much on its way is paused: that is the relay's receive window.

import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Direction } from './impairment.ts';
import type { StartRelayPart } from './relay-part.ts';
import type { TimedLink } from './timed-link.ts';

const WINDOW_BYTES = 2 ** 20;

// As Ethernet would carry it, so that two streams share a bottleneck by turns and bytes come out of it one by one.
const SEGMENT_BYTES = 1460;

const NOTHING = new Uint8Array(0);

export const startTcpRelay: StartRelayPart<Server> = async (link, door, server) => {
  const sockets = new Set<Socket>();
  const listener = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const upstream = connect({ host: server.address, port: server.port, allowHalfOpen: true, noDelay: true });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    }
    carry(link, 'up', client, upstream);
    carry(link, 'down', upstream, client);
  });
  if (typeof door === 'string') listener.listen(0, door);
  else listener.listen(door);
  await once(listener, 'listening');

  return { port: portOf(listener), close: () => closed(listener, sockets) };
};

function carry(link: TimedLink, direction: Direction, from: Socket, to: Socket): void {
  let inFlightBytes = 0;

  function left(sizeBytes: number): void {
    inFlightBytes -= sizeBytes;
    if (inFlightBytes <= WINDOW_BYTES / 2 && from.isPaused()) from.resume();
  }

  from.on('data', (chunk: Buffer) => {
    for (let at = 0; at < chunk.length; at += SEGMENT_BYTES) {
      const segment = chunk.subarray(at, at + SEGMENT_BYTES);
      inFlightBytes += segment.length;
      link.cross(direction, segment, (bytes) => to.write(bytes, () => left(bytes.length)));
    }
    if (inFlightBytes > WINDOW_BYTES) from.pause();
  });
  from.on('end', () => link.cross(direction, NOTHING, () => to.end()));
  from.on('error', () => link.cross(direction, NOTHING, () => to.resetAndDestroy()));
}

async function closed(listener: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const end = once(listener, 'close');
  listener.close();
  for (const socket of sockets) socket.destroy();
  await end;
}

function portOf(listener: Server): number {
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('The relay listens on no port.');
  return address.port;
}
