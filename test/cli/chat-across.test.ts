// The chat across a link of its own, on a real terminal and in a pipe: the truth about each delivery.
import { existsSync } from 'node:fs';
import { describe, expect, onTestFinished, type TestContext, test } from 'vitest';
import { needs } from '../support/ability.ts';
import { joinChat, openChat } from '../support/chat.ts';
import { descendants, isAlive, processOf } from '../support/process-tree.ts';
import { until } from '../support/until.ts';
import { lab } from './lab.ts';
import { chatIn } from './tmux.ts';

const LIMIT = { timeout: 60_000 };

function needsPackets(context: TestContext): void {
  needs(context, process.getuid?.() === 0 && existsSync('/dev/net/tun'), 'it needs root and /dev/net/tun');
}

/** With Ana in it, who writes to Rui. */
async function anaAcross(context: TestContext, args: string) {
  const server = await openChat();
  const rui = await joinChat(server, 'tcp', { name: 'Rui' });
  const terminal = chatIn(context, `--port ${server.port} --name Ana ${args}`);
  await terminal.shows(`127.0.0.1:${server.port}`);
  terminal.type('Rui');
  terminal.press('Tab', 'Tab');
  const enter = (text: string) => {
    terminal.type(text);
    terminal.press('Enter');
  };
  return { server, rui, terminal, enter };
}

describe.each(['tun', 'relay'])('over UDP, carried by %s', (backend) => {
  test('the link tells what became of each message, either way', LIMIT, async (context) => {
    if (backend === 'tun') needsPackets(context);
    const { rui, terminal, enter } = await anaAcross(context, `--transport udp --link clean --backend ${backend}`);
    await terminal.shows('· no impairment');
    enter('one');
    await terminal.shows('✓ Rui has it, after');
    enter('/link up loss 100%');
    await terminal.shows('· up: loss 100% | down: no impairment');
    enter('two');
    await terminal.shows('✗ lost on the link: dropped by chance');
    enter('/link up loss 0%');
    await terminal.shows('· up: loss 0%');
    enter('/link down loss 100%');
    await terminal.shows('| down: loss 100%');
    enter('three');
    await terminal.shows('✓ Rui has it: only the receipt was lost on the link');
    rui.client.send({ to: 'Ana', subject: 'lunch', body: 'at one' });
    await terminal.shows(/a message from Rui \(lunch\) was lost\s+on the\s+link on its way here/);
    expect(rui.inbox).toEqual(['Ana: one', 'Ana: three']);
    await terminal.shows('sent 3 · confirmed 1 · received 0 · lost 1 · receipts lost 1 · missed 1');
  });
});

test('a stream that closes a gap tells what was held back behind it', LIMIT, async (context) => {
  needsPackets(context);
  const { rui, terminal } = await anaAcross(context, "--down 'loss: 30%' --delay 20ms --seed 7");
  let number = 0;
  const timer = setInterval(() => rui.client.send({ to: 'Ana', body: `number ${++number}` }), 20);
  onTestFinished(() => clearInterval(timer));
  await terminal.shows(/held back [\d.,]+ ms\s+behind a\s+gap/, 30_000);
  await terminal.shows(/held back \d+/);
});

test('a relay can’t lose parts of a stream: said before anything is shown', LIMIT, async () => {
  const server = await openChat();
  const program = lab('chat', '--port', String(server.port), '--backend', 'relay', '--loss', '5%');
  program.child.stdin!.end();
  expect(await program.ends()).toBe(2);
  expect(program.err).toMatch(/A relay can't do "loss 5%" to a TCP stream.*Use --backend tun, or UDP\./);
});

test.each(['tun', 'relay'])('in a pipe, too (%s)', LIMIT, async (backend) => {
  const server = await openChat();
  const rui = await joinChat(server, 'udp', { name: 'Rui' });
  const program = lab(
    ...['chat', '--port', String(server.port), '--name', 'Ana', '--delay', '5ms', '--backend', backend],
  );
  await program.prints(/You are Ana at 127\.0\.0\.1:\d+ over tcp, across delay 5ms/);
  program.type('/link delay 40ms', '/link', '/link nonsense 3', '/name Bia', 'Rui', '', 'hello');
  await program.prints('The link: delay 40ms');
  await program.prints('unknown');
  await program.prints('You are Bia now.');
  await until(() => rui.inbox.length === 1, 'it came');
  expect(rui.inbox).toEqual(['Bia: hello']);
  await program.prints(/Rui has message 1 \((8\d|9\d|\d{3,})\.\d ms\)/);
  program.child.stdin!.end();
  expect(await program.ends()).toBe(0);
});

test.each([
  ['tcp', /Nobody listens at 127\.0\.0\.1:1 over tcp/],
  ['udp', /Nobody (listens|answered) at 127\.0\.0\.1:1 over udp.*asked for across the emulated link/],
])('a server that is not there is told by its own address (%s)', LIMIT, async (transport, words) => {
  const program = lab('chat', '--port', '1', '--transport', transport, '--backend', 'relay', '--delay', '1ms');
  program.child.stdin!.end();
  expect(await program.ends(50_000)).toBe(1);
  expect(program.err).toMatch(words);
});

test('a link that is not there is not changed', LIMIT, async () => {
  const server = await openChat();
  const program = lab('chat', '--port', String(server.port));
  program.type('/link loss 5%');
  await program.prints('There is no link of the lab between you and the server');
  program.child.stdin!.end();
  expect(await program.ends()).toBe(0);
});

describe('whoever ends it', () => {
  test.for(['SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
    '%s to the lab: the terminal is given back, and nothing stays',
    LIMIT,
    async (signal, context) => {
      needsPackets(context);
      const { server, terminal } = await anaAcross(context, '--delay 1ms');
      const shell = terminal.pid;
      const all = descendants(shell);
      process.kill(all[0]!, signal);
      // Where the lab is killed, its shell speaks at once, and on a screen that is about to be taken away.
      if (signal !== 'SIGKILL') await terminal.shows(/ended with \d+/);
      await until(() => !all.some(isAlive), 'all that was started has ended');
      // What stood there stands there again, and what is typed is echoed and read in lines.
      expect(terminal.lines[0]).toBe('before');
      terminal.type('typed');
      terminal.press('Enter');
      await terminal.shows(/^typed\n+typed$/m);
      await until(() => server.userCount === 1, 'the user has left');
    },
  );

  test('the emulator dies: one line says so', LIMIT, async (context) => {
    needsPackets(context);
    const { terminal } = await anaAcross(context, '--delay 1ms');
    const all = descendants(terminal.pid);
    process.kill(all[1]!, 'SIGKILL');
    await terminal.shows('ended with 1');
    await terminal.shows('The emulator has ended: nothing crosses the link any more.');
    await until(() => !all.some(isAlive), 'all that was started has ended');
  });
});

test.for(['tun', 'relay'])(
  'who leaves is gone at once for the others, however slow the link (%s)',
  LIMIT,
  async (backend, context) => {
    if (backend === 'tun') needsPackets(context);
    for (const transport of ['tcp', 'udp']) {
      const { rui, server, terminal } = await anaAcross(
        context,
        `--transport ${transport} --delay 300ms --backend ${backend}`,
      );
      await until(() => server.userCount === 2, 'she is here');
      terminal.press('C-c');
      await terminal.shows('ended with 0');
      await until(() => server.userCount === 1, 'her good-bye has crossed', 1_000);
      expect(rui.all('closed')).toEqual([]);
    }
  },
);

test.for(['tcp', 'udp'])('a terminal that is closed says good-bye, too (%s)', LIMIT, async (transport, context) => {
  needsPackets(context);
  const { server, terminal } = await anaAcross(context, `--transport ${transport} --delay 100ms`);
  const all = descendants(terminal.pid);
  terminal.close();
  await until(() => server.userCount === 1, 'her good-bye has crossed', 5_000);
  await until(() => !all.some(isAlive), 'all that was started has ended');
});

test('the process that has the terminal is killed: it is given back, and one line says so', LIMIT, async (context) => {
  needsPackets(context);
  const { terminal } = await anaAcross(context, '--delay 1ms');
  const all = descendants(terminal.pid);
  process.kill(processOf(terminal.pid, 'processes/across')!, 'SIGKILL');
  await terminal.shows('the process that had the terminal was killed (SIGKILL)');
  await terminal.shows('ended with 137');
  await terminal.shows(/^icanon$/m);
  expect(terminal.lines[0]).toBe('before');
  await until(() => !all.some(isAlive), 'all that was started has ended');
});
