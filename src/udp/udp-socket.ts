// Datagram sockets as both ends need them: an address resolved once, and sent to without asking the resolver again.
import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { machineFault } from '../core/machine-fault.ts';
import { UDP } from './promises.ts';

export interface UdpEndpoint {
  readonly socket: Socket;
  /** The numeric address. */
  readonly address: string;
}

/** @throws MachineError where the host does not resolve */
export async function openSocket(host: string, port: number): Promise<UdpEndpoint> {
  const { address, family } = await resolve(host, port);
  const type = family === 6 ? 'udp6' : 'udp4';
  const socket = createSocket({
    type,
    // Every address here is numeric; Node would still ask the resolver about each datagram.
    lookup: (numeric, _options, done) => done(null, numeric, family),
  });
  return { socket, address };
}

async function resolve(host: string, port: number): Promise<{ address: string; family: number }> {
  const family = isIP(host);
  if (family !== 0) return { address: host, family };
  try {
    return await lookup(host);
  } catch (error) {
    throw machineFault(error, { transport: UDP, host, port });
  }
}
