// The candidates' servers: the lab's own, and the least that could do the same job over each wire.
import { createSocket, type RemoteInfo } from 'node:dgram';
import { createServer, type Socket } from 'node:net';
import { serve } from '../../src/index.ts';
import type { Wire } from './load.ts';

/** Starts listening and answers the port. */
export type StartServer = (wire: Wire) => Promise<number>;

export const servers: Record<string, StartServer> = {
  lab: async (wire) => (await serve({ transports: [wire], port: 0 })).port,
  bare: (wire) => (wire === 'tcp' ? netForwarder() : dgramForwarder()),
};

/** Connections 2k and 2k+1 are a pair: every chunk that comes from one is written to the other, unread. */
function netForwarder(): Promise<number> {
  let waiting: Socket | undefined;
  const server = createServer({ noDelay: true }, (socket) => {
    const peer = waiting;
    waiting = peer === undefined ? socket : undefined;
    if (peer === undefined) return;
    socket.on('data', (chunk) => peer.write(chunk));
    peer.on('data', (chunk) => socket.write(chunk));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

const PAIR_BYTE = 8;

/**
 * Each end introduces itself with an empty frame, the sender first; what comes from either then goes to the receiver.
 * It sends without asking the resolver, as the lab does: the comparison is about routing.
 */
function dgramForwarder(): Promise<number> {
  const receivers: RemoteInfo[] = [];
  const socket = createSocket({ type: 'udp4', lookup: (host, _options, done) => done(null, host, 4) });
  socket.on('message', (bytes, from) => {
    const pair = bytes[PAIR_BYTE]!;
    const receiver = receivers[pair];
    if (bytes.length === PAIR_BYTE + 1 || receiver === undefined) receivers[pair] = from;
    else socket.send(bytes, receiver.port, receiver.address);
  });
  return new Promise((resolve) => socket.bind(0, '127.0.0.1', () => resolve(socket.address().port)));
}
