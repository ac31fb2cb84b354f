// A line that is being typed, in what a reader takes for one character.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_TYPED } from '../../../cli/screen/keys.ts';
import {
  EMPTY_FIELD,
  erasedBefore,
  erasedBehind,
  erasedWord,
  fieldOf,
  inserted,
  moved,
  movedToEnd,
  movedToStart,
  type TextField,
} from '../../../cli/screen/text-field.ts';
import { charactersOf } from '../../../reports/plain-text.ts';

const FAMILY = '👨‍👩‍👧‍👦';
const E_ACUTE = 'e\u0301';

/** Where there is room. */
const typed = (of: TextField, text: string, lineBreak?: string) => inserted(of, text, lineBreak)!;

/** A field with a bar where the cursor is. */
function field(shown: string): TextField {
  const [before, behind] = shown.split('|') as [string, string];
  return { text: before + behind, cursor: charactersOf(before).length };
}

function shown({ text, cursor }: TextField): string {
  const characters = charactersOf(text);
  return `${characters.slice(0, cursor).join('')}|${characters.slice(cursor).join('')}`;
}

const CHANGES = {
  'erase before': erasedBefore,
  'erase behind': erasedBehind,
  'erase a word': erasedWord,
  left: (of: TextField) => moved(of, -1),
  right: (of: TextField) => moved(of, 1),
  home: movedToStart,
  end: movedToEnd,
} as const;

test.each([
  ['erase before', 'ab|c', 'a|c'],
  ['erase before', '|abc', '|abc'],
  ['erase before', `a${FAMILY}|b`, 'a|b'],
  ['erase before', `a${E_ACUTE}|b`, 'a|b'],
  ['erase before', '日本|語', '日|語'],
  ['erase before', '🇧🇷🇵🇹|', '🇧🇷|'],
  ['erase behind', 'a|bc', 'a|c'],
  ['erase behind', 'abc|', 'abc|'],
  ['erase behind', `|${FAMILY}b`, '|b'],
  ['erase behind', `a|${E_ACUTE}`, 'a|'],
  ['erase a word', 'one two|', 'one |'],
  ['erase a word', 'one two  |three', 'one |three'],
  ['erase a word', 'one|', '|'],
  ['erase a word', '   |', '|'],
  ['erase a word', '|one', '|one'],
  ['erase a word', `a ${FAMILY}${E_ACUTE}|`, 'a |'],
  ['left', `a${FAMILY}|`, `a|${FAMILY}`],
  ['left', '|a', '|a'],
  ['right', `|${E_ACUTE}a`, `${E_ACUTE}|a`],
  ['right', 'a|', 'a|'],
  ['home', 'ab|c', '|abc'],
  ['end', `|a${FAMILY}`, `a${FAMILY}|`],
] as const)('%s: "%s" becomes "%s"', (change, before, after) => {
  expect(shown(CHANGES[change](field(before)))).toBe(after);
});

test('a step is as long as was asked for, and never beyond the ends', () => {
  expect(moved(field('|abc'), 2).cursor).toBe(2);
  expect(moved(field('|abc'), 99).cursor).toBe(3);
  expect(moved(field('abc|'), -99).cursor).toBe(0);
});

test('a text that is put into a field has the cursor at its end', () => {
  expect(fieldOf(`a${FAMILY}`)).toEqual({ text: `a${FAMILY}`, cursor: 2 });
  expect(fieldOf('')).toEqual(EMPTY_FIELD);
});

describe('what is typed', () => {
  test.each([
    ['into the middle', 'a|c', 'b', 'ab|c'],
    ['a whole family', '|', FAMILY, `${FAMILY}|`],
    ['an accent, which joins the letter before it', 'e|x', '\u0301', `${E_ACUTE}|x`],
    ['the second half of a flag', '🇧|', '🇷', '🇧🇷|'],
    ['a tab, which is a space', 'a|', '\tb', 'a b|'],
    ['nothing but what would drive a terminal', 'a|b', '\u001b\u0007\u009b\u0000', 'a|b'],
    ['an escape sequence, which is letters then', '|', '\u001b[31mred', '[31mred|'],
  ])('%s', (_what, before, text, after) => expect(shown(typed(field(before), text))).toBe(after));

  test.each([
    ['a space', ' ', 'a b c d'],
    ['an end of line', '\n', 'a\nb\nc\nd'],
  ])('as lines is one text, with %s between them', (_what, lineBreak, text) => {
    expect(typed(EMPTY_FIELD, 'a\nb\r\nc\rd', lineBreak).text).toBe(text);
  });

  test('as lines is one line unless something else was asked for', () => {
    expect(typed(EMPTY_FIELD, 'a\r\nb').text).toBe('a b');
  });

  test('has room for a hundred thousand characters, and no more', () => {
    const full = typed(EMPTY_FIELD, 'x'.repeat(MOST_TYPED));
    expect(full.text).toHaveLength(100_000);
    expect(inserted(full, '')).toEqual(full);
    expect(inserted(full, 'x')).toBeUndefined();
    expect(inserted(field('a|'), 'x'.repeat(MOST_TYPED))).toBeUndefined();
  });

  test('as nothing changes nothing', () => expect(typed(field('a|b'), '')).toEqual(field('a|b')));
});

const whole = fc.constantFrom('a', ' ', 'é', E_ACUTE, '日', '한', FAMILY, '🇧🇷', '👍🏽', '❤️');
const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r', '\u0301', '\u200d', '👩', '🇧', '한', 'ᄀ', 'ᅡ', '\u001b') }),
);

test('what is inserted and erased again leaves the field as it was', () => {
  fc.assert(
    fc.property(fc.array(whole), fc.array(whole), fc.array(whole), (before, behind, more) => {
      const old = { text: [...before, ...behind].join(''), cursor: before.length };
      let now = typed(old, more.join(''));
      expect(now.cursor).toBe(before.length + more.length);
      for (const _ of more) now = erasedBefore(now);
      expect(now).toEqual(old);
    }),
  );
});

test('whatever is typed, moved and erased: no control character gets in, and the cursor is at a character of the text', () => {
  const change = fc.oneof(
    anything.map((text) => (of: TextField) => typed(of, text)),
    fc.constantFrom(...Object.values(CHANGES)),
  );
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      let now = EMPTY_FIELD;
      for (const next of changes) {
        now = next(now);
        expect(now.cursor).toBeGreaterThanOrEqual(0);
        expect(now.cursor).toBeLessThanOrEqual(charactersOf(now.text).length);
        expect(now.text).not.toMatch(/\p{Cc}/u);
      }
    }),
  );
});

test('with ends of lines kept, they are the only control characters that get in', () => {
  fc.assert(
    fc.property(anything, (text) => {
      expect(typed(EMPTY_FIELD, text, '\n').text).not.toMatch(/(?!\n)\p{Cc}/u);
    }),
  );
});
