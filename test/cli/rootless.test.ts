// The packet emulator for an ordinary user, in a user namespace, where /dev/net/tun is open to all.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type TestContext, test } from 'vitest';
import { labIn, openFolder } from '../support/places.ts';
import { descendants, isAlive, processOf } from '../support/process-tree.ts';
import { until } from '../support/until.ts';
import { Lab } from './lab.ts';
import { PATIENT, resultIn, valuesOf, workshop } from './tiny-scenario.ts';

const LIMIT_MS = 60_000;
const ORDINARY = { user: 'ordinary', tun: 'open' } as const;

function labOf(context: TestContext, ...args: string[]): Lab {
  return new Lab(args, {}, labIn(context, ORDINARY));
}

test('lab link says that all of it works', { timeout: LIMIT_MS }, async (context) => {
  const link = labOf(context, 'link', '--json');
  expect(await link.ends()).toBe(0);
  const { backends, parts } = JSON.parse(link.out) as {
    backends: { tun: boolean };
    parts: { part: string; works: boolean }[];
  };
  expect(parts.filter(({ works }) => !works)).toEqual([]);
  expect(backends.tun).toBe(true);
  expect(parts.map(({ part }) => part)).toContain('network namespace (in a user namespace)');
});

test.for(['10.77.0.1', 'fd77::1'])('ping %s takes the delay twice', { timeout: LIMIT_MS }, async (address, context) => {
  const ping = ['ping', '-c', '3', '-i', '0.2', address];
  const link = labOf(context, 'link', 'run', '--delay', '20ms', '--', ...ping);
  expect(await link.ends()).toBe(0);
  const [, least] = /min\/avg\/max\/mdev = ([\d.]+)/.exec(link.out)!;
  expect(Number(least)).toBeGreaterThanOrEqual(40);
});

test("a server and a command of one's own; what they write is the user's", { timeout: LIMIT_MS }, async (context) => {
  const folder = openFolder();
  const server = `node -e "require('net').createServer((s) => s.end('hello')).listen(80, '10.77.0.1')"`;
  const client = `require('net').connect(80, process.env.LAB_SERVER).on('data', (b) => require('fs').writeFileSync('${folder}/got', b)).on('end', () => process.exit(7))`;
  const pcap = ['--pcap', join(folder, 'own.pcapng')];
  const link = labOf(context, 'link', 'run', ...pcap, '--server', server, '--', 'node', '-e', client);
  expect(await link.ends()).toBe(7);
  expect(readFileSync(join(folder, 'got'), 'utf8')).toBe('hello');
  expect(statSync(join(folder, 'got')).uid).toBe(65_534);
  expect(statSync(join(folder, 'own.pcapng')).size).toBeGreaterThan(500);
});

test('lab run, with a capture', { timeout: LIMIT_MS }, async (context) => {
  const { out, pcap } = { out: join(openFolder(), 'run'), pcap: join(openFolder(), 'run.pcapng') };
  const { file } = workshop(PATIENT, 0o755);
  const run = labOf(context, 'run', file, '--backend', 'tun', '--out', out, '--pcap', pcap);
  expect(await run.ends(30_000), run.err + run.out).toBe(0);
  const { status, backend, cells } = resultIn(out);
  expect([status.kind, backend]).toEqual(['complete', 'tun']);
  const overTcp = (name: string) => cells.find(({ link, transport }) => link === name && transport === 'tcp')!;
  expect(valuesOf(overTcp('clean'))).toMatchObject({ sent: 100, delivered: 100 });
  const { outcome } = overTcp('lossy').repetitions[0]!;
  const traffic = outcome.kind === 'measured' ? outcome.link?.traffic : undefined;
  expect(traffic?.up['tcp retransmission']?.packets).toBeGreaterThan(0);
  expect(statSync(out).uid).toBe(65_534);
  expect(statSync(pcap).size).toBeGreaterThan(10_000);
});

test.for(['controller', 'emulator'])(
  'kill -9 of the %s leaves no process',
  { timeout: LIMIT_MS },
  async (victim, context) => {
    const link = labOf(context, 'link', 'run', '--', 'sh', '-c', 'sleep 1000 & echo started; sleep 1000');
    await link.prints('started');
    const crew = descendants(link.child.pid!);
    const emulator = processOf(link.child.pid!, 'processes/emulator')!;
    process.kill(victim === 'controller' ? link.child.pid! : emulator, 'SIGKILL');
    await until(() => !crew.some(isAlive), 'all its processes are gone', 2000);
  },
);
