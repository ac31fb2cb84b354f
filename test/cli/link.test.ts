// Any command across an emulated link, as people type it.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, type TestContext, test } from 'vitest';
import { needs } from '../support/ability.ts';
import { descendants, isAlive, processOf } from '../support/process-tree.ts';
import { until } from '../support/until.ts';
import { LAB, Lab, lab } from './lab.ts';

const LIMIT_MS = 60_000;

const hasTun = () => process.getuid?.() === 0 && existsSync('/dev/net/tun');
const has = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

function needsTun(context: TestContext, ...programs: string[]): void {
  needs(context, hasTun(), 'it needs root and /dev/net/tun');
  for (const name of programs) needs(context, has(name), `it needs the program ${name}`);
}

test(
  'the table says of each part whether it works',
  async () => {
    const link = lab('link', '--json');
    expect(await link.ends()).toBe(0);
    const { backends, parts } = JSON.parse(link.out) as {
      backends: { tun: boolean };
      parts: { works: boolean; remedy: string }[];
    };
    expect(parts.length).toBeGreaterThanOrEqual(9);
    for (const { works, remedy } of parts) expect(works === (remedy === '')).toBe(true);
    expect(backends.tun).toBe(parts.every(({ works }) => works));
  },
  LIMIT_MS,
);

test.for(['10.77.0.1', 'fd77::1'])('ping %s takes the delay twice', { timeout: LIMIT_MS }, async (address, context) => {
  needsTun(context, 'ping');
  const link = lab('link', 'run', '--delay', '20ms', '--', 'ping', '-c', '3', '-i', '0.2', address);
  expect(await link.ends()).toBe(0);
  const [, least] = /min\/avg\/max\/mdev = ([\d.]+)/.exec(link.out)!;
  expect(Number(least)).toBeGreaterThanOrEqual(40);
  expect(link.err).toMatch(/icmp\s*│\s*3 /);
});

test(
  "a server of one's own, its address in LAB_SERVER; the exit code is passed on",
  async (context) => {
    needsTun(context);
    const server = `node -e "require('net').createServer((s) => s.end('hello')).listen(8080, '10.77.0.1')"`;
    const client = `require('net').connect(8080, process.env.LAB_SERVER).on('data', (b) => console.log(String(b))).on('end', () => process.exit(7))`;
    const link = lab('link', 'run', '--loss', '5%', '--server', server, '--', 'node', '-e', client);
    expect(await link.ends()).toBe(7);
    expect(link.out).toBe('hello\n');
    expect(link.err).toContain('tcp syn/fin');
  },
  LIMIT_MS,
);

test(
  'a capture opens in Wireshark, with what was done to each packet',
  async (context) => {
    needsTun(context, 'tshark', 'ping');
    const folder = mkdtempSync(join(tmpdir(), 'lab-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'bad.pcapng');
    const impairments = ['--loss', '10%', '--duplicate', '10%', '--corrupt', '10%', '--chance', 'packet'];
    const server = `node -e "require('net').createServer((s) => s.pipe(s)).listen(8080, '10.77.0.1')"`;
    const talk = `ping -q -c 60 -i 0.002 10.77.0.1; node -e "const s = require('net').connect(8080, '10.77.0.1', () => s.end('x')); setTimeout(() => process.exit(), 2000); require('dgram').createSocket('udp4').send('y', 9, '10.77.0.1')"`;
    const link = lab('link', 'run', ...impairments, '--pcap', file, '--server', server, '--', 'sh', '-c', talk);
    await link.ends();
    const fields = ['frame.interface_name', 'frame.comment', '_ws.col.Protocol'].flatMap((field) => ['-e', field]);
    const rows = execFileSync('tshark', ['-r', file, '-T', 'fields', ...fields], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(
      new Set(
        rows
          .trim()
          .split('\n')
          .map((row) => row.split('\t')[0]),
      ),
    ).toEqual(new Set(['clients', 'server']));
    for (const word of ['dropped: loss', 'duplicated: 2 copies', 'flipped', 'ICMP', 'TCP', 'UDP'])
      expect(rows).toContain(word);
  },
  LIMIT_MS,
);

test(
  'a capture on a disk that is full says so, and what it has can be read',
  async (context) => {
    needsTun(context, 'tshark', 'ping');
    const folder = mkdtempSync(join(tmpdir(), 'lab-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    // The disk is gone with its namespace.
    const args = ['--pcap', `${folder}/full.pcapng`, '--', 'ping', '-q', '-c', '500', '-i', '0.001'];
    const script = `mount -t tmpfs -o size=64k tmpfs ${folder}; "$@"; code=$?; tshark -r ${folder}/full.pcapng; exit $code`;
    const link = new Lab(['link', 'run', ...args, '10.77.0.1'], {}, [
      ...['unshare', '--mount', 'sh', '-c', script, 'sh'],
      ...[process.execPath, LAB],
    ]);
    expect(await link.ends()).toBe(1);
    expect(link.err).toMatch(/lab: .*The capture can't be written to .*full\.pcapng: ENOSPC[^\n]*\n/);
    expect(link.err).not.toContain('cut short');
    expect(link.out.match(/Echo \(ping\) request/g)!.length).toBeGreaterThan(100);
  },
  LIMIT_MS,
);

test.each<[string, string[], RegExp]>([
  ['a loss of 120 %', ['--loss', '120%'], /"120%" is more than 100%/],
  ['a negative delay', ['--delay=-5ms'], /"-5ms" is negative/],
  ['a rate of 0', ['--rate', '0mbit'], /carries nothing/],
  ['a jitter larger than its delay', ['--delay', '1ms', '--jitter', '2ms'], /more than the delay/],
  ['a queue smaller than a packet', ['--rate', '1mbit', '--queue', '100B'], /smaller than a packet/],
  ['a profile that does not exist', ['--profile', 'adsl9'], /no profile is named "adsl9"; known: clean/],
  ['an MTU that no host takes', ['--mtu', '100'], /--mtu 100 is not allowed/],
])('%s is told in one line', async (_what, options, words) => {
  const link = lab('link', 'run', ...options, '--', 'true');
  expect(await link.ends()).toBe(2);
  expect(link.err).toMatch(words);
  expect(link.err.trim().split('\n')).toHaveLength(1);
});

test(
  'no command, and one that is not found',
  async (context) => {
    const none = lab('link', 'run', '--delay', '1ms');
    expect(await none.ends()).toBe(2);
    expect(none.err).toMatch(/^lab: Which command\? Put it behind --/);
    needsTun(context);
    const unknown = lab('link', 'run', '--', 'no-such-program');
    expect(await unknown.ends()).toBe(127);
    expect(unknown.err).toContain('the command "no-such-program" was not found');
  },
  LIMIT_MS,
);

test.for(['controller', 'emulator'])(
  'kill -9 of the %s leaves no process behind',
  { timeout: LIMIT_MS },
  async (victim, context) => {
    needsTun(context);
    const link = lab('link', 'run', '--server', 'sleep 1000', '--', 'sh', '-c', 'echo started; sleep 1000');
    await link.prints('started');
    const crew = descendants(link.child.pid!);
    const emulator = processOf(link.child.pid!, 'processes/emulator')!;
    process.kill(victim === 'controller' ? link.child.pid! : emulator, 'SIGKILL');
    await until(() => !crew.some(isAlive), 'all its processes are gone', 2000);
    if (victim === 'emulator') expect(await link.ends()).toBe(1);
  },
);
