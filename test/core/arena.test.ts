import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Arena } from '../../src/core/arena.ts';

const sizes = fc.array(
  fc.oneof(fc.nat(64), fc.nat(2_000), fc.constantFrom(16_383, 16_384, 16_385), fc.constant(60_000)),
  { maxLength: 40 },
);

test('pieces have the size asked for and never overlap', () => {
  fc.assert(
    fc.property(sizes, (asked) => {
      const arena = new Arena();
      const pieces = asked.map((sizeBytes) => arena.take(sizeBytes));
      for (const [number, piece] of pieces.entries()) piece.fill(number);
      for (const [number, piece] of pieces.entries()) {
        expect(piece.length).toBe(asked[number]);
        expect(piece.every((byte) => byte === number)).toBe(true);
      }
    }),
  );
});

test('small pieces share a block: that is what it is for', () => {
  const arena = new Arena();
  expect(arena.take(10).buffer).toBe(arena.take(10).buffer);
  expect(arena.take(60_000).buffer.byteLength).toBe(60_000);
});
