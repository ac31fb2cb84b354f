// A connection that comes back, and a user who changes his name, over real servers of both transports.
import { describe, expect, onTestFinished, test } from 'vitest';
import { tellEnd } from '../../cli/chat/describe-end.ts';
import { ChatSession } from '../../cli/chat/session.ts';
import type { ClientEvent } from '../../src/core/client.ts';
import { joinChat, openChat } from '../support/chat.ts';
import { until } from '../support/until.ts';

function sessionOn(port: number, transport: string, name?: string) {
  const events: ClientEvent[] = [];
  const downs: string[] = [];
  const backs: string[] = [];
  const session = new ChatSession(
    { transport, host: '127.0.0.1', port, name },
    {
      heard: (event) => events.push(event),
      down: (why) => downs.push(tellEnd(why, 'en')),
      back: (given) => backs.push(given),
    },
  );
  onTestFinished(() => session.leave());
  return { session, events, downs, backs, kinds: () => events.map(({ kind }) => kind) };
}

describe.each(['tcp', 'udp'])('over %s', (transport) => {
  test('another name is had without a moment of being away', async () => {
    const server = await openChat();
    const rui = await joinChat(server, transport, { name: 'Rui', wantsPresence: true });
    const ana = sessionOn(server.port, transport);
    expect(await ana.session.join()).toBe('Usuario0');
    expect(await ana.session.rename('Ana')).toBe('Ana');
    expect(ana.session.name).toBe('Ana');
    await until(() => rui.all('left').length === 1, 'the former name has left');
    expect(rui.all('joined').map(({ name }) => name)).toEqual(['Usuario0', 'Ana']);
    rui.client.send({ to: 'Ana', body: 'hello' });
    await until(() => ana.kinds().includes('message'), 'what is written to the new name comes');
    ana.session.send({ to: 'Rui', body: 'here' });
    await until(() => rui.inbox.length === 1, 'what she writes comes under it');
    expect(rui.inbox).toEqual(['Ana: here']);
    // It is no news to her that she has come and gone, nor that a connection has ended.
    expect(ana.kinds().filter((kind) => ['joined', 'left', 'closed'].includes(kind))).toEqual([]);
    expect(ana.downs).toEqual([]);
    expect(server.userCount).toBe(2);
  });

  test('whoever can’t have a name keeps his own', async () => {
    const server = await openChat();
    await joinChat(server, transport, { name: 'Rui' });
    const ana = sessionOn(server.port, transport, 'Ana');
    await ana.session.join();
    await expect(ana.session.rename('Rui')).rejects.toThrow(/taken|in use|Rui/);
    await expect(ana.session.rename('a\nb')).rejects.toThrow('not allowed');
    expect(ana.session.name).toBe('Ana');
    expect(ana.downs).toEqual([]);
    expect(ana.session.send({ to: 'Rui', body: 'still here' })?.outcome).toBe('sent');
  });

  test('somebody else who comes under a former name is news', async () => {
    const server = await openChat();
    const ana = sessionOn(server.port, transport, 'Ana');
    await ana.session.join();
    await ana.session.rename('Bia');
    await until(() => server.userCount === 1, 'the former name is free');
    const other = await joinChat(server, transport, { name: 'Ana' });
    await until(() => ana.kinds().includes('joined'), 'she hears of the other');
    other.client.close();
    await until(() => ana.kinds().includes('left'), 'and that it has gone');
  });

  test('a server that comes again has the user under the same name', async () => {
    const first = await openChat();
    const ana = sessionOn(first.port, transport, 'Ana');
    await ana.session.join();
    await ana.session.rename('Bia');
    await first.close('it moves');
    await until(() => ana.downs.length > 0, 'she hears of it');
    expect(ana.downs[0]).toBe('The server is shutting down: it moves.');
    expect(ana.session.send({ to: 'Rui', body: 'lost?' })).toBeUndefined();
    const second = await openChat({ port: first.port });
    await until(() => ana.backs.length > 0, 'she is back', 15_000);
    expect(ana.backs).toEqual(['Bia']);
    expect(second.userCount).toBe(1);
  });
});

test('nobody comes back who has left', async () => {
  const server = await openChat();
  const ana = sessionOn(server.port, 'tcp');
  await ana.session.join();
  ana.session.leave();
  await until(() => ana.kinds().includes('closed'), 'it has ended');
  expect(ana.downs).toEqual([]);
});
