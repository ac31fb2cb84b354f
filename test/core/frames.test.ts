import { describe, expect, test } from 'vitest';
import { encodeJoin, parseClientFrame } from '../../src/core/client-frame.ts';
import { DEPARTURES, FAREWELLS, REFUSALS } from '../../src/core/refusal.ts';
import {
  encodeBye,
  encodeLeft,
  encodeRefused,
  encodeWelcome,
  parseServerFrame,
  type ServerFrame,
} from '../../src/core/server-frame.ts';
import { hex, joined, unhex } from '../support/hex.ts';
import { tableUnder } from '../support/protocol-doc.ts';
import { GOLDEN_FRAMES } from './golden-frames.ts';

const FAULTS = ['malformed', 'bad-letter', 'wrong-version'];
const LEGAL_KINDS = new Set(GOLDEN_FRAMES.map((golden) => golden.parse(unhex(golden.hex)).kind));

describe.each(GOLDEN_FRAMES)('$name', ({ hex: bytes, encode, parse, value, wholeFrom }) => {
  const whole = unhex(bytes);

  test('has these bytes on the wire', () => {
    expect(hex(encode())).toBe(bytes);
  });

  test('is read from them', () => {
    expect(parse(whole)).toEqual(value);
  });

  test('cut short, is no legal frame but where its last field takes what is left', () => {
    for (let end = 0; end < whole.length; end++) {
      const { kind } = parse(whole.subarray(0, end));
      if (wholeFrom === undefined || end < wholeFrom) expect(FAULTS, `${end} bytes`).toContain(kind);
    }
  });

  test('is not read in another version', () => {
    for (const version of [0, 2, 255]) {
      expect(parse(joined(Uint8Array.of(version), whole.subarray(1)))).toEqual({ kind: 'wrong-version', version });
    }
  });

  test('is not read by the other end', () => {
    const other = parse === parseClientFrame ? parseServerFrame : parseClientFrame;
    expect(other(whole)).toEqual({ kind: 'malformed', why: `kind ${whole[1]} is unknown` });
  });
});

const fixed = GOLDEN_FRAMES.filter(({ value }) => !('letter' in value) && !('people' in value));

test.each(fixed)('$name with a byte too many is malformed', ({ hex: bytes, parse }) => {
  const long = joined(unhex(bytes), Uint8Array.of(0));
  expect(parse(long)).toEqual({ kind: 'malformed', why: '1 bytes too many at the end' });
});

test('every legal kind has golden bytes', () => {
  expect(LEGAL_KINDS.size).toBe(5 + 10);
});

test('the golden bytes are those of docs/protocol.md', () => {
  const golden = new Map(GOLDEN_FRAMES.map(({ name, hex: bytes }) => [name, bytes]));
  expect(golden).toEqual(tableUnder('Golden frames'));
});

describe('what is no frame', () => {
  test.each([
    ['01', 'it ends before its kind does'],
    ['01 00', 'kind 0 is unknown'],
    ['01 06', 'kind 6 is unknown'],
    ['01 80', 'kind 128 is unknown'],
    ['01 8c', 'kind 140 is unknown'],
    ['01 ff', 'kind 255 is unknown'],
  ])('%s: %s, to both ends', (bytes, why) => {
    expect(parseClientFrame(unhex(bytes))).toEqual({ kind: 'malformed', why });
    expect(parseServerFrame(unhex(bytes))).toEqual({ kind: 'malformed', why });
  });

  test('no bytes at all have no version', () => {
    expect(parseClientFrame(unhex(''))).toEqual({ kind: 'wrong-version', version: 0 });
    expect(parseServerFrame(unhex(''))).toEqual({ kind: 'wrong-version', version: 0 });
  });

  test.each([
    ['01 01 00 02 c3 28', 'the name is not well-formed UTF-8'],
    ['01 01 04 00', 'the flags 4 are unknown'],
    ['01 01 02 00 01', 'it ends before its challenge does'],
    ['01 01 81 00', 'the flags 129 are unknown'],
    ['01 01 00 04 41 6e 61', 'it ends before its name does'],
    ['01 02', 'it ends before its recipient does'],
    ['01 02 05 41', 'it ends before its recipient does'],
    ['01 04 01 ff 00 00 00 01', 'the recipient is not well-formed UTF-8'],
    ['01 03 00 00 01', 'it ends before its request does'],
  ])('from a client, %s: %s', (bytes, why) => {
    expect(parseClientFrame(unhex(bytes))).toEqual({ kind: 'malformed', why });
  });

  test.each([
    ['01 82', 'it ends before its sender does'],
    ['01 81 01 80', 'the name is not well-formed UTF-8'],
    ['01 81 03 ed a0 80', 'the name is not well-formed UTF-8'],
    ['01 87 01 41 00', 'the departure 0 is unknown'],
    ['01 87 01 41 07', 'the departure 7 is unknown'],
    ['01 88 00 00 00 00 00 00', 'the code 0 is unknown'],
    ['01 88 00 00 00 00 11 00', 'the code 17 is unknown'],
    ['01 8a 00 00', 'the code 0 is unknown'],
    ['01 8a 08 00', 'the code 8 is unknown'],
    ['01 8b 00', 'it ends before its challenge does'],
    ['01 81 01 41 00', '1 bytes too many at the end'],
    ['01 85 00 00 00 01 00 00 00 01 01 41', 'it ends before its transport does'],
  ])('from a server, %s: %s', (bytes, why) => {
    expect(parseServerFrame(unhex(bytes))).toEqual({ kind: 'malformed', why });
  });

  test('a letter that is none is told with the number that it bears', () => {
    expect(parseClientFrame(unhex('01 02 01 2a 00 00 00 09 02 00'))).toEqual({
      kind: 'bad-letter',
      sequence: 9,
      fault: 'malformed',
    });
    expect(parseServerFrame(unhex('01 82 01 41 00 00 00 09 00 00 ff'))).toEqual({
      kind: 'bad-letter',
      sequence: 9,
      fault: 'invalid-text',
    });
  });

  test('and with none where it is too short to bear one', () => {
    const fault = { kind: 'bad-letter', sequence: 0, fault: 'malformed' };
    expect(parseClientFrame(unhex('01 02 01 2a 00 00 09'))).toEqual(fault);
  });
});

describe('codes are numbered in the order of their list, from 1', () => {
  const legal = (frame: ServerFrame) => ('code' in frame ? frame.code : 'departure' in frame && frame.departure);

  test.each([...REFUSALS.entries()])('refusal %d, %s', (index, code) => {
    const frame = encodeRefused(1, code, '');
    expect(frame[6]).toBe(index + 1);
    expect(legal(parseServerFrame(frame))).toBe(code);
  });

  test.each([...FAREWELLS.entries()])('farewell %d, %s', (index, code) => {
    const frame = encodeBye(code, '');
    expect(frame[2]).toBe(index + 1);
    expect(legal(parseServerFrame(frame))).toBe(code);
  });

  test.each([...DEPARTURES.entries()])('departure %d, %s', (index, departure) => {
    const frame = encodeLeft('', departure);
    expect(frame[3]).toBe(index + 1);
    expect(legal(parseServerFrame(frame))).toBe(departure);
  });

  test.each([
    ['Refusal codes', REFUSALS],
    ['Farewell codes', FAREWELLS],
    ['Departure codes', DEPARTURES],
  ] as const)('%s in docs/protocol.md', (heading, codes) => {
    const documented = tableUnder(heading);
    expect([...documented]).toEqual(codes.map((code, index) => [String(index + 1), code]));
  });
});

describe('a text with one byte for its length', () => {
  const about = (text: string) => {
    const frame = parseServerFrame(encodeBye('shutdown', text));
    return frame.kind === 'bye' ? frame.about : frame;
  };

  test.each([
    ['255 bytes stay', 'a'.repeat(255), 'a'.repeat(255)],
    ['256 bytes lose one', 'a'.repeat(256), 'a'.repeat(255)],
    ['a character across the border goes whole', `${'a'.repeat(254)}é`, 'a'.repeat(254)],
    ['one that ends at the border stays', `${'a'.repeat(253)}é!`, `${'a'.repeat(253)}é`],
    ['one of four bytes goes whole', `${'a'.repeat(252)}😀`, 'a'.repeat(252)],
    ['one of four bytes that fits stays', `${'a'.repeat(251)}😀b`, `${'a'.repeat(251)}😀`],
  ])('%s', (_, text, expected) => {
    expect(about(text)).toBe(expected);
  });

  test('keeps a byte order mark, which is a character like any other', () => {
    expect(parseServerFrame(encodeWelcome('\ufeffA'))).toEqual({ kind: 'welcome', name: '\ufeffA' });
    expect(parseClientFrame(encodeJoin('\ufeffA', false))).toMatchObject({ name: '\ufeffA' });
  });
});
