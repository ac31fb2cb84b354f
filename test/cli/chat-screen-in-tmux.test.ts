// The chat's screen in a real terminal, over real servers of both transports.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { joinChat, openChat } from '../support/chat.ts';
import { until } from '../support/until.ts';
import { LAB } from './lab.ts';
import { chatIn } from './tmux.ts';

const LIMIT = { timeout: 60_000 };

describe.each(['tcp', 'udp'])('over %s', (transport) => {
  test('two talk, and each sees what became of what he sent', LIMIT, async (context) => {
    const server = await openChat();
    const ana = chatIn(context, `--port ${server.port} --transport ${transport} --name Ana`);
    await ana.shows(`Ana · ${transport}`);
    const rui = chatIn(context, `--port ${server.port} --transport ${transport} --name Rui`);
    await ana.shows(`Rui joined over ${transport}`);
    await rui.shows('People 2');
    // A name that was begun is completed, and the recipient stays.
    ana.type('R');
    ana.press('Tab');
    ana.type('Olá');
    ana.press('Tab');
    ana.type('tudo bem? 測試 👍');
    ana.press('Enter');
    await rui.shows('Ana · Olá');
    await rui.shows('tudo bem? 測試 👍');
    await ana.shows(/✓ Rui has it, after [\d.,]+ ms/);
    ana.type('again');
    ana.press('Enter');
    await rui.shows('Ana · Sem Assunto');
    await ana.shows('sent 2 · confirmed 2');
    rui.type('*');
    rui.press('Tab', 'Tab');
    rui.type('to everybody');
    rui.press('Enter');
    await ana.shows('Rui · Sem Assunto · to all');
    ana.press('C-l');
    await ana.hides('to everybody');
    ana.press('C-c');
    await ana.shows('ended with 0');
    await rui.shows(/Ana is gone \(left\)/);
  });
});

test('the terminal is given back as it was found', LIMIT, async (context) => {
  const server = await openChat();
  const terminal = chatIn(context, `--port ${server.port}`);
  await terminal.shows('Usuario0 · tcp');
  expect(terminal.screen).not.toContain('before');
  terminal.press('C-c');
  await terminal.shows('ended with 0');
  // What stood there before stands there again, keys are echoed and lines are edited.
  expect(terminal.lines.slice(0, 4)).toEqual(['before', 'ended with 0', 'icanon', 'echo']);
  await until(() => server.userCount === 0, 'the user has left');
});

test('a paste of many lines is one message, and long ones wrap and scroll', LIMIT, async (context) => {
  const server = await openChat();
  const rui = await joinChat(server, 'tcp', { name: 'Rui' });
  const terminal = chatIn(context, `--port ${server.port} --name Ana`);
  await terminal.shows('Ana · tcp');
  terminal.type('Rui');
  terminal.press('Tab', 'Tab');
  terminal.paste('one\ntwo\nthree');
  await terminal.shows('one⏎two⏎three');
  expect(rui.inbox).toEqual([]);
  terminal.press('Enter');
  await until(() => rui.inbox.length === 1, 'it was sent');
  expect(rui.inbox).toEqual(['Ana: one\ntwo\nthree']);
  for (let number = 1; number <= 20; number++)
    rui.client.send({ to: 'Ana', body: `number ${number} ${'long '.repeat(20)}` });
  await terminal.shows('number 20');
  await terminal.shows(/↑ \d+ more/);
  terminal.press('PageUp', 'PageUp');
  await terminal.hides('number 20');
  await terminal.shows(/↓ \d+ more/);
  terminal.press('Escape');
  await terminal.shows('number 20');
  expect(Math.max(...terminal.lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('what others write does not drive the terminal', LIMIT, async (context) => {
  const server = await openChat();
  const terminal = chatIn(context, `--port ${server.port} --name Ana`);
  await terminal.shows('Ana · tcp');
  const mallory = await joinChat(server, 'udp', { name: 'Mal' });
  mallory.client.send({ to: 'Ana', subject: '\u001b[2J\u001b[31m', body: 'x\u001b]0;owned\u0007y\u202ez' });
  await terminal.shows('\\u{1b}[2J');
  await terminal.shows('x\\u{1b}]0;owned\\u{7}y\\u{202e}z');
});

test('it fits what room there is, and says so where there is too little', LIMIT, async (context) => {
  const server = await openChat();
  const terminal = chatIn(context, `--port ${server.port} --lang pt-BR`, { columns: 120, rows: 40 });
  await terminal.shows('Caixa de Entrada');
  for (const word of ['Destinatário', 'Assunto', 'Mensagem', 'Pessoas 1', 'Enter: Enviar']) await terminal.shows(word);
  terminal.resize({ columns: 60, rows: 16 });
  await terminal.hides('Pessoas');
  await terminal.shows('Caixa de Entrada');
  terminal.resize({ columns: 59, rows: 24 });
  await terminal.shows('60 × 16');
  terminal.resize({ columns: 80, rows: 24 });
  await terminal.shows('Pessoas 1');
  terminal.press('F1');
  await terminal.shows('PageUp, PageDown');
  terminal.press('Escape');
  await terminal.hides('PageUp, PageDown');
});

test('mistakes are told, and what was typed stays', LIMIT, async (context) => {
  const server = await openChat();
  const terminal = chatIn(context, `--port ${server.port} --name Ana`);
  await terminal.shows('Ana · tcp');
  terminal.press('Tab', 'Tab');
  terminal.type('to nobody');
  terminal.press('Enter');
  await terminal.shows('A message needs a recipient');
  terminal.type('Nemo');
  terminal.press('Tab', 'Tab', 'Enter');
  await terminal.shows('✗ refused: There is no user "Nemo" here now.');
  terminal.paste('ü'.repeat(30_001));
  terminal.press('Enter');
  await terminal.shows('limit is 60000. Shorten it');
  terminal.press('C-u');
  terminal.type('/nonsense');
  terminal.press('Enter');
  await terminal.shows('There is no command /nonsense');
});

test('a server that comes again finds the same user, and nothing typed is lost', LIMIT, async (context) => {
  const port = await freePort();
  const first = await serverOn(port);
  const terminal = chatIn(context, `--port ${port} --name Ana`);
  await terminal.shows('Ana · tcp');
  terminal.type('Rui');
  terminal.press('Tab', 'Tab');
  terminal.type('written meanwhile');
  first.kill('SIGKILL');
  await once(first, 'exit');
  await terminal.shows('no connection');
  terminal.press('Enter');
  await terminal.shows('there is no connection');
  expect(terminal.lines.some((line) => /^› Message\s+written meanwhile/.test(line))).toBe(true);
  await serverOn(port);
  await terminal.shows('connected again, as Ana', 30_000);
  const rui = await joinChat({ port }, 'udp', { name: 'Rui' });
  await terminal.shows('Rui joined over udp');
  terminal.press('Enter');
  await until(() => rui.inbox.length === 1, 'what was typed was sent');
  expect(rui.inbox).toEqual(['Ana: written meanwhile']);
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

async function serverOn(port: number) {
  const server = spawn(process.execPath, [LAB, 'serve', '--port', String(port)]);
  onTestFinished(() => void server.kill('SIGKILL'));
  await once(server.stdout, 'data');
  return server;
}
