// The chat as people and pipes use it: the built program, on real servers.
import { describe, expect, test } from 'vitest';
import { joinChat, openChat } from '../support/chat.ts';
import { until } from '../support/until.ts';
import { lab, labServe } from './lab.ts';

async function labChat(port: string, ...args: string[]) {
  const chat = lab('chat', '--port', port, ...args);
  await chat.prints('You are');
  return chat;
}

describe('two chats in pipes', () => {
  test('over different transports write to each other', async () => {
    const { port } = await labServe();
    const ana = await labChat(port, '--name', 'Ana');
    const rui = await labChat(port, '--transport', 'udp');
    await ana.prints('Usuario0 joined over udp');
    rui.type('Ana', '', 'olá, tudo bem?');
    await ana.prints(/Usuario0 · Sem Assunto\n {2}olá, tudo bem\?/);
    await rui.prints(/Ana has message 1 \(\d/);
    ana.type('*', 'Re', 'tudo');
    await rui.prints(/Ana to all · Re\n {2}tudo/);
  });

  test('are told of a recipient who is not there, and of a message that is too long', async () => {
    const { port } = await labServe('--transport', 'tcp');
    const ana = await labChat(port);
    ana.type('Nobody', 's', 'hello?', 'Nobody', 's', 'x'.repeat(60_001));
    await ana.prints('! There is no user "Nobody" here now.');
    await ana.prints('! The body has 60001 bytes in UTF-8 and the limit is 60000.');
    // Of a line that has no end in sight no more is kept than this.
    ana.type('Nobody', 's', 'x'.repeat(3_000_000), '/who');
    await ana.prints('! The body has 1048576 bytes in UTF-8 and the limit is 60000.');
    await ana.prints('1 here:');
  });

  test('know the commands', async () => {
    const { port } = await labServe('--transport', 'udp');
    const ana = await labChat(port, '--transport', 'udp', '--name', 'Ana');
    const rui = await labChat(port, '--transport', 'udp', '--name', 'Rui');
    rui.type('/to Ana', 'one', 'first', 'two', '//second');
    await ana.prints('first');
    await ana.prints('  /second');
    ana.type('/inbox', '/clear', '/inbox', '/who', '/help', '/nonsense');
    await ana.prints(/first.*second.*first.*second/s);
    await ana.prints(/The inbox is empty\.\nThe inbox is empty\./);
    await ana.prints(/2 here:\n {2}Ana \(udp\), you\n {2}Rui \(udp\)/);
    await ana.prints('/quit       leave');
    await ana.prints('! There is no command /nonsense.');
    ana.type('/quit');
    expect(await ana.ends()).toBe(0);
    await rui.prints('Ana is gone (left)');
  });

  test('a pipe that ends waits for its receipt', async () => {
    const { port } = await labServe('--transport', 'tcp');
    const server = { port: Number(port) };
    const ana = await joinChat(server, 'tcp', { name: 'Ana' });
    const piped = lab('chat', '--port', port);
    piped.child.stdin!.end('Ana\nHello\nfrom a script\n');
    expect(await piped.ends()).toBe(0);
    expect(piped.out).toMatch(/Ana has message 1/);
    expect(ana.inbox).toEqual(['Usuario0: from a script']);
  });

  test("another's escape sequences never reach the terminal", async () => {
    const server = await openChat();
    const ana = await labChat(String(server.port), '--name', 'Ana');
    const evil = await joinChat(server, 'tcp');
    evil.client.send({ to: 'Ana', subject: '\x1b]0;owned\x07', body: '\x1b[2Jgone\u202e\r\nsecond line' });
    await ana.prints('second line');
    expect(ana.out).toContain('\\u{1b}[2Jgone\\u{202e}');
    expect(ana.out).toContain('\\u{1b}]0;owned\\u{7}');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(ana.out).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
  });
});

describe('a chat ends with one line and exit code 1', () => {
  test('when its server stops', async () => {
    const { server, port } = await labServe();
    const chats = [await labChat(port), await labChat(port, '--transport', 'udp')];
    server.child.kill('SIGTERM');
    for (const chat of chats) {
      expect(await chat.ends()).toBe(1);
      expect(chat.err).toBe('lab: The server is shutting down: it was stopped by its operator.\n');
    }
  });

  test.each(['tcp', 'udp'])('when nobody listens over %s', async (transport) => {
    const { server, port } = await labServe();
    server.child.kill('SIGKILL');
    await server.ends();
    const chat = lab('chat', '--transport', transport, '--port', port);
    expect(await chat.ends()).toBe(1);
    expect(chat.err).toMatch(/^lab: Nobody listens at .*\n$/);
  });

  test('when its name is taken', async () => {
    const { port } = await labServe();
    await labChat(port, '--name', 'Ana');
    const second = lab('chat', '--port', port, '--name', 'Ana');
    expect(await second.ends()).toBe(1);
    expect(second.err).toBe('lab: The name "Ana" is taken. Ask for another, or for none to be given one.\n');
  });
});

describe('the server', () => {
  test('tells a program what happens, an event a line', async () => {
    const { server, port } = await labServe('--json', '--transport', 'both');
    const ana = await joinChat({ port: Number(port) }, 'tcp', { name: 'Ana' });
    ana.client.send({ to: 'Nobody', body: '' });
    ana.client.send({ to: 'Ana', body: 'to myself' });
    await ana.hears('message');
    ana.client.close();
    await server.prints('"left"');
    server.child.kill('SIGINT');
    expect(await server.ends()).toBe(0);
    const events = server.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.map(({ event }) => event)).toEqual([
      'listening',
      'joined',
      'refused',
      'message',
      'left',
      'stopping',
      'stopped',
    ]);
    expect(events[1]).toMatchObject({ name: 'Ana', transport: 'tcp' });
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('ends cleanly on %s', async (signal) => {
    const { server } = await labServe();
    server.child.kill(signal);
    expect(await server.ends()).toBe(0);
    expect(server.out).toMatch(
      /Listening on tcp and udp at 127\.0\.0\.1:\d+\. Ctrl-C stops\.\nStopping .*\nStopped\.\n$/,
    );
  });

  test.each([
    ['a host that does not resolve', ['--host', 'no-such-host.invalid'], 1, 'does not resolve'],
    ['a port that is none', ['--port', '70000'], 2, 'whole number from 0'],
    ['no room for anybody', ['--max-users', '0'], 2, '--max-users 0 is not allowed'],
    ['an unknown transport', ['--transport', 'sctp'], 2, 'Choices: "tcp", "udp", "both"'],
  ])('refuses %s', async (_what, args, code, words) => {
    const server = lab('serve', ...args);
    expect(await server.ends()).toBe(code);
    expect(server.err).toContain(words);
  });

  test('says that its port is taken', async () => {
    const { port } = await labServe();
    const second = lab('serve', '--port', port);
    expect(await second.ends()).toBe(1);
    expect(second.err).toMatch(/^lab: Port \d+ is taken at .*\n$/);
  });
});

test('the chat leaves nothing running', async () => {
  const server = await openChat();
  const chat = await labChat(String(server.port));
  chat.type('/quit');
  expect(await chat.ends()).toBe(0);
  await until(() => server.userCount === 0, 'the user is gone');
});
