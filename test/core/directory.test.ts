import { describe, expect, test } from 'vitest';
import { Directory } from '../../src/core/directory.ts';

const granted = (name: string) => ({ kind: 'granted', name });
const refused = (code: string, about: string) => ({ kind: 'refused', code, about });

test('those without a name are numbered in order', () => {
  const directory = new Directory<string>(10);
  expect(['a', 'b', 'c'].map((user) => directory.claim('', user))).toEqual([
    granted('Usuario0'),
    granted('Usuario1'),
    granted('Usuario2'),
  ]);
  expect([...directory.users()]).toEqual(['a', 'b', 'c']);
  expect(directory.find('Usuario1')).toBe('b');
});

test('a number is never given twice, even if all have left', () => {
  const directory = new Directory<string>(10);
  directory.claim('', 'a');
  directory.release('Usuario0');
  expect(directory.size).toBe(0);
  expect(directory.claim('', 'b')).toEqual(granted('Usuario1'));
});

test('a name asked for uses up no number, nor does a refusal', () => {
  const directory = new Directory<string>(3);
  directory.claim('Ana', 'a');
  directory.claim('Ana', 'b');
  expect(directory.claim('', 'c')).toEqual(granted('Usuario0'));
});

describe('a claim is refused', () => {
  test.each([
    ['Ana', refused('name-taken', 'Ana')],
    [' Ana', refused('name-illegal', ' Ana')],
    ['*', refused('name-reserved', '*')],
    ['Usuario7', refused('name-reserved', 'Usuario7')],
  ])('for "%s"', (asked, claim) => {
    const directory = new Directory<string>(5);
    directory.claim('Ana', 'a');
    expect(directory.claim(asked, 'b')).toEqual(claim);
    expect(directory.size).toBe(1);
  });

  test('when the server is full, whatever is asked', () => {
    const directory = new Directory<string>(1);
    directory.claim('Ana', 'a');
    for (const asked of ['', 'Bia', 'Ana', '*'])
      expect(directory.claim(asked, 'b')).toEqual(refused('server-full', '1'));
  });
});

test('a name asked for is free again once its user has left', () => {
  const directory = new Directory<string>(5);
  directory.claim('Ana', 'a');
  directory.release('Ana');
  expect(directory.find('Ana')).toBeUndefined();
  expect(directory.claim('Ana', 'b')).toEqual(granted('Ana'));
  expect(directory.find('Ana')).toBe('b');
});

test('names are no properties of objects', () => {
  const directory = new Directory<string>(5);
  expect(directory.find('constructor')).toBeUndefined();
  for (const name of ['Ana', '__proto__']) expect(directory.claim(name, name)).toEqual(granted(name));
});

describe('a name that reads like that of another who is here', () => {
  test.each([
    ['ANA', 'Ana', 'the case of letters'],
    ['Ａna', 'Ana', 'a wide letter'],
    ['ﬁm', 'fim', 'a ligature'],
  ])('%s beside %s is taken: they differ in %s alone', (asked, other) => {
    const directory = new Directory<string>(5);
    directory.claim(other, 'a');
    expect(directory.claim(asked, 'b')).toEqual(refused('name-taken', asked));
    expect(directory.find(asked)).toBeUndefined();
    directory.release(other);
    expect(directory.claim(asked, 'b')).toEqual(granted(asked));
  });
});
