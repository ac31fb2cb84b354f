// ECONNREFUSED over UDP: the other end's port is closed, and its host says so. Anybody could say it (ICMP proves nothing), so
// it ends no session: silence does, or the word of a server that does not know it.
import type { Socket } from 'node:dgram';
import { expect, onTestFinished, test } from 'vitest';
import { lab, labServe } from '../cli/lab.ts';
import { joinChat } from '../support/chat.ts';
import { until } from '../support/until.ts';
import { watchSockets } from '../support/watch-sockets.ts';

const LIMIT = { timeout: 60_000 };

test('whoever joins where nobody listens is told at once', LIMIT, async () => {
  const { server, port } = await labServe();
  server.child.kill('SIGKILL');
  await server.ends();
  const chat = lab('chat', '--port', port, '--transport', 'udp');
  expect(await chat.ends(5_000)).toBe(1);
  expect(chat.err).toMatch(/^lab: Nobody listens at 127\.0\.0\.1:\d+ over udp\. Start a server there[^\n]*\n$/);
});

test(
  'a client whose server has died goes on, and learns from the next one that its session is gone',
  LIMIT,
  async () => {
    const { server, port } = await labServe();
    const at = { port: Number(port) };
    const sockets = watchSockets<Socket>('udp.socket');
    const ana = await joinChat(at, 'udp', { name: 'Ana' });
    let refusals = 0;
    sockets[0]!.on('error', () => refusals++);
    server.child.kill('SIGKILL');
    await server.ends();
    const timer = setInterval(() => ana.client.send({ to: 'Ana', body: 'anybody?' }), 5);
    onTestFinished(() => clearInterval(timer));
    await until(() => refusals > 10, 'the port is known to be closed');
    expect(ana.all('closed')).toEqual([]);
    const again = lab('serve', '--port', port);
    await again.prints('Listening');
    const why = expect.stringContaining('does not know this session');
    expect((await ana.hears('closed')).cause).toEqual({ kind: 'lost', why });
  },
);

test('a server whose client has died serves the others, and says nothing of it', LIMIT, async () => {
  const { server, port } = await labServe('--json');
  const at = { port: Number(port) };
  const ana = lab('chat', '--port', port, '--transport', 'udp', '--name', 'Ana');
  await ana.prints('You are');
  const rui = await joinChat(at, 'udp', { name: 'Rui' });
  const eva = await joinChat(at, 'udp', { name: 'Eva' });
  ana.child.kill('SIGKILL');
  await ana.ends();
  const linesBefore = server.out.split('\n').length;
  for (let number = 0; number < 50; number++) {
    rui.client.send({ to: 'Ana', body: 'where are you?' });
    rui.client.send({ to: 'Eva', body: String(number) });
  }
  await until(() => eva.inbox.length === 50, 'the other has all of it');
  await until(() => server.out.split('\n').length >= linesBefore + 100, 'each is in the journal');
  expect(server.out).not.toContain('stray');
  server.child.kill('SIGTERM');
  expect([await server.ends(), server.err]).toEqual([0, '']);
});
