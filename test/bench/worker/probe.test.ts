// What stands in the body of a measured message: it is read as it was written, and any damage is seen.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { probeMark, readProbe, SMALLEST_PROBE_BYTES, writeProbe } from '../../../src/bench/worker/probe.ts';

const anyProbe = fc.record({
  trial: fc.nat({ max: 0xffff_ffff }),
  message: fc.nat({ max: 0xffff_ffff }),
  sizeBytes: fc.integer({ min: SMALLEST_PROBE_BYTES, max: 300 }),
});

test('is read as it was written, and is another trial to another trial', () => {
  fc.assert(
    fc.property(anyProbe, fc.nat({ max: 0xffff_ffff }), ({ trial, message, sizeBytes }, other) => {
      const body = writeProbe(trial, message, sizeBytes);
      expect(body).toHaveLength(sizeBytes);
      expect(readProbe(body, trial)).toEqual({ kind: 'whole', message });
      if (other !== trial) expect(readProbe(body, other)).toEqual({ kind: 'other' });
    }),
  );
});

test.each([SMALLEST_PROBE_BYTES, 60_000])('has %i bytes, and all of them are ASCII', (sizeBytes) => {
  const body = writeProbe(7, 123_456, sizeBytes);
  expect(body).toHaveLength(sizeBytes);
  expect(readProbe(body, 7)).toEqual({ kind: 'whole', message: 123_456 });
  expect(body.every((byte) => byte > 0x20 && byte < 0x7f)).toBe(true);
});

test('begins with the mark of its trial', () => {
  expect(writeProbe(0xcafe, 3, 40).subarray(0, 8)).toEqual(probeMark(0xcafe));
  expect(probeMark(0xcafe)).not.toEqual(probeMark(0xcaff));
});

test('shows any change of any one byte', () => {
  const sizeBytes = 64;
  const body = writeProbe(7, 123_456, sizeBytes);
  for (let at = 0; at < sizeBytes; at++) {
    for (let change = 1; change < 256; change++) {
      const damaged = Uint8Array.from(body);
      damaged[at]! ^= change;
      if (readProbe(damaged, 7).kind !== 'damaged') throw new Error(`Byte ${at} ^ ${change} went unseen.`);
    }
  }
});

test.each([0, 1, 23, 24, 99, 101])('cut or stretched from 100 to %i bytes is damaged', (length) => {
  const body = new Uint8Array(length);
  body.set(writeProbe(7, 1, 100).subarray(0, length));
  expect(readProbe(body, 7)).toEqual({ kind: 'damaged' });
});

test('has the filler that its number says, at every place', () => {
  fc.assert(
    fc.property(anyProbe, ({ trial, message, sizeBytes }) => {
      const body = writeProbe(trial, message, sizeBytes);
      for (let i = SMALLEST_PROBE_BYTES; i < sizeBytes; i++) expect(body[i]).toBe(0x21 + ((message * 31 + i * 7) % 94));
    }),
  );
});
