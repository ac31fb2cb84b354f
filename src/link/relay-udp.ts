// Datagrams across a timed link. Each client address has a socket of its own towards the server, so that the server
// sees its clients apart. What the machine can't take or send is counted, and nothing is lost silently.

import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Endpoint, StartRelayPart } from './relay-part.ts';
import type { TimedLink } from './timed-link.ts';

const MAX_CLIENTS = 4096;
const MAX_IN_FLIGHT_BYTES = 64 * 2 ** 20;
const SOCKET_BUFFER_BYTES = 4 * 2 ** 20;
const IDLE_MS = 60_000;

interface Session {
  socket: Socket;
  active: boolean;
}

export const startUdpRelay: StartRelayPart<Socket> = async (link, door, server) => {
  const sessions = new Map<string, Session>();
  const listener = typeof door === 'string' ? await startListener(door) : prepared(door);
  const sweep = setInterval(() => sweepIdle(sessions), IDLE_MS).unref();

  listener.on('message', (bytes, client) => {
    const session = sessionOf(client);
    if (session === undefined || link.inFlightBytes > MAX_IN_FLIGHT_BYTES) return link.refuse('up', bytes.length);
    session.active = true;
    link.cross('up', bytes, (arriving, undelivered) => send(session.socket, arriving, server, undelivered));
  });

  function sessionOf(client: Endpoint): Session | undefined {
    const key = `${client.address} ${client.port}`;
    const known = sessions.get(key);
    if (known !== undefined || sessions.size >= MAX_CLIENTS) return known;
    const session = openSession(link, listener, client, server);
    if (session !== undefined) sessions.set(key, session);
    return session;
  }

  return {
    port: listener.address().port,
    async close() {
      clearInterval(sweep);
      await Promise.all([listener, ...[...sessions.values()].map(({ socket }) => socket)].map(closed));
    },
  };
};

function openSession(link: TimedLink, listener: Socket, client: Endpoint, server: Endpoint): Session | undefined {
  const socket = openSocket(server);
  if (socket === undefined) return undefined;
  const session = { socket, active: true };
  socket.on('message', (bytes, from) => {
    if (from.port !== server.port || from.address !== server.address) return;
    if (link.inFlightBytes > MAX_IN_FLIGHT_BYTES) return link.refuse('down', bytes.length);
    session.active = true;
    link.cross('down', bytes, (arriving, undelivered) => send(listener, arriving, client, undelivered));
  });
  return session;
}

// Idle for a whole interval: none came, and none can still be on its way unless the delay is as long as that.
function sweepIdle(sessions: Map<string, Session>): void {
  for (const [key, session] of sessions) {
    if (!session.active) {
      sessions.delete(key);
      session.socket.close();
    }
    session.active = false;
  }
}

async function startListener(host: string): Promise<Socket> {
  const socket = newSocket(host);
  const listening = once(socket, 'listening');
  socket.bind(0, host);
  try {
    await listening;
  } catch (error) {
    socket.close();
    throw error;
  }
  return prepared(socket);
}

/** A socket towards the server, or undefined if the machine has none left. */
function openSocket(server: Endpoint): Socket | undefined {
  const socket = newSocket(server.address);
  let failed = false;
  socket.once('error', () => {
    failed = true;
  });
  socket.bind(); // at once, as no resolver is asked: it has failed by now or never will
  if (failed) {
    socket.close();
    return undefined;
  }
  return prepared(socket);
}

// Addresses are numbers by now; without this, every datagram would ask the resolver.
function newSocket(address: string): Socket {
  const isIPv6 = address.includes(':');
  const socket = createSocket({
    type: isIPv6 ? 'udp6' : 'udp4',
    lookup: (numeric, _options, callback) => callback(null, numeric, isIPv6 ? 6 : 4),
  });
  return socket;
}

function prepared(socket: Socket): Socket {
  // A datagram that a host refuses (an ICMP answer) is not the relay's fault, and no reason to end.
  socket.on('error', () => {});
  try {
    socket.setRecvBufferSize(SOCKET_BUFFER_BYTES);
    socket.setSendBufferSize(SOCKET_BUFFER_BYTES);
  } catch {
    // The system allows no more: its own size stays.
  }
  return socket;
}

function send(socket: Socket, bytes: Uint8Array, to: Endpoint, undelivered: () => void): void {
  try {
    socket.send(bytes, to.port, to.address, (error) => {
      if (error) undelivered();
    });
  } catch {
    undelivered();
  }
}

async function closed(socket: Socket): Promise<void> {
  const end = once(socket, 'close');
  socket.close();
  await end;
}
