import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FrameDecoder } from '../../src/tcp/framing.ts';
import { Outbox, TickFlusher } from '../../src/tcp/outbox.ts';
import { hex, joined, unhex } from '../support/hex.ts';

const piece = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  fc.uint8Array({ minLength: 46, maxLength: 50 }),
  fc.uint8Array({ minLength: 200, maxLength: 500 }),
);

test('what is taken out decodes to the frames that were put in, each of a head and a tail', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(piece, piece), { maxLength: 20 }), (pairs) => {
      const outbox = new Outbox();
      for (const [head, tail] of pairs) outbox.add(head, tail);
      const announcedBytes = outbox.sizeBytes;
      const block = outbox.take();
      expect(block.length).toBe(announcedBytes);
      const frames: string[] = [];
      expect(new FrameDecoder(1_000).feed(block, (frame) => frames.push(hex(frame)))).toBeUndefined();
      expect(frames).toEqual(pairs.map(([head, tail]) => hex(joined(head, tail))));
    }),
  );
});

test('a frame is in one block only', () => {
  const outbox = new Outbox();
  outbox.add(unhex('61'), unhex('62 63'));
  expect(outbox.sizeBytes).toBe(7);
  expect(hex(outbox.take())).toBe('00 00 00 03 61 62 63');
  expect(outbox.sizeBytes).toBe(0);
  outbox.add(unhex('64'), unhex(''));
  expect(hex(outbox.take())).toBe('00 00 00 01 64');
  expect(outbox.take()).toHaveLength(0);
});

class Flushed {
  flushes = 0;
  onFlush: () => void = () => {};

  flush(): void {
    this.flushes++;
    this.onFlush();
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setImmediate'] });
});

afterEach(() => {
  vi.useRealTimers();
});

test('channels are flushed when the tick is over, not before, and not again in the next', () => {
  const flusher = new TickFlusher();
  const [a, b] = [new Flushed(), new Flushed()];
  flusher.mark(a);
  flusher.mark(b);
  expect([a.flushes, b.flushes]).toEqual([0, 0]);
  vi.runAllTimers();
  vi.runAllTimers();
  expect([a.flushes, b.flushes]).toEqual([1, 1]);
});

test('a channel marked while others are flushed has its turn in the tick after', () => {
  const flusher = new TickFlusher();
  const [a, b] = [new Flushed(), new Flushed()];
  a.onFlush = () => flusher.mark(b);
  flusher.mark(a);
  vi.runAllTimers();
  expect([a.flushes, b.flushes]).toEqual([1, 1]);
});
