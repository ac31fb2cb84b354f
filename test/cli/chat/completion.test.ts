// A name that was begun, and what was sent before.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  completed,
  completions,
  type History,
  NO_HISTORY,
  recalled,
  remembered,
} from '../../../cli/chat/model/completion.ts';

const NAMES = ['Ana', 'Anabel', 'Rui', 'Óscar', '田中'];

test.each([
  ['', NAMES],
  ['a', ['Ana', 'Anabel']],
  ['ANAB', ['Anabel']],
  ['ó', ['Óscar']],
  ['田', ['田中']],
  ['x', []],
  ['Anabela', []],
])('"%s" begins %j', (typed, names) => expect(completions(typed, NAMES)).toEqual(names));

test.each([
  ['r', 'Rui'],
  ['RUI', 'Rui'],
  ['a', 'Ana'],
  ['anab', 'Anabel'],
  ['Ó', 'Óscar'],
  ['x', undefined],
])('Tab makes of "%s" %j', (typed, name) => expect(completed(typed, NAMES)).toBe(name));

test('what several have in common is written as the first of them writes it', () => {
  expect(completed('a', ['ANna', 'anNe', 'annika'])).toBe('ANn');
  expect(completed('', ['Ana', 'Rui'])).toBe('');
  expect(completed('', [])).toBeUndefined();
});

test('what several have in common never ends inside a character', () => {
  // The two begin with the same half of a surrogate pair.
  expect(completed('x', ['x😀', 'x😁'])).toBe('x');
});

test('a completion begins every name that was meant, and so much of it as was typed', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'A', 'b', 'é', '日', '😀', '😁'), minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(name, { minLength: 1 }), fc.nat(3), (names, length) => {
      const typed = [...names[0]!].slice(0, length).join('');
      const whole = completed(typed, names)!;
      expect(whole).not.toMatch(/\p{Cs}/u);
      expect(whole.toLowerCase().startsWith(typed.toLowerCase())).toBe(true);
      expect(completions(whole, names)).toEqual(completions(typed, names));
    }),
    { examples: [[['x😀', 'x😁'], 1]] },
  );
});

const following = (...texts: string[]): History => texts.reduce(remembered, NO_HISTORY);

/** What is shown after each step; what is shown is what is typed. */
function steps(history: History, typed: string, ...ways: (1 | -1)[]): string[] {
  let now = { history, text: typed };
  return ways.map((way) => {
    now = recalled(now.history, way, now.text);
    return now.text;
  });
}

describe('what was sent before', () => {
  test('Up shows the newest first, then to the oldest, and stays there', () => {
    expect(steps(following('one', 'two', 'three'), '', 1, 1, 1, 1)).toEqual(['three', 'two', 'one', 'one']);
  });

  test('Down comes back to what was being typed, and stays there', () => {
    expect(steps(following('one', 'two'), 'draft', 1, 1, -1, -1, -1)).toEqual(['two', 'one', 'two', 'draft', 'draft']);
  });

  test('is the same to Up and Down where there is none', () => {
    expect(steps(NO_HISTORY, 'draft', 1, -1)).toEqual(['draft', 'draft']);
  });

  test('has the same text once where it was sent twice running', () => {
    expect(following('one', 'one', 'two', 'one').texts).toEqual(['one', 'two', 'one']);
  });

  test('has no empty texts', () => expect(following('', 'one', '').texts).toEqual(['one']));

  test('begins with the newest again when something was sent', () => {
    const { history } = recalled(following('one', 'two'), 1, 'draft');
    expect(remembered(history, 'three')).toEqual({ texts: ['one', 'two', 'three'], back: 0, draft: '' });
  });

  test('is the last hundred', () => {
    const { texts } = following(...Array.from({ length: 150 }, (_, at) => `text ${at}`));
    expect(texts).toHaveLength(100);
    expect(texts.at(0)).toBe('text 50');
    expect(texts.at(-1)).toBe('text 149');
  });
});
