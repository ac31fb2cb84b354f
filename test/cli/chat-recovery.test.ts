// Connections that die without a word: nobody closes them, and only silence tells.
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { describe, onTestFinished, test } from 'vitest';
import { joinChat, openChat } from '../support/chat.ts';
import { descendants } from '../support/process-tree.ts';
import { until } from '../support/until.ts';
import { chatIn } from './tmux.ts';

const LIMIT = { timeout: 90_000 };
/** What is promised: found by keep-alive within so long. */
const FOUND_WITHIN_MS = 20_000;

/** Carries streams to a server until it falls dumb: those that it has stay open, nothing passes any more, and it takes no others until it wakes. */
async function dumbProxy(serverPort: number) {
  let open: Socket[] = [];
  let isDumb = false;
  const proxy = createServer((near) => {
    if (isDumb) {
      near.destroy();
      return;
    }
    const far = connect(serverPort, '127.0.0.1');
    open.push(near, far);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('error', () => {}).on('close', () => to.destroy());
      from.pipe(to);
    }
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const all: Socket[] = [];
  onTestFinished(() => {
    for (const socket of [...open, ...all]) socket.destroy();
    proxy.close();
  });
  return {
    port: (proxy.address() as { port: number }).port,
    fallDumb() {
      for (const socket of open) socket.unpipe().removeAllListeners('close').pause();
      all.push(...open);
      open = [];
      isDumb = true;
    },
    wake() {
      isDumb = false;
    },
  };
}

describe('a connection that dies without a word', () => {
  test(
    'half-open: silence tells within 20 s, what was in flight stays unknown, what was typed stays',
    LIMIT,
    async (context) => {
      const server = await openChat();
      const proxy = await dumbProxy(server.port);
      const terminal = chatIn(context, `--port ${proxy.port} --name Ana`);
      await terminal.shows('Ana · tcp');
      const rui = await joinChat(server, 'udp', { name: 'Rui' });
      await terminal.shows('Rui joined over udp');
      terminal.type('Rui');
      terminal.press('Tab', 'Tab');
      proxy.fallDumb();
      terminal.type('into the void');
      terminal.press('Enter');
      terminal.type('typed meanwhile');
      await terminal.shows('no connection', FOUND_WITHIN_MS);
      await terminal.shows(/not been heard of for 18 s/);
      proxy.wake();
      await terminal.shows('? no receipt: it may be lost, or only its receipt');
      await terminal.shows('connected again, as', 20_000);
      await terminal.shows(/› Message\s+typed meanwhile/);
      terminal.press('Enter');
      await until(() => rui.inbox.length === 1, 'it is sent now');
      await terminal.shows('✓ Rui has it');
    },
  );

  test.for(['tcp', 'udp'])(
    'a laptop that sleeps for longer than the server waits comes back (%s)',
    LIMIT,
    async (transport, context) => {
      const timing = { keepAliveMs: 500, idleLimitMs: 2_000 };
      const server = await openChat({ timing });
      const terminal = chatIn(context, `--port ${server.port} --name Ana --transport ${transport}`);
      await terminal.shows(`Ana · ${transport}`);
      const [chat] = descendants(terminal.pid);
      process.kill(chat!, 'SIGSTOP');
      await until(() => server.userCount === 0, 'the server has given her up', 10_000);
      process.kill(chat!, 'SIGCONT');
      await terminal.shows('connected again, as Ana', 30_000);
      await until(() => server.userCount === 1, 'she is there');
    },
  );
});
