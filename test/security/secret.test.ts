// A server that shares a secret with its users, over both transports: strangers stay out, and users find no other server.
import { describe, expect, onTestFinished, test } from 'vitest';
import { encodeJoin, parseClientFrame } from '../../src/core/client-frame.ts';
import { encodeChallenge, encodeFarewell, encodeWelcome } from '../../src/core/server-frame.ts';
import type { ChannelEvents } from '../../src/core/transport.ts';
import { monotonicNs } from '../../src/monotonic.ts';
import { SharedSecret } from '../../src/shared-secret.ts';
import { findTransport } from '../../src/transports.ts';
import { joinChat, openChat } from '../support/chat.ts';
import { rawTcp } from '../support/raw-tcp.ts';
import { rawUdp } from '../support/raw-udp.ts';
import { seededBytes } from '../support/seeded.ts';
import { until } from '../support/until.ts';

const TEXT = 'correct horse battery staple';
const SECRET = new SharedSecret(TEXT);
const OTHER = new SharedSecret('incorrect horse battery staple');

describe.each(['tcp', 'udp'])('over %s', (transport) => {
  test('who knows the secret joins, under a name or none, and hears nothing of how', async () => {
    const server = await openChat({ secret: SECRET });
    const ana = await joinChat(server, transport, { secret: SECRET, name: 'Ana', wantsPresence: true });
    const other = await joinChat(server, transport, { secret: SECRET });
    expect([ana.name, other.name, server.userCount]).toEqual(['Ana', 'Usuario0', 2]);
    other.client.send({ to: 'Ana', body: 'oi' });
    await until(() => ana.inbox.length > 0, 'the message came');
    expect(ana.inbox).toEqual(['Usuario0: oi']);
    expect(ana.events.map(({ kind }) => kind)).toEqual(['welcome', 'joined', 'message']);
  });

  test.each([
    ['no secret', undefined, 'secret-needed', /--secret-file/],
    ['another secret', OTHER, 'secret-wrong', /not the one that this server shares/],
  ])('who has %s is told so, and is no user', async (_what, secret, code, words) => {
    const server = await openChat({ secret: SECRET });
    const joining = joinChat(server, transport, { secret });
    await expect(joining).rejects.toMatchObject({ code, message: expect.stringMatching(words) });
    expect(server.userCount).toBe(0);
  });

  test('a name that is taken is refused as everywhere', async () => {
    const server = await openChat({ secret: SECRET });
    await joinChat(server, transport, { secret: SECRET, name: 'Ana' });
    await expect(joinChat(server, transport, { secret: SECRET, name: 'Ana' })).rejects.toMatchObject({
      code: 'name-taken',
    });
  });

  test('a server that asks nobody for a secret is not the one that was meant', async () => {
    const server = await openChat();
    const heard: string[] = [];
    const joining = joinChat(server, transport, { secret: SECRET, onEvent: ({ kind }) => void heard.push(kind) });
    await expect(joining).rejects.toMatchObject({ code: 'secret-unasked' });
    expect(heard).not.toContain('welcome');
    await until(() => server.userCount === 0, 'nobody stayed');
  });

  test('a server that takes any proof, and knows no secret, is not the one that was meant', async () => {
    const { port, openings } = await pretender(transport);
    const joining = joinChat({ port }, transport, { secret: SECRET, name: 'Ana' });
    await expect(joining).rejects.toMatchObject({ code: 'server-unproved' });
    expect(openings).toHaveLength(2);
    expect(Buffer.concat(openings).includes(TEXT)).toBe(false);
  });

  test('a proof that somebody has seen on its way is worth nothing when it is sent again', async () => {
    const server = await openChat({ secret: SECRET });
    const challenge = await challengeFrom(server.port, transport);
    const proved = encodeJoin('Ana', false, SECRET.answer(challenge, { name: 'Ana', wantsPresence: false }));
    expect(await answerTo(proved, server.port, transport)).toMatchObject({ kind: 'welcome', name: 'Ana' });
    await until(() => server.userCount === 1, 'she is here');
    expect(await answerTo(proved, server.port, transport)).toMatchObject({ kind: 'refused', code: 'secret-wrong' });
  });
});

/** A server that challenges, and welcomes whoever answers. */
async function pretender(transport: string) {
  const openings: Uint8Array[] = [];
  const listener = await findTransport(transport).listen({
    host: '127.0.0.1',
    port: 0,
    clock: monotonicNs,
    farewell: encodeFarewell,
    accept: (channel): ChannelEvents => ({
      frame: (bytes) => {
        openings.push(Uint8Array.from(bytes));
        const frame = parseClientFrame(bytes);
        if (frame.kind !== 'join' || frame.proof === undefined) channel.close(encodeChallenge(seededBytes(1, 24)));
        else channel.send(encodeWelcome(frame.name, frame.proof.proof));
      },
      drained: () => {},
      closed: () => {},
    }),
  });
  onTestFinished(() => listener.close());
  return { port: listener.port, openings };
}

async function challengeFrom(port: number, transport: string): Promise<Uint8Array> {
  const answer = await answerTo(encodeJoin('Ana', false), port, transport);
  if (answer.kind !== 'challenge') throw new Error(`The server answered ${answer.kind}.`);
  return answer.challenge;
}

/** Of a server to somebody new who begins with this frame. */
async function answerTo(opening: Uint8Array, port: number, transport: string) {
  if (transport === 'tcp') {
    const raw = (await rawTcp(port)).read().say(opening);
    await until(() => raw.frames.length > 0, 'it was answered');
    return raw.frames[0]!;
  }
  const raw = await rawUdp(port);
  raw.say(await raw.greet(opening));
  await until(() => raw.frames.length > 0, 'it was answered');
  return raw.frames[0]!;
}
