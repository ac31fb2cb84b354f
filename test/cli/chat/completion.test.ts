// A name that was begun.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { completed, completions } from '../../../cli/chat/model/completion.ts';

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
