// What goes in at one end comes out at the other: whole, equal, in one piece, and not at all where it is too long.
import { expect, test } from 'vitest';
import { CallerError } from '../../src/core/errors.ts';
import { type End, text } from '../support/end.ts';
import { seededBytes } from '../support/seeded.ts';
import { until } from '../support/until.ts';
import { type Candidate, openStage, welcomeFirst } from './stage.ts';

/** Sizes at which something changes: a byte more than a field, a cache line, an Ethernet frame, a buffer holds. */
const SIZES = [1, 2, 3, 4, 5, 47, 48, 49, 255, 256, 257, 1_472, 1_473, 16_384, 32_768, 60_000];

export function frames(candidate: Candidate): void {
  const { maxFrameBytes } = candidate.transport.promises;

  test('frames of every size arrive whole and equal, in both directions', async () => {
    const stage = await openStage(candidate, { onFrame: echo });
    const { client, server } = await stage.join();
    for (const sizeBytes of [...SIZES.filter((size) => size < maxFrameBytes), maxFrameBytes - 1, maxFrameBytes]) {
      const frame = seededBytes(sizeBytes, sizeBytes);
      client.forget();
      server.forget();
      client.channel.send(frame);
      await until(() => client.frames.length > 0, `${sizeBytes} bytes came back`);
      expect(Buffer.compare(server.frames[0]!, frame)).toBe(0);
      expect(Buffer.compare(client.frames[0]!, frame)).toBe(0);
    }
  });

  test('a frame of one byte too many is the caller’s error, names the limit, and nothing is sent', async () => {
    const stage = await openStage(candidate);
    const { client, server } = await stage.join();
    const [head, tail] = [new Uint8Array(1), new Uint8Array(maxFrameBytes)];
    for (const send of [
      () => client.channel.send(new Uint8Array(maxFrameBytes + 1)),
      () => client.channel.send(head, tail),
    ]) {
      expect(send).toThrow(CallerError);
      expect(send).toThrow(new RegExp(`${maxFrameBytes + 1} bytes.*limit is ${maxFrameBytes}`));
    }
    client.channel.send(text('next'));
    await until(() => server.frames.length > 0, 'the next frame came');
    expect(server.texts).toEqual(['next']);
  });

  test('a frame given in two pieces arrives as one', async () => {
    const stage = await openStage(candidate);
    const { client, server } = await stage.join();
    const sizes = [1, 46, 47, 48, 49, 50, 300, 20_000];
    const pieces = [0, ...sizes].flatMap((head) => sizes.map((tail) => [seededBytes(1, head), seededBytes(2, tail)]));
    for (const [head, tail] of pieces) {
      server.forget();
      client.channel.send(head!, tail!);
      await until(() => server.frames.length > 0, `${head!.length} and ${tail!.length} bytes came`);
      expect(Buffer.compare(server.frames[0]!, Buffer.concat([head!, tail!]))).toBe(0);
    }
  });

  test('an empty frame is never handed up', async () => {
    const stage = await openStage(candidate);
    const { client, server } = await stage.join();
    client.channel.send(new Uint8Array(0));
    client.channel.send(text('not empty'));
    await until(() => server.frames.length > 0, 'the frame behind it came');
    expect(server.texts).toEqual(['not empty']);
  });

  test('the frames of one tick all arrive over a good network, in order, in both directions at once', async () => {
    const stage = await openStage(candidate);
    const { client, server } = await stage.join();
    const words = Array.from({ length: 100 }, (_, number) => `frame ${number}`);
    for (const word of words) {
      client.channel.send(text(word));
      server.channel.send(text('re'), text(word));
    }
    await until(() => server.frames.length + client.frames.length === 200, 'all came');
    expect(server.texts).toEqual(words);
    expect(client.texts).toEqual(words.map((word) => `re${word}`));
  });

  test('frames that were handed up stay as they were', async () => {
    const stage = await openStage(candidate);
    const { client, server } = await stage.join();
    const sent = Array.from({ length: 40 }, (_, number) => seededBytes(number, 1_000));
    for (const frame of sent) {
      client.channel.send(frame);
      await until(() => Buffer.compare(server.frames.at(-1) ?? frame, frame) === 0, 'it came');
    }
    await until(() => server.frames.length === sent.length, 'all came');
    for (const [index, frame] of sent.entries()) expect(Buffer.compare(server.frames[index]!, frame)).toBe(0);
  });

  test('many channels at once each carry their own frames', async () => {
    const stage = await openStage(candidate, { onFrame: echo });
    const pairs = await Promise.all(Array.from({ length: 20 }, () => stage.join()));
    for (let round = 0; round < 5; round++) {
      for (const [index, { client }] of pairs.entries()) client.channel.send(text(`client ${index}, round ${round}`));
    }
    await until(() => pairs.every(({ client }) => client.frames.length === 5), 'all came back');
    for (const [index, { client, server }] of pairs.entries()) {
      const own = [0, 1, 2, 3, 4].map((round) => `client ${index}, round ${round}`);
      expect(client.texts.toSorted(alphabetically)).toEqual(own);
      expect(server.texts.toSorted(alphabetically)).toEqual(own);
    }
  });

  test('an arrival is stamped by the clock that was given', async () => {
    const START_NS = 5e15;
    let readings = 0;
    const stage = await openStage(candidate, { clock: () => START_NS + readings++ });
    const { client, server } = await stage.join();
    for (const end of [client, server]) {
      const before = readings;
      const other = end === client ? server : client;
      other.channel.send(text('now'));
      await until(() => end.frames.length > 0, 'it came');
      expect(end.arrivedAtNs[0]).toBeGreaterThanOrEqual(START_NS + before);
      expect(end.arrivedAtNs[0]).toBeLessThan(START_NS + readings);
    }
  });
}

function echo(bytes: Uint8Array, end: End): void {
  if (end.texts[0]!.startsWith('opening') && end.frames.length === 1) welcomeFirst(bytes, end);
  else end.channel.send(bytes);
}

function alphabetically(a: string, b: string): number {
  return a.localeCompare(b);
}
