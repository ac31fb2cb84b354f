// How chats in pipes end: with every answer heard, with nothing done after /quit, and with a word when the server is gone.
import { describe, expect, test } from 'vitest';
import { joinChat, openChat } from '../support/chat.ts';
import { type Lab, lab, labServe } from './lab.ts';

const LIMIT_MS = 60_000;
const JOINED_WITHIN_MS = 10_000;

/** A user who types nothing yet. */
function startChat(port: number | string, transport: string, ...args: string[]): Lab {
  return lab('chat', '--port', String(port), '--transport', transport, ...args);
}

describe.each(['tcp', 'udp'])(
  'over %s',
  (transport) => {
    test('a message to all at the end of a pipe is told as confirmed by whoever has it', async () => {
      const server = await openChat();
      const others = [await joinChat(server, 'tcp', { name: 'Rui' }), await joinChat(server, 'udp', { name: 'Eva' })];
      const ana = startChat(server.port, transport, '--name', 'Ana');
      ana.child.stdin!.end('*\nHello\nHello all\n');
      expect(await ana.ends()).toBe(0);
      expect(others.map(({ inbox }) => inbox)).toEqual([['Ana: Hello all'], ['Ana: Hello all']]);
      for (const { name } of others) expect(ana.out).toContain(`· ${name} has message 1 (`);
      expect(ana.out).not.toContain('not confirmed');
    });

    test('questions at the end of a pipe are answered', async () => {
      const server = await openChat();
      const ana = startChat(server.port, transport, '--name', 'Ana');
      ana.child.stdin!.end('Nobody\n\nhello?\n/who\n');
      expect(await ana.ends()).toBe(0);
      expect(ana.out).toContain('! There is no user "Nobody" here now.\n');
      expect(ana.out).toContain(`1 here:\n  Ana (${transport}), you\n`);
    });

    test('nothing after /quit is obeyed, though the pipe stays open', async () => {
      const server = await openChat();
      const rui = await joinChat(server, 'tcp', { name: 'Rui', wantsPresence: true });
      const ana = startChat(server.port, transport, '--name', 'Ana');
      ana.type('/quit', '/inbox', '/who', 'Rui', 'late', 'too late');
      expect(await ana.ends()).toBe(0);
      expect(ana.out.trim().split('\n')).toHaveLength(1);
      expect(ana.err).toBe('');
      expect(await rui.hears('left')).toMatchObject({ name: 'Ana', departure: 'left' });
      expect(rui.inbox).toEqual([]);
    });

    test('a reader that has seen enough ends it with a goodbye and without a trace', async () => {
      const server = await openChat();
      const rui = await joinChat(server, 'tcp', { name: 'Rui', wantsPresence: true });
      const ana = startChat(server.port, transport, '--name', 'Ana');
      await ana.prints('You are', JOINED_WITHIN_MS);
      ana.child.stdout!.destroy();
      ana.type('/help', '/help');
      expect(await ana.ends()).toBe(0);
      expect(ana.err).toBe('');
      expect(await rui.hears('left')).toMatchObject({ name: 'Ana', departure: 'left' });
    });

    test('a server whose reader has seen enough tells its users that it ends', async () => {
      const { server, port } = await labServe('--transport', transport);
      server.child.stdout!.destroy();
      const ana = startChat(port, transport);
      expect(await ana.ends()).toBe(1);
      expect(ana.err).toBe('lab: The server is shutting down: it was stopped by its operator.\n');
      expect(await server.ends()).toBe(0);
    });

    test.each(['SIGTERM', 'SIGINT'] as const)('a server stopped by %s tells its users why', async (signal) => {
      const { server, port } = await labServe('--transport', transport);
      const ana = startChat(port, transport);
      await ana.prints('You are', JOINED_WITHIN_MS);
      server.child.kill(signal);
      expect(await ana.ends()).toBe(1);
      expect(ana.err).toBe('lab: The server is shutting down: it was stopped by its operator.\n');
      expect(await server.ends()).toBe(0);
    });
  },
  LIMIT_MS,
);

test('a server that is killed: over TCP the user is told in one line', { timeout: LIMIT_MS }, async () => {
  const { server, port } = await labServe();
  const ana = startChat(port, 'tcp');
  await ana.prints('You are', JOINED_WITHIN_MS);
  server.child.kill('SIGKILL');
  expect(await ana.ends()).toBe(1);
  expect(ana.err).toMatch(/^lab: The server (is gone: .+|ended the chat without a word)\.\n$/);
});

test.each<[string, string[], number, RegExp]>([
  [
    "a name that is the server's to give",
    ['--name', 'Usuario3'],
    9,
    /^lab: The name "Usuario3" is the server's to give/,
  ],
  ['a name with a control character', ['--name', 'a\x1b[2Jb'], 9, /^lab: The name "a\\.*b" is not allowed/],
  ['one user too many', [], 1, /^lab: The server is full: its limit is 1 users\. Try again later\.\n$/],
])('%s is refused in one line', { timeout: LIMIT_MS }, async (_what, args, maxUsers, told) => {
  const server = await openChat({ maxUsers });
  await joinChat(server, 'tcp');
  const ana = startChat(server.port, 'tcp', ...args);
  expect(await ana.ends()).toBeGreaterThan(0);
  expect(ana.err).toMatch(told);
  expect(ana.err.trim().split('\n')).toHaveLength(1);
  expect(ana.err).not.toContain('\x1b');
  expect(ana.out).toBe('');
});
