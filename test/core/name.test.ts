import { describe, expect, test } from 'vitest';
import { judgeName, numberedName } from '../../src/core/name.ts';

describe('a name that a user may have', () => {
  test.each([
    'Ana',
    'ana maria',
    'João',
    '好',
    '😀',
    'a',
    'a'.repeat(64),
    'é'.repeat(32),
    '**',
    'Usuario',
    'Usuario0x',
  ])('%s', (name) => {
    expect(judgeName(name)).toBe('legal');
  });
});

describe('one that is the server’s', () => {
  test.each(['*', 'Usuario0', 'Usuario007', 'USUARIO1', 'usuario99999999999999999999', 'U\u017fuario3'])(
    '%s',
    (name) => {
      expect(judgeName(name)).toBe('reserved');
    },
  );
});

describe('one that nobody may have', () => {
  test.each([
    ['is empty', ''],
    ['is longer than 64 bytes', 'a'.repeat(65)],
    ['has 33 characters of two bytes', 'é'.repeat(33)],
    ['begins with a space', ' Ana'],
    ['ends with a space', 'Ana '],
    ['ends with a no-break space', 'Ana\u00a0'],
    ['has a line break', 'Ana\nBia'],
    ['ends with a line break', 'Usuario0\n'],
    ['has a null character', 'Ana\0'],
    ['has an escape character', '\u001b[31mAna'],
    ['turns the direction of writing', 'Ana\u202e'],
    ['has a character of no width', 'A\u200bna'],
    ['has a byte order mark', '\ufeffAna'],
    ['has a line separator', 'A\u2028na'],
    ['has a paragraph separator', 'A\u2029na'],
    ['has half a surrogate pair', 'A\ud800'],
    ['is decomposed', 'Joa\u0303o'],
    ['has a private character', 'A\ue000'],
  ])('because it %s', (_, name) => {
    expect(judgeName(name)).toBe('illegal');
  });
});

test('names given are reserved ones, so nobody can ask for one before it is given', () => {
  for (const number of [0, 1, 9, 10, 12_345_678]) expect(judgeName(numberedName(number))).toBe('reserved');
  expect([0, 1, 10].map(numberedName)).toEqual(['Usuario0', 'Usuario1', 'Usuario10']);
});
