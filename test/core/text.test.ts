import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText, encodeText, encodeTextForNow, isUtf8, sameBytes, skipAscii } from '../../src/core/text.ts';
import { joined, unhex } from '../support/hex.ts';

/** RFC 3629, section 4, as a regular expression over bytes. */
const RFC_3629 = new RegExp(
  `^(?:${[
    '[\\x00-\\x7f]',
    '[\\xc2-\\xdf][\\x80-\\xbf]',
    '\\xe0[\\xa0-\\xbf][\\x80-\\xbf]',
    '[\\xe1-\\xec\\xee\\xef][\\x80-\\xbf]{2}',
    '\\xed[\\x80-\\x9f][\\x80-\\xbf]',
    '\\xf0[\\x90-\\xbf][\\x80-\\xbf]{2}',
    '[\\xf1-\\xf3][\\x80-\\xbf]{3}',
    '\\xf4[\\x80-\\x8f][\\x80-\\xbf]{2}',
  ].join('|')})*$`,
);

const byReference = (bytes: Uint8Array) => RFC_3629.test(Buffer.from(bytes).toString('latin1'));

describe('isUtf8 is RFC 3629', () => {
  test('for every two bytes after seven of ASCII, where the scan of eight ends inside a character', () => {
    const bytes = new Uint8Array(9).fill(0x61);
    const wrong: number[] = [];
    for (let pair = 0; pair < 0x1_0000; pair++) {
      bytes[7] = pair >> 8;
      bytes[8] = pair & 0xff;
      if (isUtf8(bytes) !== byReference(bytes)) wrong.push(pair);
    }
    expect(wrong).toEqual([]);
  });

  const pieces = fc.constantFrom('61', 'c3 a1', 'e5 a5 bd', 'f0 9f 98 80', 'ef bb bf', 'c3', '80', 'ed a0 80', 'c0 80');

  /** Behind so much ASCII a loop does not read it. */
  const padding = fc.constantFrom(0, 500, 2_000).map((sizeBytes) => new Uint8Array(sizeBytes).fill(0x61));

  test('for texts with faults at any place, short and long, inside a larger block', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), padding, fc.nat(9), fc.nat(9), (list, front, before, after) => {
        const bytes = joined(front, unhex(list.join(' ')));
        const block = joined(new Uint8Array(before).fill(0xff), bytes, new Uint8Array(after).fill(0x80));
        expect(isUtf8(block, before, before + bytes.length)).toBe(byReference(bytes));
      }),
    );
  });
});

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.constantFrom('\ud800', 'ã'.repeat(30_000), 'x'.repeat(70_000)),
);

test('text is encoded as the platform does, and stays what it is when the next is', () => {
  fc.assert(
    fc.property(texts, texts, (text, next) => {
      const encoded = encodeText(text);
      expect(sameBytes(encodeTextForNow(next), new TextEncoder().encode(next))).toBe(true);
      expect(sameBytes(encoded, new TextEncoder().encode(text))).toBe(true);
    }),
  );
});

test('skipAscii stops no later than at the first byte that is not ASCII, and at the end where all are', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.nat(40), (ascii, start) => {
      const bytes = new Uint8Array(ascii + 1).fill(0x7f);
      bytes[ascii] = 0x80;
      const from = Math.min(start, ascii);
      const stop = skipAscii(bytes, from, bytes.length);
      expect(stop).toBeLessThanOrEqual(ascii);
      expect(ascii - stop).toBeLessThan(8);
      expect(skipAscii(bytes, from, ascii)).toBe(ascii);
    }),
  );
});

test('a text is decoded as it was encoded, with its byte order mark', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(decodeText(encodeText(text))).toBe(text);
    }),
    { examples: [['\ufeffa'], ['\ufeff']] },
  );
});

test.each([
  ['', '', true],
  ['01 02', '01 02', true],
  ['01 02', '01 03', false],
  ['01 02', '01', false],
  ['', '01', false],
])('the bytes "%s" and "%s" are the same: %s', (a, b, same) => {
  expect(sameBytes(unhex(a), unhex(b))).toBe(same);
});
