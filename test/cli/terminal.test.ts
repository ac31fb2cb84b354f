// The chat on a real terminal: what comes in does not destroy what is being typed.
import { expect, test } from 'vitest';
import { joinChat, openChat } from '../support/chat.ts';
import { until } from '../support/until.ts';
import { LAB } from './lab.ts';
import { Terminal } from './tmux.ts';

test('a message that comes in leaves the line being typed as it is; Ctrl-C leaves', {
  timeout: 40_000,
}, async (context) => {
  const server = await openChat();
  const ana = await joinChat(server, 'udp', { name: 'Ana' });
  const command = `${process.execPath} ${LAB} chat --no-screen --port ${server.port}; echo "ended with $?"; exec cat`;
  const terminal = new Terminal(context, command);
  await terminal.shows('To (a name, or * for all):');
  terminal.press('Ana', 'Enter', 'Hi', 'Enter', 'half a li');
  await terminal.shows('Message: half a li');
  ana.client.send({ to: 'Usuario0', body: 'interrupting you' });
  await terminal.shows('interrupting you');
  await terminal.shows('Message: half a li');
  expect(terminal.screen.trimEnd().split('\n').at(-1)).toBe('Message: half a li');
  terminal.press('ne', 'Enter');
  await until(() => ana.inbox.length === 1, 'the whole line was sent');
  expect(ana.inbox).toEqual(['Usuario0: half a line']);
  await terminal.shows('Ana has message 1');
  terminal.press('C-c');
  await terminal.shows('ended with 0');
  await until(() => server.userCount === 1, 'the user has left');
});
