// Sockets that listen on a host, made by a process that is there, for one that is not: a socket stays on the host where it
// was made, whoever holds it.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';

/** Two messages, and a socket with each. */
export type DoorMessage = { readonly door: 'tcp' | 'udp' };

const TRIES = 20;

/** Hands two sockets with one port to the process that started this one, and ends when that has them. */
export async function handOverDoors(host: string): Promise<void> {
  const { tcp, udp } = await openDoors(host, TRIES);
  const hand = (door: DoorMessage['door'], socket: Server | Socket) =>
    new Promise<void>((resolve) => process.send?.({ door } satisfies DoorMessage, socket, {}, () => resolve()));
  process.on('disconnect', () => process.exit());
  await hand('tcp', tcp);
  await hand('udp', udp);
}

/** A port that is free for the one may be taken for the other. */
async function openDoors(host: string, triesLeft: number): Promise<{ tcp: Server; udp: Socket }> {
  const tcp = createServer().listen(0, host);
  await once(tcp, 'listening');
  const udp = createSocket('udp4');
  try {
    const bound = once(udp, 'listening');
    udp.bind((tcp.address() as AddressInfo).port, host);
    await bound;
    return { tcp, udp };
  } catch (error) {
    udp.close();
    tcp.close();
    if (triesLeft === 0) throw error;
    return openDoors(host, triesLeft - 1);
  }
}
