// The well-known tools, run on the hosts of an emulated network: each to its end, and what it printed read.
import { type ChildProcess } from 'node:child_process';
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
  return printed(network.spawn(host, command, args, { stdio: ['ignore', 'pipe', 'inherit'] }));
}

async function printed(child: ChildProcess): Promise<string> {
  return await text(child.stdout!);
}

/** Runs iperf3 from the clients to the server. */
export async function iperf(network: EmulatedNetwork, args: readonly string[]): Promise<Iperf> {
  const server = network.spawn('server', 'iperf3', ['-s', '-1', '--forceflush'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(server, 'exit');
  await once(server.stdout!, 'data');
  server.stdout!.resume();
  const printed = await output(network, 'clients', 'iperf3', ['-c', ADDRESSES.server.ipv4, '--json', ...args]);
  await ended;
  return parseIperf(printed);
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
