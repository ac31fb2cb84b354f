// The emulated network of a test, and small programs on its hosts.
import { existsSync } from 'node:fs';
import { onTestFinished, type TestContext } from 'vitest';
import type { Chance } from '../../../src/link/chance.ts';
import { parseLinkProfile } from '../../../src/link/parse-profile.ts';
import type { PathReport } from '../../../src/link/tun/emulator-process.ts';
import type { HostName } from '../../../src/link/tun/hosts.ts';
import { type EmulatedNetwork, startNetwork } from '../../../src/link/tun/network.ts';
import { monotonicNs } from '../../../src/monotonic.ts';
import { needs } from '../../support/ability.ts';

const EMULATOR = new URL('../../../dist/cli/processes/emulator.js', import.meta.url);

export async function network(context: TestContext, mtuBytes = 1500): Promise<EmulatedNetwork> {
  needs(context, process.getuid?.() === 0 && existsSync('/dev/net/tun'), 'it needs root and /dev/net/tun');
  const made = await startNetwork({ program: EMULATOR, mtuBytes });
  onTestFinished(() => made.close());
  return made;
}

/** Runs a JavaScript program on a host; answers what it printed, as JSON. It is ready when it has printed `ready`. */
export function program(net: EmulatedNetwork, host: HostName, source: string) {
  const child = net.spawn(host, process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  let onReady: () => void = () => {};
  const ready = new Promise<void>((resolve) => {
    onReady = resolve;
  });
  child.stdout!.on('data', (bytes) => {
    out += bytes;
    if (out.startsWith('ready')) onReady();
  });
  const answer = new Promise<unknown>((resolve, reject) => {
    child.once('close', (code) => {
      const text = out.replace('ready', '').trim();
      if (code === 0) resolve(text === '' ? undefined : JSON.parse(text));
      else reject(new Error(`The program on ${host} ended with code ${code}.`));
    });
  });
  answer.catch(() => {});
  return { ready, answer };
}

/** Puts a link between the hosts for as long as the work takes; answers what it saw. */
export async function across(
  net: EmulatedNetwork,
  profile: unknown,
  chance: Chance,
  work: () => Promise<unknown>,
): Promise<PathReport> {
  await net.emulator.open({ profile: parseLinkProfile(profile), chance, recordsPackets: true });
  await net.emulator.begin(monotonicNs());
  await work();
  return net.emulator.close(undefined);
}

/** Receives datagrams until none has come for a while; prints their numbers, which are their first four bytes. */
export const udpReceiver = (address = '10.77.0.1') => `
  import { createSocket } from 'node:dgram';
  const socket = createSocket('${address.includes(':') ? 'udp6' : 'udp4'}');
  const numbers = [];
  const end = () => { console.log(JSON.stringify(numbers)); socket.close(); };
  let timer = setTimeout(end, 5000);
  socket.on('message', (bytes) => { numbers.push(bytes.readUInt32BE(0)); clearTimeout(timer); timer = setTimeout(end, 500); });
  socket.bind(7000, '${address}', () => console.log('ready'));`;

/** Sends so many datagrams, one every so many ms. */
export const udpSender = (count: number, sizeBytes: number, everyMs: number, address = '10.77.0.1') => `
  import { createSocket } from 'node:dgram';
  const socket = createSocket('${address.includes(':') ? 'udp6' : 'udp4'}');
  for (let i = 1; i <= ${count}; i++) {
    const bytes = Buffer.alloc(${sizeBytes});
    bytes.writeUInt32BE(i);
    await new Promise((sent) => socket.send(bytes, 7000, '${address}', sent));
    if (${everyMs} > 0) await new Promise((next) => setTimeout(next, ${everyMs}));
  }
  socket.close();`;

/** Takes one connection to its end; prints how many bytes came, and whether they are the sender's. */
export const tcpReceiver = (address = '10.77.0.1') => `
  import { createServer } from 'node:net';
  const server = createServer((socket) => {
    let count = 0, right = true;
    socket.on('data', (bytes) => { for (const byte of bytes) right &&= byte === (count++ * 7) % 251; });
    socket.on('end', () => { console.log(JSON.stringify({ count, right })); socket.end(); server.close(); });
  });
  server.listen(7001, '${address}', () => console.log('ready'));`;

export const tcpSender = (count: number, everyMs = 0, address = '10.77.0.1') => `
  import { connect } from 'node:net';
  const bytes = Uint8Array.from({ length: ${count} }, (_, i) => (i * 7) % 251);
  const socket = connect(7001, '${address}', async () => {
    socket.setNoDelay(true);
    const piece = ${everyMs} > 0 ? 100 : bytes.length;
    for (let at = 0; at < bytes.length; at += piece) {
      socket.write(bytes.subarray(at, at + piece));
      if (${everyMs} > 0) await new Promise((next) => setTimeout(next, ${everyMs}));
    }
    socket.end();
  });
  socket.resume();`;
