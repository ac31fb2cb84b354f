// What keys do to the three fields, to the inbox and to the world.
import { describe, expect, test } from 'vitest';
import { hintOf, NOTHING_TYPED, pressed, type Typing, type Wish } from '../../../cli/chat/model/typing.ts';
import type { Key } from '../../../cli/screen/keys.ts';
import { charactersOf } from '../../../reports/plain-text.ts';

const NAMES = ['Ana', 'Anabel', 'Rui'];
const PAGE = 10;

type Pressed = Exclude<Key['kind'], 'text'> | { readonly types: string };
const types = (text: string): Pressed => ({ types: text });

/** One key after another; what was wished for, in order. */
function following(typing: Typing, ...keys: Pressed[]): { typing: Typing; wishes: Wish[] } {
  const wishes: Wish[] = [];
  for (const key of keys) {
    const next = pressed(
      typing,
      typeof key === 'string' ? { kind: key } : { kind: 'text', text: key.types },
      NAMES,
      PAGE,
    );
    typing = next.typing;
    if (next.wish !== undefined) wishes.push(next.wish);
  }
  return { typing, wishes };
}

const from = (...keys: Pressed[]) => following(NOTHING_TYPED, ...keys);

function texts({ fields }: Typing): { to: string; subject: string; body: string } {
  return { to: fields.to.text, subject: fields.subject.text, body: fields.body.text };
}

/** In the message, with a recipient and a subject. */
const WRITING = from(types('Rui'), 'enter', types('lunch'), 'enter').typing;

describe('from field to field', () => {
  test.each([
    ['Tab', 'tab', ['subject', 'body', 'to']],
    ['Shift-Tab', 'back-tab', ['body', 'subject', 'to']],
  ] as const)('%s goes in order, and round', (_what, key, order) => {
    expect(order.map((_, at) => from(...order.slice(0, at + 1).map(() => key)).typing.focus)).toEqual(order);
  });

  test('Up and Down go through the fields where the message is not written', () => {
    expect(from('down').typing.focus).toBe('subject');
    expect(from('down', 'up').typing.focus).toBe('to');
  });

  test('what is typed gets into the one that has the focus', () => {
    const { typing } = from(types('Rui'), 'tab', types('lunch'), 'tab', types('at one'));
    expect(texts(typing)).toEqual({ to: 'Rui', subject: 'lunch', body: 'at one' });
  });

  test('Enter goes on, and wishes for nothing', () => {
    const { typing, wishes } = from(types('Rui'), 'enter', types('lunch'), 'enter');
    expect(typing.focus).toBe('body');
    expect(wishes).toEqual([]);
  });
});

test('keys edit the field that has the focus', () => {
  const { typing } = from(
    types('abc'),
    'left',
    'backspace',
    'home',
    types('x'),
    'delete',
    'end',
    types('y'),
    'right',
    types('one two'),
    'erase-word',
  );
  expect(typing.fields.to).toEqual({ text: 'xcyone ', cursor: 7 });
  expect(following(typing, 'erase-line').typing.fields.to).toEqual({ text: '', cursor: 0 });
});

describe('Tab in the recipient', () => {
  test.each([
    ['the only one is completed, and it goes on', 'r', 'Rui', 'subject'],
    ['several are completed as far as they are the same, and it stays', 'a', 'Ana', 'to'],
    ['nothing to add: it goes on', 'Ana', 'Ana', 'subject'],
    ['one of several, whole', 'anab', 'Anabel', 'subject'],
    ['nobody is called so: it goes on with what was typed', 'xyz', 'xyz', 'subject'],
    ['everybody', '*', '*', 'subject'],
    ['nothing was typed', '', '', 'subject'],
  ])('%s', (_what, typed, to, focus) => {
    const { typing } = from(types(typed), 'tab');
    expect(typing.fields.to).toEqual({ text: to, cursor: charactersOf(to).length });
    expect(typing.focus).toBe(focus);
  });

  test('completes no other field', () => {
    expect(texts(from('tab', types('r'), 'tab').typing)).toEqual({ to: '', subject: 'r', body: '' });
  });

  test.each([
    ['r', 'ui'],
    ['R', 'ui'],
    ['a', 'na'],
    ['Ana', undefined],
    ['Rui', undefined],
    ['x', undefined],
    ['', undefined],
  ])('hints at what it would add to "%s": %j', (typed, hint) => {
    expect(hintOf(from(types(typed)).typing, NAMES)).toBe(hint);
  });

  test('hints at nothing where another field has the focus', () => {
    expect(hintOf(from(types('r'), 'back-tab').typing, NAMES)).toBeUndefined();
  });
});

describe('Enter in the message', () => {
  test('sends, keeps the recipient and empties the rest', () => {
    const { typing, wishes } = following(WRITING, types('at one?'), 'enter');
    expect(wishes).toEqual([{ kind: 'send', to: 'Rui', subject: 'lunch', body: 'at one?' }]);
    expect(texts(typing)).toEqual({ to: 'Rui', subject: '', body: '' });
    expect(typing.focus).toBe('body');
    expect(typing.history.texts).toEqual(['at one?']);
  });

  test('goes to the newest of the inbox', () => {
    expect(following(WRITING, 'page-up', types('x'), 'enter').typing.scrolled).toBe(0);
  });

  test('sends recipient and subject without space at their ends, and the message as it is', () => {
    const { wishes } = from(types(' Rui '), 'enter', types(' s '), 'enter', types(' b '), 'enter');
    expect(wishes).toEqual([{ kind: 'send', to: 'Rui', subject: 's', body: ' b ' }]);
  });

  test('of more than a field holds is a mistake, and takes nothing of it', () => {
    const { typing, wishes } = following(WRITING, types('a'), types('b'.repeat(100_000)));
    expect(wishes).toEqual([{ kind: 'mistake', mistake: { kind: 'no-room' } }]);
    expect(typing.fields.body.text).toBe('a');
  });

  test('of an empty message is a mistake', () => {
    const { typing, wishes } = following(WRITING, 'enter');
    expect(wishes).toEqual([{ kind: 'mistake', mistake: { kind: 'no-body' } }]);
    expect(typing).toEqual(WRITING);
  });

  test.each(['', '  '])('without a recipient ("%s") is a mistake, and goes there', (to) => {
    const { typing, wishes } = from(types(to), 'enter', 'enter', types('hello'), 'enter');
    expect(wishes).toEqual([{ kind: 'mistake', mistake: { kind: 'no-recipient' } }]);
    expect(typing.focus).toBe('to');
    expect(typing.fields.body.text).toBe('hello');
  });

  test('begins with a slash where two were typed', () => {
    expect(following(WRITING, types('//who'), 'enter').wishes).toMatchObject([{ kind: 'send', body: '/who' }]);
  });

  test('has a subject that begins with a slash where two were typed', () => {
    const { wishes } = from(types('Rui'), 'enter', types('//etc'), 'enter', types('b'), 'enter');
    expect(wishes).toEqual([{ kind: 'send', to: 'Rui', subject: '/etc', body: 'b' }]);
  });
});

test('what was sent comes back with Up, and the draft with Down', () => {
  const sent = following(WRITING, types('one'), 'enter', types('two'), 'enter', types('dra')).typing;
  const bodies = (...keys: Pressed[]) => following(sent, ...keys).typing.fields.body;
  expect(bodies('up')).toEqual({ text: 'two', cursor: 3 });
  expect(bodies('up', 'up', 'up').text).toBe('one');
  expect(bodies('up', 'up', 'down', 'down')).toEqual({ text: 'dra', cursor: 3 });
});

describe('a paste of many lines', () => {
  test('keeps them in the message, and sends nothing', () => {
    const { typing, wishes } = following(WRITING, types('a\r\nb\nc'));
    expect(typing.fields.body.text).toBe('a\nb\nc');
    expect(wishes).toEqual([]);
    expect(following(typing, 'enter').wishes).toMatchObject([{ kind: 'send', body: 'a\nb\nc' }]);
  });

  test.each(['to', 'subject'] as const)('is one line in the field %s', (focus) => {
    expect(following({ ...NOTHING_TYPED, focus }, types('a\r\nb\nc')).typing.fields[focus].text).toBe('a b c');
  });
});

describe('a command', () => {
  test.each<[string, Wish]>([
    ['/who', { kind: 'who' }],
    ['/who ', { kind: 'who' }],
    ['/clear', { kind: 'clear' }],
    ['/quit', { kind: 'leave' }],
    ['/name Zoe', { kind: 'rename', name: 'Zoe' }],
    ['/name Maria das Dores', { kind: 'rename', name: 'Maria das Dores' }],
    ['/save chat.txt', { kind: 'save', file: 'chat.txt' }],
    // Without words it asks what the link is.
    ['/link', { kind: 'link', words: '' }],
    ['/link 3g', { kind: 'link', words: '3g' }],
    ['/link  up  loss: 30%,  delay 1ms ', { kind: 'link', words: 'up loss: 30%, delay 1ms' }],
    ['/link loss {kind: list, packets: [3, 7]}', { kind: 'link', words: 'loss {kind: list, packets: [3, 7]}' }],
  ])('%s is carried out, from any field, and is gone', (line, wish) => {
    for (const focus of ['to', 'subject', 'body'] as const) {
      const { typing, wishes } = following({ ...WRITING, focus }, 'erase-line', types(line), 'enter');
      expect(wishes).toEqual([wish]);
      expect(typing.fields[focus].text).toBe('');
      expect(typing.focus).toBe(focus);
    }
  });

  test('/help shows the keys', () => {
    const { typing, wishes } = following(WRITING, types('/help'), 'enter');
    expect(typing.showsKeys).toBe(true);
    expect(typing.fields.body.text).toBe('');
    expect(wishes).toEqual([]);
  });

  test('/to chooses the recipient and goes to the message', () => {
    const { typing, wishes } = following(WRITING, types('/to Ana Maria'), 'enter');
    expect(typing.fields.to).toEqual({ text: 'Ana Maria', cursor: 9 });
    expect(typing.fields.body.text).toBe('');
    expect(typing.focus).toBe('body');
    expect(wishes).toEqual([]);
    expect(from(types('/to Rui'), 'enter').typing).toMatchObject({ focus: 'body', fields: { to: { text: 'Rui' } } });
  });

  test('/to alone goes to the recipient, which is empty', () => {
    expect(following(WRITING, types('/to'), 'enter').typing).toMatchObject({
      focus: 'to',
      fields: { to: { text: '' } },
    });
  });

  test.each([
    ['/name', { kind: 'no-name' }],
    ['/save ', { kind: 'no-file' }],
    ['/nothing', { kind: 'unknown-command', command: '/nothing' }],
    ['/WHO', { kind: 'unknown-command', command: '/WHO' }],
    ['/', { kind: 'unknown-command', command: '/' }],
  ] as const)('%s is a mistake, and stays to be mended', (line, mistake) => {
    const { typing, wishes } = following(WRITING, types(line), 'enter');
    expect(wishes).toEqual([{ kind: 'mistake', mistake }]);
    expect(typing.fields.body.text).toBe(line);
  });

  test('is one only where it stands at the beginning', () => {
    expect(following(WRITING, types('see /who'), 'enter').wishes).toMatchObject([{ kind: 'send', body: 'see /who' }]);
  });
});

describe('the keys', () => {
  test.each(['to', 'subject', 'body'] as const)('are shown by "?" in the field %s where it is empty', (focus) => {
    const { typing } = following({ ...NOTHING_TYPED, focus }, types('?'));
    expect(typing.showsKeys).toBe(true);
    expect(typing.fields[focus].text).toBe('');
  });

  test('are not shown by "?" in a text', () => {
    const { typing } = following(WRITING, types('why'), types('?'));
    expect(typing.showsKeys).toBe(false);
    expect(typing.fields.body.text).toBe('why?');
  });

  test('are shown by F1, whatever was typed', () => {
    const { typing } = following(WRITING, types('why'), 'keys');
    expect(typing).toMatchObject({ showsKeys: true, fields: { body: { text: 'why' } } });
  });

  test.each<Pressed>(['enter', 'tab', 'escape', 'keys', 'clear', 'page-up', types('x'), types('?')])(
    'are closed by any key (%j), which does nothing else',
    (key) => {
      const shown = following(WRITING, types('why'), 'keys').typing;
      expect(following(shown, key)).toEqual({ typing: { ...shown, showsKeys: false }, wishes: [] });
    },
  );

  test('do not keep Ctrl-C from leaving', () => {
    expect(from('keys', 'leave').wishes).toEqual([{ kind: 'leave' }]);
    expect(from('leave').wishes).toEqual([{ kind: 'leave' }]);
  });
});

describe('the inbox', () => {
  const scrolled = (...keys: Pressed[]) => from(...keys).typing.scrolled;

  test('scrolls by pages, and never below the newest', () => {
    expect(scrolled('page-up')).toBe(PAGE);
    expect(scrolled('page-up', 'page-up', 'page-down')).toBe(PAGE);
    expect(scrolled('page-down')).toBe(0);
    expect(scrolled('page-up', 'page-down', 'page-down')).toBe(0);
    expect(pressed({ ...NOTHING_TYPED, scrolled: 3 }, { kind: 'page-down' }, NAMES, PAGE).typing.scrolled).toBe(0);
  });

  test('goes to the newest with Esc, and nothing that was typed is lost', () => {
    const { typing } = following(WRITING, types('half'), 'page-up', 'escape');
    expect(typing).toMatchObject({ scrolled: 0, fields: { body: { text: 'half' } } });
  });

  test('stays where it is while somebody types', () => expect(scrolled('page-up', types('a'), 'left')).toBe(PAGE));

  test('is cleared by Ctrl-L, and nothing that was typed is lost', () => {
    const { typing, wishes } = following(WRITING, types('half'), 'page-up', 'clear');
    expect(wishes).toEqual([{ kind: 'clear' }]);
    expect(typing).toMatchObject({ scrolled: 0, fields: { body: { text: 'half' } } });
  });
});
