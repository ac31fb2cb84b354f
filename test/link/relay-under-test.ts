// A relay, and hosts on either side of it, that end with the test.

import { createSocket, type Socket } from 'node:dgram';
import { on, once } from 'node:events';
import { connect, createServer, type Server, type Socket as Stream } from 'node:net';
import { onTestFinished } from 'vitest';
import { parseLinkProfile } from '../../src/link/parse-profile.ts';
import { type Relay, type RelaySettings, startRelay } from '../../src/link/relay.ts';

export async function relayTo(
  server: { tcpPort?: number; udpPort?: number },
  profile: unknown,
  { host = '127.0.0.1', signal }: { host?: string; signal?: AbortSignal } = {},
): Promise<Relay> {
  const settings: RelaySettings = {
    listenHost: host,
    server: { host, ...server },
    profile: parseLinkProfile(profile),
    chance: { mode: 'packet', seed: 1 },
    ...(signal && { signal }),
  };
  const relay = await startRelay(settings);
  onTestFinished(() => relay.close());
  return relay;
}

export async function udpSocket(host = '127.0.0.1', port = 0): Promise<Socket> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  socket.bind(port, host);
  await once(socket, 'listening');
  onTestFinished(() => closed(socket));
  return socket;
}

/** Closes the socket; one that is closed already stays so. */
export async function closed(socket: Socket): Promise<void> {
  await socket[Symbol.asyncDispose]();
}

/** The datagrams that a socket receives, as they come. */
export async function* datagrams(socket: Socket): AsyncGenerator<{ bytes: Buffer; port: number }> {
  const signal = AbortSignal.timeout(8000);
  for await (const [bytes, from] of on(socket, 'message', { signal })) yield { bytes, port: from.port };
}

export async function tcpServer(onStream: (stream: Stream) => void, host = '127.0.0.1'): Promise<number> {
  const server: Server = createServer({ allowHalfOpen: true }, (stream) => {
    stream.on('error', () => {});
    onTestFinished(() => void stream.destroy());
    onStream(stream);
  });
  server.listen(0, host);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as { port: number }).port;
}

export async function tcpClient(port: number, host = '127.0.0.1'): Promise<Stream> {
  const stream = connect({ port, host, allowHalfOpen: true });
  await once(stream, 'connect');
  onTestFinished(() => void stream.destroy());
  return stream;
}

export async function bytesOf(stream: Stream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
