// What a channel over a stream says of its progress: for whoever watches the stream on its path, both ends count the same.
import { expect, test } from 'vitest';
import type { Channel, StreamProgress } from '../../src/core/transport.ts';
import { type End, text } from '../support/end.ts';
import { until } from '../support/until.ts';
import { type Candidate, openStage, welcomeFirst } from './stage.ts';

const SIZES = [1, 2, 3, 255, 256, 1_460, 20_000];

export function stream(candidate: Candidate): void {
  const { framingBytes } = candidate.transport;

  test('both ends have a stream, the same one, or neither has', async () => {
    const { client, server } = await (await openStage(candidate)).join();
    const [own, other] = [client.channel.stream, server.channel.stream];
    expect(own === undefined).toBe(other === undefined);
    if (own === undefined || other === undefined) return;
    expect(server.channel.remote.endsWith(`:${client.channel.localPort}`)).toBe(true);
    expect(client.channel.remote.endsWith(`:${server.channel.localPort}`)).toBe(true);
  });

  test.each(['up', 'down'])(
    'going %s, it grows by each frame and what goes before it, at both ends',
    async (direction) => {
      const seen: StreamProgress[] = [];
      const look = (bytes: Uint8Array, end: End) => {
        welcomeFirst(bytes, end);
        if (end.channel.stream !== undefined) seen.push({ ...end.channel.stream });
      };
      const stage = await openStage(candidate, { onFrame: look });
      const { client, server } = await stage.join();
      const [from, to] = direction === 'up' ? [client, server] : [server, client];
      to.onFrame = look;
      for (const size of SIZES) {
        seen.length = 0;
        const [before, beforeThere] = [sentBytes(from), receivedBytes(to)];
        from.channel.send(new Uint8Array(size - 1), new Uint8Array(1));
        if (before === undefined) continue;
        expect(sentBytes(from)).toBe(before + framingBytes + size);
        await until(() => seen.length === 1, 'it came');
        // In the hands of whoever is told of the frame, and not only later.
        const [{ receivedBytes: there, frameBytes }] = seen as [StreamProgress];
        expect([there, frameBytes]).toEqual([beforeThere! + framingBytes + size, framingBytes + size]);
        expect(there).toBe(sentBytes(from));
      }
    },
  );

  test('frames of one tick are counted one by one, and an empty one as well', async () => {
    const seen: number[] = [];
    const { client, server } = await (await openStage(candidate)).join();
    const before = sentBytes(client);
    if (before === undefined) return;
    server.onFrame = (_bytes, { channel }) => seen.push(channel.stream!.receivedBytes);
    client.channel.send(text('one'));
    client.channel.send(new Uint8Array(0));
    client.channel.send(text('seven'));
    await until(() => seen.length === 2, 'both came');
    expect(seen).toEqual([before + framingBytes + 3, before + 3 * framingBytes + 3 + 5]);
    expect(seen[1]).toBe(sentBytes(client));
  });

  test('the last frame of a channel that is closed counts, too', async () => {
    const { client, server } = await (await openStage(candidate)).join();
    const before = sentBytes(client);
    client.channel.close(text('last'));
    await until(() => server.isClosed, 'it was closed');
    if (before === undefined) return;
    expect(server.texts).toEqual(['last']);
    expect(receivedBytes(server)).toBe(before + framingBytes + 4);
    expect(sentBytes(client)).toBe(receivedBytes(server));
  });
}

function sentBytes({ channel }: { channel: Channel }): number | undefined {
  return channel.stream?.sentBytes;
}

function receivedBytes({ channel }: { channel: Channel }): number | undefined {
  return channel.stream?.receivedBytes;
}
