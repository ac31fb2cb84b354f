// A server that stands outside of the emulated network, reached from host `clients` over both transports, and a link that
// becomes another one while they speak.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { parseLinkProfile } from '../../../src/link/parse-profile.ts';
import { openGateway } from '../../../src/link/tun/gateway.ts';
import { network, program } from './network.ts';

const DOORS = new URL('../../../dist/cli/processes/doors.js', import.meta.url);
const LIMIT = { timeout: 30_000 };

/** Answers what it gets, over either transport, on one port of this machine's own loopback. */
async function echoServer(): Promise<number> {
  const streams = new Set<Socket>();
  const tcp = createServer((stream) => {
    streams.add(stream);
    stream.on('error', () => {}).pipe(stream);
  }).listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const { port } = tcp.address() as { port: number };
  const udp = createSocket('udp4');
  udp.bind(port, '127.0.0.1');
  await once(udp, 'listening');
  udp.on('message', (bytes, from) => udp.send(bytes, from.port, from.address));
  onTestFinished(() => {
    for (const stream of streams) stream.destroy();
    tcp.close();
    udp.close();
  });
  return port;
}

/** On host `clients`: an echo over each transport; prints the round trips in ms, -1 for what did not come within a second. */
const client = (port: number) => `
  import { connect } from 'node:net';
  import { createSocket } from 'node:dgram';
  const timed = async (send, come) => {
    const start = performance.now();
    send();
    return Promise.race([come.then(() => performance.now() - start), new Promise((r) => setTimeout(r, 1000, -1))]);
  };
  const stream = connect(${port}, '10.77.0.1');
  await new Promise((connected) => stream.once('connect', connected));
  const tcp = await timed(() => stream.write('x'), new Promise((come) => stream.once('data', come)));
  const socket = createSocket('udp4');
  const udp = await timed(
    () => socket.send('x', ${port}, '10.77.0.1'),
    new Promise((come) => socket.once('message', come)),
  );
  stream.destroy();
  socket.close();
  console.log(JSON.stringify({ tcp, udp }));`;

test('both transports reach it, across what the link is at that moment', LIMIT, async (context) => {
  const net = await network(context);
  const port = await echoServer();
  const gateway = await openGateway(net, { program: DOORS, server: { host: '127.0.0.1', port } });
  onTestFinished(() => gateway.close());
  const echo = () => program(net, 'clients', client(gateway.port)).answer as Promise<{ tcp: number; udp: number }>;
  const chance = { mode: 'packet', seed: 1 } as const;
  await net.emulator.open({ profile: parseLinkProfile({}), chance, recordsPackets: false, tellsNews: true });
  const clean = await echo();
  expect(clean.tcp).toBeGreaterThan(0);
  expect(clean.udp).toBeGreaterThan(0);
  await net.emulator.change(parseLinkProfile({ delay: '50ms' }));
  const slow = await echo();
  expect(slow.tcp).toBeGreaterThanOrEqual(100);
  expect(slow.udp).toBeGreaterThanOrEqual(100);
  const before = await net.emulator.news(undefined);
  expect(before.lost).toEqual([]);
  expect(before.arrivals.arrivedNs.length).toBeGreaterThan(0);
  await net.emulator.change(parseLinkProfile({ up: { loss: '100%' } }));
  const socket = program(
    net,
    'clients',
    `import { createSocket } from 'node:dgram';
     const socket = createSocket('udp4');
     socket.send('lost', ${gateway.port}, '10.77.0.1', () => socket.close());`,
  );
  await socket.answer;
  const { ledger, lost } = await net.emulator.news(undefined);
  expect(lost).toEqual([{ direction: 'up', cause: 'loss', head: new TextEncoder().encode('lost') }]);
  // It goes on from link to link.
  expect(ledger.up.offered.packets).toBeGreaterThan(before.ledger.up.offered.packets);
});

test('a server that is not there is refused as it would be without a gateway', LIMIT, async (context) => {
  const net = await network(context);
  const gateway = await openGateway(net, { program: DOORS, server: { host: '127.0.0.1', port: 9 } });
  onTestFinished(() => gateway.close());
  const source = `
    import { connect } from 'node:net';
    const stream = connect(${gateway.port}, '10.77.0.1');
    const ended = await new Promise((end) => { stream.on('error', ({ code }) => end(code)); stream.on('close', () => end('closed')); });
    console.log(JSON.stringify(ended));`;
  expect(await program(net, 'clients', source).answer).toBe('ECONNRESET');
});
