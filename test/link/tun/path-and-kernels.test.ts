// What the path records of real traffic, against what the hosts' kernels count of it, and the account that both make.
import { expect, onTestFinished, test } from 'vitest';
import type { Agreement } from '../../../src/bench/path/account.ts';
import { blocking } from '../../../src/bench/path/observe-path.ts';
import { firstArrivals, piecesOfStreams, streamMessages } from '../../../src/bench/path/stream-arrivals.ts';
import { tcpAgreement } from '../../../src/bench/path/tcp-account.ts';
import { type UdpCause, udpAccount, udpAgreement } from '../../../src/bench/path/udp-account.ts';
import { parseLinkProfile } from '../../../src/link/parse-profile.ts';
import type { PathReport } from '../../../src/link/tun/emulator-process.ts';
import { countersBetween, type HostCounters, readHostCounters } from '../../../src/link/tun/host-counters.ts';
import type { EmulatedNetwork } from '../../../src/link/tun/network.ts';
import { monotonicNs } from '../../../src/monotonic.ts';
import { until } from '../../support/until.ts';
import { network, program, udpSender } from './network.ts';

const LIMIT_MS = 30_000;
const MARK = 'feedf00d';

interface TcpCase {
  readonly link: string;
  readonly profile: unknown;
  readonly bytes: number;
  readonly leastSynAcksAgain?: number;
  /** How long the server reads nothing: its window closes, and the clients must ask whether it is open again. */
  readonly pauseMs?: number;
}

const TCP_CASES: readonly TcpCase[] = [
  { link: 'loss both ways', profile: { delay: '3ms', loss: '5%' }, bytes: 30_000 },
  { link: 'a full queue', profile: { delay: '3ms', rate: '8mbit', queue: '10kB' }, bytes: 400_000 },
  {
    link: 'copies, and an order of its own',
    profile: { delay: '5ms', jitter: { time: '4ms', reorder: true }, duplicate: '5%', loss: '1%' },
    bytes: 30_000,
  },
  {
    link: 'lost SYNs, SYN/ACKs and data',
    profile: {
      up: { delay: '3ms', loss: { kind: 'list', packets: [2, 11, 12] } },
      down: { delay: '3ms', loss: { kind: 'list', packets: [1, 14] } },
    },
    bytes: 30_000,
    leastSynAcksAgain: 1,
  },
  {
    link: 'loss, and a server that reads nothing for a while',
    profile: { delay: '3ms', loss: '2%' },
    bytes: 500_000,
    pauseMs: 1200,
  },
];

test.for(TCP_CASES)(
  'TCP under $link: every segment that the kernels count is one that the path saw',
  { timeout: LIMIT_MS },
  async ({ profile, bytes, leastSynAcksAgain = 0, pauseMs = 0 }, context) => {
    const net = await network(context);
    const server = program(net, 'server', tcpEcho(pauseMs));
    await server.ready;
    const { hosts, report } = await watched(net, profile, async () => {
      await program(net, 'clients', tcpTalkers(bytes)).answer;
      await server.answer;
    });
    expectAgreement(tcpAgreement({ ...report, hosts }));
    expect(hosts.clients.tcp.retransSegs).toBeGreaterThan(0);
    expect(hosts.clients.tcp.windowProbes).toBeGreaterThanOrEqual(pauseMs > 0 ? 1 : 0);
    expect(hosts.server.tcp.synRetrans).toBeGreaterThanOrEqual(leastSynAcksAgain);
  },
);

test(
  'UDP: the account of messages through a server closes under every impairment, and nothing is unexplained',
  async (context) => {
    const net = await network(context);
    const profile = { delay: '5ms', loss: '5%', duplicate: '5%', corrupt: '5%' };
    const { account, agreement, report } = await overUdp(net, profile, { count: 600, sizeBytes: 120 });
    const counts = countsOf(account);
    expect(counts).toMatchObject({ unexplained: 0, 'up: carrier': 0, 'down: carrier': 0, 'not taken': 0 });
    for (const cause of ['up: loss', 'up: damaged', 'down: loss', 'down: damaged'] as const) {
      expect(counts[cause]).toBeGreaterThan(0);
    }
    expect(counts['up: loss']).toBe(lostUp(report));
    expectAgreement(agreement);
  },
  LIMIT_MS,
);

test(
  'UDP in fragments: one that is lost takes its datagram with it',
  async (context) => {
    const net = await network(context, 576);
    const { account, agreement, report } = await overUdp(
      net,
      { delay: '2ms', loss: '3%' },
      { count: 200, sizeBytes: 1500 },
    );
    const counts = countsOf(account);
    expect(counts).toMatchObject({ unexplained: 0, 'not taken': 0 });
    expect(counts['up: loss']).toBeGreaterThan(0);
    expect(counts['down: loss']).toBeGreaterThan(0);
    const { kind, message } = report.packets;
    expect(message.filter((number, i) => kind[i] === 'fragment' && number < 0)).toEqual([]);
    expectAgreement(agreement);
  },
  LIMIT_MS,
);

test(
  "UDP to a server that sleeps: what its full buffer threw away is in the account, as the kernel's counter says",
  async (context) => {
    const net = await network(context);
    const settings = { count: 600, sizeBytes: 1000, serverSleepMs: 400, everyMs: 0 };
    const { account, agreement, hosts } = await overUdp(net, {}, settings);
    const counts = countsOf(account);
    expect(hosts.server.udp.rcvbufErrors).toBeGreaterThan(0);
    expect(counts['socket buffer at server']).toBe(hosts.server.udp.rcvbufErrors);
    expect(counts.unexplained).toBe(0);
    expectAgreement(agreement);
  },
  LIMIT_MS,
);

test(
  'a packet that damage has made no packet at all is damaged, and not lost by the machine',
  async (context) => {
    const net = await network(context);
    const sent = () => program(net, 'clients', udpSender(500, 4, 0)).answer;
    const { report, hosts } = await watched(net, { up: { corrupt: '100%' } }, sent);
    // A flip in its first four bits, which say that it is IPv4.
    expect(report.packets.corruptBit.some((bit) => bit < 4)).toBe(true);
    expect(report.ledger.up).toMatchObject({ corrupted: { packets: 500 }, delivered: { packets: 500 } });
    expect(report.ledger.up.dropped.carrier.packets).toBe(0);
    expect(report.arrivals.arrivedNs).toEqual([]);
    expect(hosts.server.udp).toMatchObject({ inDatagrams: 0, noPorts: 0 });
  },
  LIMIT_MS,
);

test(
  'a stream that is older than the record: offsets count from its SYN, and what waited for a lost segment is seen',
  async (context) => {
    const net = await network(context);
    const server = program(net, 'server', tcpEcho(0));
    await server.ready;
    // In the record the first packet up is the first message; the second and third wait for its repetition.
    const profile = { up: { delay: '5ms', loss: { kind: 'list', packets: [1] } }, down: { delay: '5ms' } };
    await net.emulator.open({ profile: parseLinkProfile(profile), chance: CHANCE, recordsPackets: true });
    const child = net.spawn('clients', process.execPath, ['--input-type=module', '-e', STEPPED_TALKER], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let out = '';
    child.stdout!.on('data', (bytes) => {
      out += bytes;
    });
    await until(() => out.includes('greeted'), 'the greeting was answered');
    await net.emulator.begin(monotonicNs());
    child.stdin!.write('go');
    await server.answer;
    const report = await net.emulator.close(undefined);
    const [pieces] = piecesOfStreams(report.arrivals).up.values();
    const messages = { start: [1000, 1100, 1200], end: [1100, 1200, 1300] };
    const seen = blocking(streamMessages(firstArrivals(pieces!), messages));
    expect(seen.blockedNs[0]).toBe(0);
    expect(seen.blockedNs[1]).toBeGreaterThan(0);
    expect(seen.blockedNs[2]).toBeGreaterThan(0);
    expect([...seen.releases]).toEqual([3]);
    expect(report.packets.kind).toContain('tcp retransmission');
  },
  LIMIT_MS,
);

const CHANCE = { mode: 'packet', seed: 3 } as const;

/** The path's record of some work, and what the hosts' kernels counted meanwhile. */
async function watched(net: EmulatedNetwork, profile: unknown, work: () => Promise<unknown>) {
  const mark = Buffer.from(MARK);
  await net.emulator.open({ profile: parseLinkProfile(profile), chance: CHANCE, recordsPackets: true, mark });
  const before = { clients: await readHostCounters(net.pids.clients), server: await readHostCounters(net.pids.server) };
  await net.emulator.begin(monotonicNs());
  await work();
  const hosts = await countersAtRest(net, before);
  return { hosts, report: await net.emulator.close(undefined) };
}

/** Connections end some time after their programs: waits until neither kernel counts any more. */
async function countersAtRest(net: EmulatedNetwork, before: Record<'clients' | 'server', HostCounters>) {
  const read = async () => ({
    clients: countersBetween(before.clients, await readHostCounters(net.pids.clients)),
    server: countersBetween(before.server, await readHostCounters(net.pids.server)),
  });
  let [last, counted, same] = [await read(), await read(), 0];
  while (same < REST_READINGS) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    [last, counted] = [counted, await read()];
    same = JSON.stringify(last) === JSON.stringify(counted) ? same + 1 : 0;
  }
  return counted;
}

const REST_READINGS = 8;

interface UdpTask {
  readonly count: number;
  readonly sizeBytes: number;
  readonly everyMs?: number;
  readonly serverSleepMs?: number;
}

async function overUdp(net: EmulatedNetwork, profile: unknown, task: UdpTask) {
  const server = program(net, 'server', udpRelay(task.serverSleepMs ?? 0));
  await server.ready;
  let arrived: number[] = [];
  const { hosts, report } = await watched(net, profile, async () => {
    arrived = (await program(net, 'clients', udpTalker(task)).answer) as number[];
  });
  const delayNs = Array<number>(task.count).fill(Number.POSITIVE_INFINITY);
  for (const message of arrived) delayNs[message] = 1;
  const trial = {
    sentNs: Array<number>(task.count).fill(0),
    delayNs,
    late: Array<number>(task.count).fill(0),
    refused: 0,
    endNs: Number.POSITIVE_INFINITY,
    packets: report.packets,
    arrivals: report.arrivals,
    hosts,
    carrier: carrierOf(report),
  };
  return { account: udpAccount(trial), agreement: udpAgreement(trial), report, hosts };
}

/** How many packets of messages the link's loss took on their way up. */
function lostUp({ packets: { direction, fate, message } }: PathReport): number {
  return fate.filter((name, i) => name === 'loss' && direction[i] === 'up' && message[i]! >= 0).length;
}

function carrierOf({ ledger }: PathReport) {
  return { up: ledger.up.dropped.carrier.packets, down: ledger.down.dropped.carrier.packets };
}

function countsOf({ names, counts }: ReturnType<typeof udpAccount>) {
  return Object.fromEntries(names.map((name, i) => [name, counts[i]!])) as Record<UdpCause, number>;
}

function expectAgreement(agreement: readonly Agreement[]): void {
  const side = (name: 'host' | 'path') => Object.fromEntries(agreement.map((row) => [row.what, row[name]]));
  expect(side('host')).toEqual(side('path'));
}

/** Sends back what comes, to three connections; reads nothing for a while first. */
const tcpEcho = (pauseMs: number) => `
  import { createServer } from 'node:net';
  let ended = 0;
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('close', () => { if (++ended === 3) server.close(); });
    setTimeout(() => socket.pipe(socket), ${pauseMs});
  });
  server.listen(7001, '10.77.0.1', () => console.log('ready'));`;

/** Three connections; each sends so many bytes in small pieces, and ends when all have come back. */
const tcpTalkers = (count: number) => `
  import { connect } from 'node:net';
  for (let k = 0; k < 3; k++) {
    let back = 0;
    const socket = connect(7001, '10.77.0.1', async () => {
      socket.setNoDelay(true);
      for (let at = 0; at < ${count}; at += ${count / 100}) {
        socket.write(Buffer.alloc(${count / 100}));
        await new Promise((next) => setTimeout(next, 2));
      }
    });
    socket.on('data', (bytes) => { back += bytes.length; if (back === ${count}) socket.end(); });
  }`;

/** Three connections, of which the first greets, and says three messages when it is told to. */
const STEPPED_TALKER = `
  import { connect } from 'node:net';
  const idle = [connect(7001, '10.77.0.1'), connect(7001, '10.77.0.1')];
  let back = 0;
  const socket = connect(7001, '10.77.0.1', () => socket.write(Buffer.alloc(1000)));
  socket.setNoDelay(true);
  socket.on('data', (bytes) => {
    back += bytes.length;
    if (back === 1000) console.log('greeted');
    if (back === 1300) { for (const one of [...idle, socket]) one.end(); process.stdin.unref(); }
  });
  process.stdin.once('data', async () => {
    for (let k = 0; k < 3; k++) {
      socket.write(Buffer.alloc(100));
      await new Promise((next) => setTimeout(next, 3));
    }
  });`;

/** Passes each datagram on to whoever sent the first; sleeps after that one. Ends when no more come. */
const udpRelay = (sleepMs: number) => `
  import { createSocket } from 'node:dgram';
  const socket = createSocket({ type: 'udp4', recvBufferSize: 32_768 });
  let receiver;
  let timer = setTimeout(() => socket.close(), 10_000);
  socket.on('message', (bytes, from) => {
    clearTimeout(timer);
    timer = setTimeout(() => socket.close(), 1500);
    if (bytes.length > 5) return socket.send(bytes, receiver, '10.77.0.2');
    receiver = from.port;
    socket.send('hello', receiver, '10.77.0.2', () => {
      if (${sleepMs} > 0) setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${sleepMs}), 5);
    });
  });
  socket.bind(7000, '10.77.0.1', () => console.log('ready'));`;

/** Numbered messages from one socket, received at another; prints the numbers of those that came. */
const udpTalker = ({ count, sizeBytes, everyMs = 1 }: UdpTask) => `
  import { createSocket } from 'node:dgram';
  const [sender, receiver] = [createSocket('udp4'), createSocket('udp4')];
  const came = [];
  const end = () => { console.log(JSON.stringify(came)); sender.close(); receiver.close(); };
  const say = (bytes, socket) => new Promise((sent) => socket.send(bytes, 7000, '10.77.0.1', sent));
  let timer;
  let isKnown = false;
  receiver.on('message', (bytes) => {
    if (bytes.length === 5) { if (!isKnown) { isKnown = true; talk(); } return; }
    came.push(Number.parseInt(bytes.toString('latin1', 12, 20), 16));
    clearTimeout(timer);
    timer = setTimeout(end, 1500);
  });
  const hello = () => { if (!isKnown) { say('hello', receiver); setTimeout(hello, 300); } };
  hello();
  async function talk() {
    if (${everyMs} === 0) await new Promise((next) => setTimeout(next, 30));
    for (let k = 0; k < ${count}; k++) {
      const text = 'to:.' + '${MARK}' + k.toString(16).padStart(8, '0');
      await say(Buffer.from(text.padEnd(${sizeBytes}, 'x')), sender);
      if (${everyMs} > 0) await new Promise((next) => setTimeout(next, ${everyMs}));
    }
    clearTimeout(timer);
    timer = setTimeout(end, 1500);
  }`;
