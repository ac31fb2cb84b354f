import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Datagram, encodeCookie, encodeHello, encodeUnknown, parseDatagram } from '../../src/udp/datagram.ts';
import { join } from '../../src/udp/outlet.ts';
import { isSameSession, readSessionId, sessionIdBytes, sessionKey } from '../../src/udp/session-id.ts';
import { hex, joined, unhex } from '../support/hex.ts';
import { tableUnder } from '../support/protocol-doc.ts';
import { GOLDEN_DATAGRAMS } from './golden-datagrams.ts';

/** Fields as plain arrays: a socket's Buffer and a plain array of the same bytes are the same here. */
const plain = (datagram: Datagram) =>
  Object.fromEntries(
    Object.entries(datagram).map(([key, field]) => [key, field instanceof Uint8Array ? hex(field) : field]),
  );

describe.each(GOLDEN_DATAGRAMS)('$name', ({ hex: bytes, encode, value, wholeFrom }) => {
  const whole = unhex(bytes);

  test('has these bytes on the wire', () => {
    expect(hex(encode())).toBe(bytes);
  });

  test('is read from them, and from a socket’s buffer that holds other bytes around', () => {
    expect(plain(parseDatagram(whole))).toEqual(plain(value));
    const buffer = Buffer.from(joined(unhex('ff ff ff'), whole, unhex('ff')));
    expect(plain(parseDatagram(buffer.subarray(3, 3 + whole.length)))).toEqual(plain(value));
  });

  test('cut short, is a stray', () => {
    for (let end = 0; end < whole.length; end++) {
      const isWhole = end >= wholeFrom;
      expect(parseDatagram(whole.subarray(0, end)).kind === 'stray', `${end} bytes`).toBe(!isWhole);
    }
  });

  test('of another version is a stray', () => {
    for (const version of [0x00, 0x20, 0xf0]) {
      const other = joined(Uint8Array.of((whole[0]! & 0x0f) | version), whole.subarray(1));
      expect(parseDatagram(other).kind).toBe('stray');
    }
  });
});

test('the golden bytes are those of docs/protocol.md', () => {
  expect(new Map(GOLDEN_DATAGRAMS.map(({ name, hex: bytes }) => [name, bytes]))).toEqual(
    tableUnder('Golden datagrams'),
  );
});

test.each(['HELLO', 'COOKIE'])('%s with a byte too many is a stray', (name) => {
  const golden = GOLDEN_DATAGRAMS.find((datagram) => datagram.name === name)!;
  expect(parseDatagram(joined(unhex(golden.hex), unhex('00')))).toEqual({
    kind: 'stray',
    why: `a ${name} datagram has the wrong length`,
  });
});

test('an OPEN without a frame is a stray: it would open a session for nobody', () => {
  const open = GOLDEN_DATAGRAMS.find(({ name }) => name === 'OPEN with JOIN')!;
  expect(parseDatagram(unhex(open.hex).subarray(0, 29)).kind).toBe('stray');
});

test.each([0x10, 0x19, 0x1f, 0x00, 0xff])('a first byte of %d is no datagram’s', (first) => {
  const bytes = new Uint8Array(64);
  bytes[0] = first;
  expect(parseDatagram(bytes)).toEqual({
    kind: 'stray',
    why: `a datagram that begins with byte ${first} is not of this protocol`,
  });
});

test('what answers an address that nobody proved is never longer than what asked', () => {
  const nonce = new Uint8Array(8);
  expect(encodeCookie(nonce, new Uint8Array(20)).length).toBeLessThan(encodeHello(nonce).length);
  expect(encodeUnknown({ high: 0, low: 0 }).length).toBe(9);
  for (let sizeBytes = 0; sizeBytes < 9; sizeBytes++) {
    expect(parseDatagram(new Uint8Array(sizeBytes).fill(0x16)).kind).toBe('stray');
  }
});

test('no bytes make the parser throw', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0x10, max: 0x19 }), fc.uint8Array({ maxLength: 100 }), (first, rest) => {
      const datagram = parseDatagram(joined(Uint8Array.of(first), rest));
      if ('frame' in datagram) expect(datagram.frame.length).toBeLessThanOrEqual(rest.length - 8);
    }),
  );
});

test('one datagram is made of three pieces, however long each is, and never changes afterwards', () => {
  const piece = fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.uint8Array({ minLength: 46, maxLength: 400 }));
  fc.assert(
    fc.property(fc.array(fc.tuple(piece, piece, piece), { maxLength: 20 }), (triples) => {
      const datagrams = triples.map(([prefix, head, tail]) => join(prefix, head, tail));
      expect(datagrams.map(hex)).toEqual(triples.map((pieces) => hex(joined(...pieces))));
    }),
  );
});

const u32 = fc.oneof(fc.nat(0xffff_ffff), fc.constantFrom(0, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff));

test('a session id is kept in all its 64 bits', () => {
  fc.assert(
    fc.property(u32, u32, (high, low) => {
      const bytes = sessionIdBytes({ high, low });
      expect(hex(bytes)).toBe(
        (BigInt(high) * 0x1_0000_0000n + BigInt(low))
          .toString(16)
          .padStart(16, '0')
          .replaceAll(/..(?=.)/g, '$& '),
      );
      expect(readSessionId(joined(unhex('ff'), bytes), 1)).toEqual({ high, low });
      expect(Number.isSafeInteger(sessionKey({ high, low }))).toBe(true);
    }),
  );
});

test('ids that share their low 53 bits have one key and are not the same', () => {
  const [a, b] = [
    { high: 0x0000_0001, low: 7 },
    { high: 0xffe0_0001, low: 7 },
  ];
  expect(sessionKey(a)).toBe(sessionKey(b));
  expect(isSameSession(a, b)).toBe(false);
  expect(isSameSession(a, { ...a })).toBe(true);
  expect(sessionKey(a)).not.toBe(sessionKey({ high: 0x0000_0002, low: 7 }));
});
