// The well-known tools, run on the hosts of an emulated network: each to its end, and what it printed read.
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { ADDRESSES, type HostName } from '../../src/link/tun/hosts.ts';
import type { EmulatedNetwork } from '../../src/link/tun/network.ts';

/** Runs a program to its end and answers what it printed. */
export async function output(
  network: EmulatedNetwork,
  host: HostName,
  command: string,
  args: readonly string[],
): Promise<string> {
  const child = network.spawn(host, command, args, { stdio: ['ignore', 'pipe', 'inherit'], timeout: LIMIT_MS });
  return text(child.stdout!);
}

/** No program takes longer: one that hangs must not hang the benchmark. */
const LIMIT_MS = 60_000;

/** Runs iperf3 from the clients to the server. */
export async function iperf(network: EmulatedNetwork, args: readonly string[]): Promise<Iperf> {
  return beside(network, 'iperf3', ['-s', '-1', '--forceflush'], async () =>
    parseIperf(await output(network, 'clients', 'iperf3', ['-c', ADDRESSES.server.ipv4, '--json', ...args])),
  );
}

export interface Iperf {
  /** What the receiver got of payload. */
  readonly receivedBitsPerSecond: number;
}

export function parseIperf(json: string): Iperf {
  const { end, error } = JSON.parse(json) as IperfJson;
  if (error !== undefined) throw new Error(`iperf3: ${error}`);
  return { receivedBitsPerSecond: (end.sum_received ?? end.sum).bits_per_second };
}

interface IperfJson {
  readonly error?: string;
  readonly end: { readonly sum: { bits_per_second: number }; readonly sum_received?: { bits_per_second: number } };
}

/** Answers the mean round-trip time in ms: ping prints a single one of 100 ms and more without a fraction. */
export async function pingMeanMs(network: EmulatedNetwork, count: number, intervalMs: number): Promise<number> {
  const args = ['-q', '-c', String(count), '-i', String(intervalMs / 1000), '-s', String(PING_PAYLOAD_BYTES)];
  return parsePing(await output(network, 'clients', 'ping', [...args, ADDRESSES.server.ipv4]));
}

const PING_PAYLOAD_BYTES = 56;
/** With the headers of IPv4 and ICMP. */
export const PING_BYTES = PING_PAYLOAD_BYTES + 28;

/** The last line of ping: "rtt min/avg/max/mdev = 40.061/40.222/41.600/0.171 ms, pipe 5" */
export function parsePing(printed: string): number {
  const [, mean] = /^rtt min\/avg\/max\/mdev = [\d.]+\/([\d.]+)\//m.exec(printed) ?? [];
  if (mean === undefined) throw new Error('ping: no answer came.');
  return Number(mean);
}

/** Answers each round-trip time in ms, the time in the server left out. */
export async function irttMs(network: EmulatedNetwork, count: number, intervalMs: number): Promise<number[]> {
  const length = ['-l', String(IRTT_PAYLOAD_BYTES)];
  const times = ['-i', `${intervalMs}ms`, '-d', `${count * intervalMs}ms`];
  return beside(network, 'irtt', ['server', '-i', '0'], async () =>
    parseIrtt(
      await output(network, 'clients', 'irtt', ['client', '-Q', '-o', '-', ...length, ...times, ADDRESSES.server.ipv4]),
    ),
  );
}

const IRTT_PAYLOAD_BYTES = 100;
/** With the headers of IPv4 and UDP. */
export const IRTT_BYTES = IRTT_PAYLOAD_BYTES + 28;

/** @param json irtt's own: a round trip that was lost has no delay */
export function parseIrtt(json: string): number[] {
  const { round_trips: trips } = JSON.parse(json) as { round_trips: { delay?: { rtt?: number } }[] };
  return trips.flatMap(({ delay }) => (delay?.rtt === undefined ? [] : [delay.rtt / 1e6]));
}

/** Does the work while a program runs on the server; it is ready when it has printed something. */
async function beside<Answer>(
  network: EmulatedNetwork,
  command: string,
  args: readonly string[],
  work: () => Promise<Answer>,
): Promise<Answer> {
  // What it says when it is ended is of no interest, and its errors show in its client.
  const server = network.spawn('server', command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(server, 'exit');
  try {
    const hasBegun = await Promise.race([once(server.stdout!, 'data').then(() => true), ended.then(() => false)]);
    if (!hasBegun) throw new Error(`${command} ended on the server before it had begun.`);
    server.stdout!.resume();
    return await work();
  } finally {
    server.kill();
    await ended;
  }
}
