// A socket that takes no more: every packet on this host's loopback waits for its turn in a slow queue, so the kernel says
// EAGAIN to whoever sends on. Nothing is lost silently, and all goes on when the queue is gone.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import { expect, onTestFinished, type TestContext, test, vi } from 'vitest';
import { LAB, Lab } from '../cli/lab.ts';
import { needs } from '../support/ability.ts';
import { joinChat, openChat } from '../support/chat.ts';
import { until } from '../support/until.ts';
import { watchSockets } from '../support/watch-sockets.ts';

const LIMIT = { timeout: 60_000 };
/** More than the queue in front of a socket may hold, with what the socket itself takes. */
const MESSAGES = 400;
const BODY = 'x'.repeat(8_000);

test('who sends over UDP is told what was not sent, and it passes', LIMIT, async (context) => {
  const host = await slowHost(context);
  const server = host.lab('serve', '--port', '0', '--json');
  await server.prints(/"port":\d+/);
  const [, port] = /"port":(\d+)/.exec(server.out)!;
  const chat = (name: string) => host.lab('chat', '--port', port!, '--transport', 'udp', '--name', name);
  const [ana, rui] = [chat('Ana'), chat('Rui')];
  for (const each of [ana, rui]) await each.prints('You are', 20_000);
  host.slow();
  ana.type('/to Rui', ...Array.from({ length: MESSAGES }, () => ['', BODY]).flat());
  await ana.prints('! The message was not sent: too much waits before it. Try again.', 20_000);
  host.release();
  // What waited in the queue is gone with it, and what comes out of the socket all at once is more than another may take.
  const timer = setInterval(() => ana.type('', 'it passes'), 200);
  await rui.prints('it passes', 20_000);
  clearInterval(timer);
  await ana.prints('Rui has message');
  for (const each of [ana, rui]) {
    each.child.stdin!.end();
    expect([await each.ends(), each.err]).toEqual([0, '']);
  }
  server.child.kill('SIGTERM');
  expect([await server.ends(), server.err]).toEqual([0, '']);
  const events = server.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).event);
  expect(new Set(events)).toEqual(new Set(['listening', 'joined', 'message', 'left', 'stopping', 'stopped']));
});

test('a server that can send nothing says so once, not once a datagram', LIMIT, async () => {
  const strays: string[] = [];
  const sockets = watchSockets<Socket>('udp.socket');
  const server = await openChat({ transports: ['udp'], onStray: (remote, why) => strays.push(`${remote}${why}`) });
  const [ana, rui] = [await joinChat(server, 'udp'), await joinChat(server, 'udp')];
  let refused = 0;
  const send = vi.spyOn(sockets[0]!, 'send').mockImplementation((...given: unknown[]) => {
    refused++;
    const done = given.at(-1) as (error: Error) => void;
    setImmediate(done, Object.assign(new Error('send ENOBUFS'), { code: 'ENOBUFS' }));
  });
  for (let number = 0; number < 200; number++) ana.client.send({ to: rui.name, body: String(number) });
  await until(() => refused >= 200, 'none could be sent');
  await until(() => strays.length > 0, 'it is told');
  send.mockRestore();
  ana.client.send({ to: rui.name, body: 'at last' });
  await until(() => rui.inbox.length === 1, 'what comes after it is sent');
  expect(strays).toEqual(['send ENOBUFS']);
});

/** A network namespace that goes away with the test. */
async function slowHost(context: TestContext) {
  const hasTools = ['unshare', 'nsenter', 'tc', 'ip'].every((name) => spawnSync(name, ['-V']).error === undefined);
  needs(context, process.getuid?.() === 0 && hasTools, 'it needs root, util-linux and iproute2');
  const holder = spawn('unshare', ['--net', 'sh', '-c', 'ip link set lo up && echo up && exec cat']);
  onTestFinished(() => void holder.kill('SIGKILL'));
  await once(holder.stdout, 'data');
  const inside = ['nsenter', '-t', String(holder.pid), '--net'];
  const tc = (...args: string[]) => execFileSync('nsenter', [...inside.slice(1), 'tc', 'qdisc', ...args]);
  return {
    lab: (...args: string[]) => new Lab(args, {}, [...inside, process.execPath, LAB]),
    slow: () => void tc('add', 'dev', 'lo', 'root', 'tbf', 'rate', '1mbit', 'burst', '20k', 'limit', '200m'),
    release: () => void tc('del', 'dev', 'lo', 'root'),
  };
}
