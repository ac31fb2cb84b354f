// No file descriptor left: at the start of each command, and in a server that can accept no one more.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { RelayApi } from '../../src/bench/rig/relay-process.ts';
import { encodeJoin } from '../../src/core/client-frame.ts';
import { remote } from '../../src/rpc.ts';
import { LAB, Lab, lab, labServe } from '../cli/lab.ts';
import { needs } from '../support/ability.ts';
import { joinChat, openChat } from '../support/chat.ts';
import { type RawTcp, rawTcp } from '../support/raw-tcp.ts';
import { until } from '../support/until.ts';
import { together } from './together.ts';

const LIMIT = { timeout: 60_000 };
const HAS_TUN = process.getuid?.() === 0 && existsSync('/dev/net/tun');

/** Under the first nothing of the lab can be loaded, under the second not all of it, and under the third all works. */
const [NOTHING, NOT_ALL, ENOUGH] = [24, 32, 64];
/** More than a relay under the limit of 40 has room for. */
const CLIENTS = 40;

test('too few to start with: one line with what to do; and enough is enough', LIMIT, async (context) => {
  needs(context, process.platform === 'linux', 'it needs ulimit');
  const server = await openChat();
  const commands: Record<string, string[]> = {
    explain: ['explain'],
    chat: ['chat', '--port', String(server.port)],
    'chat across a relay': ['chat', '--port', String(server.port), '--delay', '1ms', '--backend', 'relay'],
    duel: ['duel', '--script', '-', '--backend', 'relay', '--delay', '1ms'],
    ...(HAS_TUN && {
      'chat across packets': ['chat', '--port', String(server.port), '--delay', '1ms', '--backend', 'tun'],
      'link run': ['link', 'run', '--', 'true'],
    }),
  };
  await together(
    Object.fromEntries(
      Object.entries(commands).map(([name, args]) => [
        name,
        async () => {
          for (const files of name === 'explain' ? [NOTHING, NOT_ALL, ENOUGH] : [NOT_ALL, ENOUGH]) {
            const program = limited(files, args);
            program.child.stdin!.end('hello\n');
            const isEnough = files === ENOUGH;
            expect(await program.ends(30_000)).toBe(isEnough ? 0 : 1);
            if (!isEnough)
              expect(program.err).toMatch(/^lab: [^\n]*(open files|files open)[^\n]*\(ulimit -n 1024\)\.\n$/);
          }
        },
      ]),
    ),
  );
});

test('a server: who is here is served, who comes is turned away without a turmoil, and has room again', {
  ...LIMIT,
}, async (context) => {
  needs(context, spawnSync('prlimit', ['--version']).status === 0, 'it needs prlimit');
  const { server, port } = await labServe();
  const at = { port: Number(port) };
  const ana = await joinChat(at, 'tcp', { name: 'Ana' });
  const rui = await joinChat(at, 'udp', { name: 'Rui' });
  const pid = server.child.pid!;
  const held = openFiles(pid);
  allowFiles(pid, held + 2);
  const guests: RawTcp[] = [];
  for (let number = 0; number < 40; number++) guests.push((await rawTcp(at.port)).read());
  const turnedAway = () => guests.filter(({ hasEnded }) => hasEnded).length;
  await until(() => turnedAway() >= 30, 'those are turned away who have no room');
  expect(turnedAway()).toBeLessThan(40);
  const late = lab('chat', '--port', port);
  late.child.stdin!.end();
  expect(await late.ends()).toBe(1);
  expect(late.err).toMatch(/^lab: [^\n]+\n$/);
  // Those that are here hear of nothing; over UDP nobody needs a file, and so even joins.
  ana.client.send({ to: 'Rui', body: 'still here' });
  rui.client.send({ to: 'Ana', body: 'me too' });
  await until(() => ana.inbox.length + rui.inbox.length === 2, 'they write to each other');
  await joinChat(at, 'udp', { name: 'Eva' });
  const [beganMs, before] = [performance.now(), cpuMs(pid)];
  await pause(500);
  expect(cpuMs(pid) - before).toBeLessThan(0.5 * (performance.now() - beganMs));
  expect(server.out.split('\n').length).toBeLessThan(12);
  for (const { socket } of guests) socket.destroy();
  await until(() => openFiles(pid) <= held, 'they are gone');
  await joinChat(at, 'tcp', { name: 'Rosa' });
  server.child.kill('SIGTERM');
  expect([await server.ends(), server.err]).toEqual([0, '']);
});

test('a server under its limit from the beginning tells once why it turns clients away', LIMIT, async (context) => {
  needs(context, process.platform === 'linux', 'it needs ulimit');
  const server = limited(ENOUGH, ['serve', '--port', '0', '--json']);
  await server.prints(/"port":\d+/);
  const port = Number(/"port":(\d+)/.exec(server.out)![1]);
  const guests: RawTcp[] = [];
  for (let number = 0; number < 80; number++) guests.push((await rawTcp(port)).read().say(encodeJoin('', false)));
  await until(() => guests.filter(({ hasEnded, isClosed }) => hasEnded || isClosed).length >= 30, 'some have no room');
  await until(() => server.out.includes('stray'), 'it is told');
  for (const { socket } of guests) socket.destroy();
  await until(() => openFiles(server.child.pid!) < 30, 'they are gone');
  await joinChat({ port }, 'tcp', { name: 'Rosa' });
  const strays = server.out.split('\n').filter((line) => line.includes('stray'));
  expect(strays.map((line) => JSON.parse(line).why)).toEqual([
    'a connection was turned away, as no more than 64 files may be open here; raise the limit (ulimit -n)',
  ]);
});

test('a relay of datagrams: who has no room is counted, and all others cross', LIMIT, async (context) => {
  needs(context, process.platform === 'linux', 'it needs ulimit');
  const program = [process.execPath, fileURLToPath(new URL('processes/relay.js', `file://${LAB}`))];
  const child = spawn('sh', ['-c', `ulimit -n 40 && exec "$@"`, 'sh', ...program], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const relay = remote<RelayApi>(child, 'relay');
  const server = await udpSocket();
  server.on('message', (bytes, { port }) => server.send(bytes, port, '127.0.0.1'));
  const port = await relay.open({
    host: '127.0.0.1',
    transport: 'udp',
    profile: { up: {}, down: {} },
    chance: { mode: 'packet', seed: 1 },
    serverPort: server.address().port,
  });
  let answered = 0;
  for (let number = 0; number < CLIENTS; number++) {
    const client = await udpSocket();
    client.on('message', () => answered++);
    client.send('a datagram', port, '127.0.0.1');
  }
  let [last, looks] = [0, 0];
  await until(() => {
    looks = answered > 0 && answered === last ? looks + 1 : 0;
    last = answered;
    return looks > 100;
  }, 'no more are answered');
  const { count } = (await relay.close(undefined))!;
  expect(answered).toBeLessThan(CLIENTS);
  expect(count.droppedPackets['carrier']).toBe(CLIENTS - answered);
});

async function udpSocket(): Promise<Socket> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  onTestFinished(() => void socket.close());
  await once(socket, 'listening');
  return socket;
}

function limited(files: number, args: readonly string[]): Lab {
  return new Lab(args, {}, ['sh', '-c', `ulimit -n ${files} && exec "$@"`, 'sh', process.execPath, LAB]);
}

function allowFiles(pid: number, files: number): void {
  execFileSync('prlimit', ['--pid', String(pid), `--nofile=${files}:`]);
}

function openFiles(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** Of one processor, as the kernel counts it: in hundredths of a second. */
function cpuMs(pid: number): number {
  const [, after] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user, system] = after!.split(' ').slice(11, 13).map(Number);
  return (user! + system!) * 10;
}
