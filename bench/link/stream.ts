// A stream of numbered datagrams from the clients to the server, as the receiver saw it. Both ends read the machine's
// clock, so that the delay of each is the difference of two instants.
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ADDRESSES, type HostName } from '../../src/link/tun/hosts.ts';
import type { EmulatedNetwork } from '../../src/link/tun/network.ts';
import { dismiss, type Remote, remote } from '../../src/rpc.ts';
import { udpOverflows } from './counters.ts';

export interface SendOrder {
  readonly host: string;
  readonly port: number;
  readonly count: number;
  readonly perSecond: number;
  readonly payloadBytes: number;
}

/** In the order in which they came; a copy is an arrival too. */
export interface Arrivals {
  readonly number: number[];
  readonly sentNs: number[];
  readonly arrivedNs: number[];
}

export interface Stream extends Arrivals {
  readonly sent: number;
  /** Came to the host and found the socket's buffer full: no doing of the link. */
  readonly overflows: number;
}

interface SenderApi {
  send(order: SendOrder): Promise<number>;
}

interface ReceiverApi {
  listen(host: string): Promise<number>;
  finish(quietMs: number): Promise<Arrivals>;
}

export interface StreamPlan {
  readonly count: number;
  readonly perSecond: number;
  readonly payloadBytes: number;
  /** Longer than the link's largest delay. */
  readonly quietMs: number;
}

/** Of IPv4 and UDP: a datagram is that much larger on the link than its payload. */
export const HEADER_BYTES = 28;

export async function sendStream(network: EmulatedNetwork, { quietMs, ...order }: StreamPlan): Promise<Stream> {
  const host = ADDRESSES.server.ipv4;
  const overflowsBefore = udpOverflows(network.pids.server);
  return withProcess<ReceiverApi, Stream>(network, 'server', 'receiver', async (receiver) => {
    const port = await receiver.listen(host);
    const sent = await withProcess<SenderApi, number>(network, 'clients', 'sender', (sender) =>
      sender.send({ host, port, ...order }),
    );
    const arrivals = await receiver.finish(quietMs);
    return { ...arrivals, sent, overflows: udpOverflows(network.pids.server) - overflowsBefore };
  });
}

async function withProcess<Api, Answer>(
  network: EmulatedNetwork,
  host: HostName,
  name: 'sender' | 'receiver',
  work: (api: Remote<Api>) => Promise<Answer>,
): Promise<Answer> {
  const program = fileURLToPath(new URL(`./processes/${name}.js`, import.meta.url));
  const child = network.spawn(host, process.execPath, [program], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  await once(child, 'spawn');
  try {
    return await work(remote<Api>(child, name));
  } finally {
    await dismiss(child);
  }
}

/** The first twelve bytes of a payload: a number, and the instant at which it left. */
export function writeStamp(bytes: Buffer, number: number, sentNs: number): void {
  bytes.writeUInt32LE(number, 0);
  bytes.writeDoubleLE(sentNs, 4);
}

export function readStamp(bytes: Buffer): { number: number; sentNs: number } {
  return { number: bytes.readUInt32LE(0), sentNs: bytes.readDoubleLE(4) };
}

export function delaysMs({ sentNs, arrivedNs }: Arrivals): number[] {
  return arrivedNs.map((atNs, i) => (atNs - sentNs[i]!) / 1e6);
}

/** How many different ones came. */
export function distinct({ number }: Arrivals): number {
  return new Set(number).size;
}

/** How many came before one with a smaller number. */
export function overtakers({ number }: Arrivals): number {
  let count = 0;
  let leastAfter = Number.POSITIVE_INFINITY;
  for (let i = number.length - 1; i >= 0; i--) {
    if (number[i]! > leastAfter) count++;
    leastAfter = Math.min(leastAfter, number[i]!);
  }
  return count;
}
