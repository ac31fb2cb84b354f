// The chat on a real terminal: what comes in does not destroy what is being typed.
import { execFileSync, spawnSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { needs } from '../support/ability.ts';
import { joinChat, openChat } from '../support/chat.ts';
import { until } from '../support/until.ts';
import { LAB } from './lab.ts';

const hasTmux = () => spawnSync('sh', ['-c', 'command -v tmux']).status === 0;

/** A terminal of its own, 80 by 24, that ends with the test. */
class Terminal {
  readonly #socket = `lab-test-${process.pid}`;

  constructor(command: string) {
    this.#tmux('-f', '/dev/null', 'new-session', '-d', '-x', '80', '-y', '24', command);
    onTestFinished(() => void spawnSync('tmux', ['-L', this.#socket, 'kill-server']));
  }

  get screen(): string {
    return this.#tmux('capture-pane', '-p');
  }

  type(...keys: string[]): void {
    this.#tmux('send-keys', ...keys);
  }

  async shows(text: string): Promise<void> {
    await until(() => this.screen.includes(text), `the screen showed "${text}"`, 15_000);
  }

  #tmux(...args: string[]): string {
    return execFileSync('tmux', ['-L', this.#socket, ...args], { encoding: 'utf8' });
  }
}

test('a message that comes in leaves the line being typed as it is; Ctrl-C leaves', {
  timeout: 40_000,
}, async (context) => {
  needs(context, hasTmux(), 'it needs tmux');
  const server = await openChat();
  const ana = await joinChat(server, 'udp', { name: 'Ana' });
  const command = `${process.execPath} ${LAB} chat --no-screen --port ${server.port}; echo "ended with $?"; exec cat`;
  const terminal = new Terminal(command);
  await terminal.shows('To (a name, or * for all):');
  terminal.type('Ana', 'Enter', 'Hi', 'Enter', 'half a li');
  await terminal.shows('Message: half a li');
  ana.client.send({ to: 'Usuario0', body: 'interrupting you' });
  await terminal.shows('interrupting you');
  await terminal.shows('Message: half a li');
  expect(terminal.screen.trimEnd().split('\n').at(-1)).toBe('Message: half a li');
  terminal.type('ne', 'Enter');
  await until(() => ana.inbox.length === 1, 'the whole line was sent');
  expect(ana.inbox).toEqual(['Usuario0: half a line']);
  await terminal.shows('Ana has message 1');
  terminal.type('C-c');
  await terminal.shows('ended with 0');
  await until(() => server.userCount === 1, 'the user has left');
});
