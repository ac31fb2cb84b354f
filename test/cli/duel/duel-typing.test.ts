// What keys do in a duel.
import { describe, expect, test } from 'vitest';
import { type DuelTyping, NOTHING_TYPED, pressed } from '../../../cli/duel/model/duel-typing.ts';
import type { Key } from '../../../cli/screen/keys.ts';

const PAGE = 5;
const MOST = 12;

type Pressed = Exclude<Key['kind'], 'text'> | { readonly types: string };
const types = (text: string): Pressed => ({ types: text });

/** Keys pressed one after the other; what was entered, in order. */
function following(typing: DuelTyping, ...keys: Pressed[]): { typing: DuelTyping; lines: string[] } {
  const lines: string[] = [];
  for (const key of keys) {
    const next = pressed(
      typing,
      typeof key === 'string' ? { kind: key } : { kind: 'text', text: key.types },
      PAGE,
      MOST,
    );
    typing = next.typing;
    if (next.line !== undefined) lines.push(next.line);
  }
  return { typing, lines };
}

const from = (...keys: Pressed[]) => following(NOTHING_TYPED, ...keys);
const scrolled = (...keys: Pressed[]) => from(...keys).typing.scrolled;

describe('Enter', () => {
  test('enters the line, which is gone', () => {
    const { typing, lines } = from(types('hel'), types('lo'), 'enter');
    expect(lines).toEqual(['hello']);
    expect(typing).toMatchObject({ field: { text: '', cursor: 0 }, history: { texts: ['hello'] } });
  });

  test('enters a line as it was typed, with space at its ends', () =>
    expect(from(types(' a '), 'enter').lines).toEqual([' a ']));

  test('enters no empty line, and stays where it is', () => {
    const { typing } = from('page-up');
    expect(following(typing, 'enter')).toEqual({ typing, lines: [] });
  });

  test('goes to the newest', () => expect(scrolled('page-up', types('x'), 'enter')).toBe(0));
});

test('keys edit the line', () => {
  const { typing } = from(types('one two'), 'erase-word', 'home', types('x'), 'delete', 'end', 'backspace', 'left');
  expect(typing.field).toEqual({ text: 'xne', cursor: 2 });
  expect(following(typing, 'erase-line').typing.field.text).toBe('');
});

test.each(['tab', 'back-tab'] as const)('%s does nothing: there is one field', (key) => {
  const { typing } = from(types('a'), 'left');
  expect(following(typing, key)).toEqual({ typing, lines: [] });
});

test('a paste of many lines stays one message, and is not sent', () => {
  const { typing, lines } = from(types('a\r\nb\nc'));
  expect(lines).toEqual([]);
  expect(following(typing, 'enter').lines).toEqual(['a\nb\nc']);
});

test('what drives a terminal is left out of a paste', () =>
  expect(from(types('\u001b[31mred\u0007')).typing.field.text).toBe('[31mred'));

test('what was entered comes back with Up, and the draft with Down', () => {
  const { typing } = from(types('one'), 'enter', types('two'), 'enter', types('dra'));
  const field = (...keys: Pressed[]) => following(typing, ...keys).typing.field;
  expect(field('up')).toEqual({ text: 'two', cursor: 3 });
  expect(field('up', 'up', 'up').text).toBe('one');
  expect(field('up', 'up', 'down').text).toBe('two');
  expect(field('up', 'up', 'down', 'down')).toEqual({ text: 'dra', cursor: 3 });
  expect(following(typing, 'up', 'up', 'enter').lines).toEqual(['one']);
});

describe('the inboxes', () => {
  test('scroll by pages, no further than to the oldest, and never below the newest', () => {
    expect(scrolled('page-up')).toBe(5);
    expect(scrolled('page-up', 'page-up')).toBe(10);
    expect(scrolled('page-up', 'page-up', 'page-up', 'page-up')).toBe(MOST);
    expect(scrolled('page-up', 'page-up', 'page-down')).toBe(5);
    expect(scrolled('page-up', 'page-down', 'page-down')).toBe(0);
  });

  test('do not scroll where all is seen', () => {
    expect(pressed(NOTHING_TYPED, { kind: 'page-up' }, PAGE, 0).typing.scrolled).toBe(0);
    // What was there has been cleared away.
    expect(pressed({ ...NOTHING_TYPED, scrolled: 99 }, { kind: 'page-down' }, PAGE, 0).typing.scrolled).toBe(0);
  });

  test('go to the newest with Esc, and nothing that was typed is lost', () =>
    expect(from(types('half'), 'page-up', 'escape').typing).toMatchObject({ scrolled: 0, field: { text: 'half' } }));

  test('stay where they are while somebody types', () => expect(scrolled('page-up', types('a'), 'left')).toBe(PAGE));

  test('are cleared by Ctrl-L, and nothing that was typed is lost', () => {
    const { typing, lines } = from(types('half'), 'page-up', 'clear');
    expect(lines).toEqual(['/clear']);
    expect(typing).toMatchObject({ scrolled: 0, field: { text: 'half' } });
  });
});

describe('the keys', () => {
  test('are shown by "?" where nothing is typed', () => {
    expect(from(types('?')).typing).toEqual({ ...NOTHING_TYPED, showsKeys: true });
  });

  test('are not shown by "?" in a text', () => {
    expect(from(types('why'), types('?')).typing).toMatchObject({ showsKeys: false, field: { text: 'why?' } });
  });

  test('are shown by F1, whatever was typed', () => {
    expect(from(types('why'), 'keys').typing).toMatchObject({ showsKeys: true, field: { text: 'why' } });
  });

  test.each<Pressed>(['enter', 'tab', 'escape', 'keys', 'clear', 'page-up', 'up', types('x'), types('?')])(
    'are closed by any key (%j), which does nothing else',
    (key) => {
      const { typing } = from(types('why'), 'keys');
      expect(following(typing, key)).toEqual({ typing: { ...typing, showsKeys: false }, lines: [] });
    },
  );

  test('do not keep Ctrl-C from leaving', () => {
    expect(from('keys', 'leave').lines).toEqual(['/quit']);
    expect(from(types('half'), 'leave').lines).toEqual(['/quit']);
  });
});

test('more than a field holds is not taken, and that is told', () => {
  const { typing } = from(types('a'));
  expect(pressed(typing, { kind: 'text', text: 'b'.repeat(100_000) }, PAGE, MOST)).toEqual({ typing, hasNoRoom: true });
});
