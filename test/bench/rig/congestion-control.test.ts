// What a contestant asks of the hosts' kernels is what its connections have, and the next contestant finds nothing of it.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CONTROL, HostSettings } from '../../../src/bench/rig/host-settings.ts';
import type { EmulatedNetwork } from '../../../src/link/tun/network.ts';
import { across, network, program } from '../../link/tun/network.ts';
import { needs } from '../../support/ability.ts';

const PORT = 4000;
const CHANCE = { mode: 'packet', seed: 1 } as const;

const SERVER = `
import { createServer } from 'node:net';
createServer((socket) => { socket.resume(); socket.on('end', () => process.exit()); })
  .listen(${PORT}, '10.77.0.1', () => process.stdout.write('ready'));
`;

const CLIENT = `
import { connect } from 'node:net';
import { execFileSync } from 'node:child_process';
const socket = connect(${PORT}, '10.77.0.1', () => {
  const seen = execFileSync('ss', ['-tinH'], { encoding: 'utf8' });
  console.log(JSON.stringify(/\\b(reno|cubic|bbr)\\b/.exec(seen)?.[1] ?? seen));
  socket.end();
});
`;

/** Of a connection across the link. */
async function controlOfConnection(net: EmulatedNetwork): Promise<unknown> {
  let seen: unknown;
  await across(net, {}, CHANCE, async () => {
    const server = program(net, 'server', SERVER);
    await server.ready;
    seen = await program(net, 'clients', CLIENT).answer;
    await server.answer;
  });
  return seen;
}

function kernelHas(name: string): string[] {
  return readFileSync(`/proc/sys/net/ipv4/${name}`, 'utf8').trim().split(/\s+/);
}

test('a connection has the congestion control asked for, be it allowed to everybody or not', async (context) => {
  const net = await network(context);
  const known = kernelHas('tcp_available_congestion_control').filter((name) => ['reno', 'cubic', 'bbr'].includes(name));
  needs(context, known.length > 1, 'the kernel has one kind of congestion control alone');
  const settings = new HostSettings(net, 'clients');
  for (const name of known) {
    await settings.apply({ [CONTROL]: name });
    expect(await controlOfConnection(net)).toBe(name);
  }
  await settings.apply({});
  expect(await controlOfConnection(net)).toBe(kernelHas('tcp_congestion_control')[0]);
});

test('a kind that the kernel does not know is refused by its name', async (context) => {
  const settings = new HostSettings(await network(context), 'server');
  await expect(settings.apply({ [CONTROL]: 'nosuch' })).rejects.toThrow(
    'host server does not take net.ipv4.tcp_congestion_control = nosuch',
  );
});
