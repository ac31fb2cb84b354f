// What a terminal sends, as keys.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Key, KeyReader, MOST_TYPED } from '../../../cli/screen/keys.ts';
import { EMPTY_FIELD, inserted } from '../../../cli/screen/text-field.ts';

const ESC = '\u001b';
const PASTE = `${ESC}[200~`;
const END = `${ESC}[201~`;

/** Texts in quotes, keys by their names. */
function keys(...chunks: string[]): string[] {
  const reader = new KeyReader();
  return chunks.flatMap((chunk) => reader.read(chunk)).map(told);
}

function told(key: Key): string {
  return key.kind === 'text' ? `"${key.text}"` : key.kind;
}

const SEQUENCES = [
  ['[A', 'up'],
  ['[B', 'down'],
  ['[C', 'right'],
  ['[D', 'left'],
  ['OA', 'up'],
  ['OB', 'down'],
  ['OC', 'right'],
  ['OD', 'left'],
  ['[H', 'home'],
  ['[F', 'end'],
  ['OH', 'home'],
  ['OF', 'end'],
  ['[1~', 'home'],
  ['[4~', 'end'],
  ['[7~', 'home'],
  ['[8~', 'end'],
  ['[3~', 'delete'],
  ['[5~', 'page-up'],
  ['[6~', 'page-down'],
  ['[Z', 'back-tab'],
  ['OP', 'keys'],
  ['[11~', 'keys'],
  ['[[A', 'keys'],
] as const;

test.each(SEQUENCES)('ESC %s is the key %s', (sequence, kind) => expect(keys(ESC + sequence)).toEqual([kind]));

test.each([
  ['\t', 'tab'],
  ['\r', 'enter'],
  ['\n', 'enter'],
  ['\u007f', 'backspace'],
  ['\b', 'backspace'],
  ['\u0001', 'home'],
  ['\u0003', 'leave'],
  ['\u0005', 'end'],
  ['\u000c', 'clear'],
  ['\u0015', 'erase-line'],
  ['\u0017', 'erase-word'],
  [ESC, 'escape'],
])('%j is the key %s', (control, kind) => expect(keys(control)).toEqual([kind]));

test.each(['a', 'olá', '日本語', '👨‍👩‍👧‍👦', 'e\u0301', '?', '[A', 'OA', '/who'])('"%s" is a text', (text) => {
  expect(keys(text)).toEqual([`"${text}"`]);
});

test('several keys come in one piece', () => {
  expect(keys(`ab\tcd\r${ESC}[A${ESC}OB${ESC}[5~é\u007f\u0003`)).toEqual([
    '"ab"',
    'tab',
    '"cd"',
    'enter',
    'up',
    'down',
    'page-up',
    '"é"',
    'backspace',
    'leave',
  ]);
});

test('nothing is no key', () => expect(keys('')).toEqual([]));

describe('an escape character alone', () => {
  test('is a key, and so is what comes after it', () => {
    expect(keys(ESC, 'a')).toEqual(['escape', '"a"']);
    expect(keys(ESC + ESC)).toEqual(['escape', 'escape']);
    expect(keys(`${ESC}${ESC}[A`)).toEqual(['escape', 'up']);
    expect(keys(`a${ESC}`)).toEqual(['"a"', 'escape']);
  });
});

describe('a sequence', () => {
  test.each([
    '[15~',
    '[24~',
    '[1;5A',
    '[1;5C',
    '[2~',
    '[?62;1c',
    '[I',
    '[O',
    '[97;5u',
    '[12;40R',
    '[!p',
    '[[B',
    'OQ',
    'OS',
    // Parameters are the characters from 0 to ?, in ECMA-48.
    '[>0;276;0c',
    '[<0;10;10M',
    '[<0;10;10m',
    '[97:65;5u',
    '[=1c',
  ])('that means nothing here (ESC %s) leaves no letters behind', (sequence) => {
    expect(keys(`a${ESC}${sequence}b`)).toEqual(['"a"', '"b"']);
  });

  test.each(SEQUENCES)(
    'that is cut in two behind its first characters (ESC %s) is still the key %s',
    (sequence, kind) => {
      for (let at = 1; at < sequence.length; at++) {
        expect(keys(ESC + sequence.slice(0, at), `${sequence.slice(at)}x`)).toEqual([kind, '"x"']);
      }
    },
  );
});

test('a control character that means nothing here is left out', () => {
  expect(keys('a\u0000b\u0010\u0085c')).toEqual(['"a"', '"b"', '"c"']);
});

describe('a paste', () => {
  test('is one text, and an end of line in it does not send', () => {
    expect(keys(`${PASTE}one\rtwo\r\nthree\n${END}`)).toEqual(['"one\rtwo\r\nthree\n"']);
  });

  test('comes between other keys', () => {
    expect(keys(`a${PASTE}b\r${END}\r${PASTE}c${END}d`)).toEqual(['"a"', '"b\r"', 'enter', '"c"', '"d"']);
  });

  test('in several pieces is one text still', () => {
    expect(keys(`${PASTE}one\r`, 'two\u0003', `${ESC}[A`, `three${END}\r`)).toEqual([
      `"one\rtwo\u0003${ESC}[Athree"`,
      'enter',
    ]);
  });

  test('may be cut anywhere behind its first character, in its brackets too', () => {
    const whole = `${PASTE}one\rtwo${END}\r`;
    for (let at = 2; at < whole.length; at++) {
      expect(keys(whole.slice(0, at), whole.slice(at)), `cut at ${at}`).toEqual(['"one\rtwo"', 'enter']);
    }
  });

  test('may come character by character behind its first', () => {
    expect(keys(`${ESC}[`, ...`200~one\r${END}\r`)).toEqual(['"one\r"', 'enter']);
  });

  test('in which nothing was is nothing that could be seen', () => {
    const [key] = new KeyReader().read(PASTE + END);
    expect(key === undefined || (key.kind === 'text' && key.text === '')).toBe(true);
  });

  test('without end is not held without end, and is too long for a field', () => {
    const reader = new KeyReader();
    reader.read(PASTE);
    for (let at = 0; at < 1_000; at++) expect(reader.read('x'.repeat(1_000))).toEqual([]);
    const [key] = reader.read(END) as [Key & { kind: 'text' }];
    expect(key.text.length).toBeGreaterThan(MOST_TYPED);
    expect(key.text.length).toBeLessThan(2 * MOST_TYPED);
  });

  test('that has no end keeps what comes for itself', () => expect(keys(`${PASTE}a`, '\r', 'b')).toEqual([]));

  test('whose end comes without a beginning is ignored', () => expect(keys(`a${END}b`)).toEqual(['"a"', '"b"']));
});

const piece = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(ESC, '[', 'O', '2', '0', '1', '~', ';', '?', 'A', '\r', '\u009b', 'é', '😀', ' '),
  }),
  fc.constantFrom(PASTE, END, ...SEQUENCES.map(([sequence]) => ESC + sequence)),
);

test('whatever comes, in whatever pieces: nothing fails, and what gets into a field drives no terminal', () => {
  fc.assert(
    fc.property(fc.array(piece), (chunks) => {
      const reader = new KeyReader();
      for (const key of chunks.flatMap((chunk) => reader.read(chunk))) {
        if (key.kind === 'text') expect(inserted(EMPTY_FIELD, key.text)!.text).not.toMatch(/\p{Cc}/u);
      }
    }),
  );
});

test('a text outside of a paste has no control characters at all', () => {
  fc.assert(
    fc.property(fc.array(piece), (chunks) => {
      const reader = new KeyReader();
      const typed = chunks.map((chunk) => chunk.replaceAll('~', ''));
      for (const key of typed.flatMap((chunk) => reader.read(chunk))) {
        if (key.kind === 'text') expect(key.text).toMatch(/^\P{Cc}+$/u);
      }
    }),
  );
});

test('a text without control characters is itself, in one key', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
      fc.pre(!/\p{Cc}/u.test(text));
      expect(new KeyReader().read(text)).toEqual([{ kind: 'text', text }]);
    }),
  );
});
