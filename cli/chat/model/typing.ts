// What keys do: three fields that make a message, an inbox that scrolls, commands that begin with a slash. Pure: a key in,
// the next value and what is asked for out.
import { type History, NO_HISTORY, recalled, remembered } from '../../screen/history.ts';
import type { Key } from '../../screen/keys.ts';
import { EMPTY_FIELD, edited, fieldOf, inserted, type TextField } from '../../screen/text-field.ts';
import { completed, completions } from './completion.ts';

export type FieldName = 'to' | 'subject' | 'body';

export interface Typing {
  readonly fields: Readonly<Record<FieldName, TextField>>;
  readonly focus: FieldName;
  readonly history: History;
  /** Lines that the inbox is scrolled up by; 0 shows the newest. */
  readonly scrolled: number;
  readonly showsKeys: boolean;
}

export const NOTHING_TYPED: Typing = {
  fields: { to: EMPTY_FIELD, subject: EMPTY_FIELD, body: EMPTY_FIELD },
  focus: 'to',
  history: NO_HISTORY,
  scrolled: 0,
  showsKeys: false,
};

/** What the world is asked for. */
export type Wish =
  | { readonly kind: 'send'; readonly to: string; readonly subject: string; readonly body: string }
  | { readonly kind: 'who' | 'clear' | 'leave' }
  | { readonly kind: 'rename'; readonly name: string }
  /** Of the link between; without words, what it is. */
  | { readonly kind: 'link'; readonly words: string }
  | { readonly kind: 'save'; readonly file: string }
  | { readonly kind: 'mistake'; readonly mistake: Mistake };

export type Mistake =
  | { readonly kind: 'no-recipient' | 'no-body' | 'no-file' | 'no-name' | 'no-room' }
  | { readonly kind: 'unknown-command'; readonly command: string };

export interface Typed {
  readonly typing: Typing;
  readonly wish?: Wish;
}

const ORDER: readonly FieldName[] = ['to', 'subject', 'body'];

/** @param names that may be written to @param page how many lines of the inbox are seen at once */
export function pressed(typing: Typing, key: Key, names: readonly string[], page: number): Typed {
  if (typing.showsKeys && key.kind !== 'leave') return { typing: { ...typing, showsKeys: false } };
  switch (key.kind) {
    case 'text':
      return typedText(typing, key.text);
    case 'enter':
      return entered(typing);
    case 'tab':
      return { typing: forward(typing, names) };
    case 'back-tab':
      return { typing: focused(typing, -1) };
    case 'up':
    case 'down':
      return { typing: upOrDown(typing, key.kind) };
    case 'page-up':
      return { typing: scrolledBy(typing, page) };
    case 'page-down':
      return { typing: scrolledBy(typing, -page) };
    case 'escape':
      return { typing: { ...typing, scrolled: 0 } };
    case 'clear':
      return { typing: { ...typing, scrolled: 0 }, wish: { kind: 'clear' } };
    case 'keys':
      return { typing: { ...typing, showsKeys: true } };
    case 'leave':
      return { typing, wish: { kind: 'leave' } };
    default:
      return { typing: withField(typing, edited(typing.fields[typing.focus], key.kind)) };
  }
}

/** What Tab would make of the recipient; undefined where there is nothing to add. */
export function hintOf({ fields, focus }: Typing, names: readonly string[]): string | undefined {
  const { text } = fields.to;
  if (focus !== 'to' || text === '') return undefined;
  const whole = completed(text, names);
  return whole === undefined || whole.length <= text.length ? undefined : whole.slice(text.length);
}

/** A paste of many lines keeps them in a message, and is one line elsewhere. */
function typedText(typing: Typing, text: string): Typed {
  if (text === '?' && typing.fields[typing.focus].text === '') return { typing: { ...typing, showsKeys: true } };
  const lineBreak = typing.focus === 'body' ? '\n' : ' ';
  const field = inserted(typing.fields[typing.focus], text, lineBreak);
  return field === undefined ? mistaken(typing, { kind: 'no-room' }) : { typing: withField(typing, field) };
}

function entered(typing: Typing): Typed {
  const { fields, focus } = typing;
  const typed = fields[focus].text;
  if (typed.startsWith('/') && !typed.startsWith('//')) return obeyed(typing, typed);
  if (focus !== 'body') return { typing: focused(typing, 1) };
  const to = fields.to.text.trim();
  if (to === '') return mistaken({ ...typing, focus: 'to' }, { kind: 'no-recipient' });
  if (typed === '') return mistaken(typing, { kind: 'no-body' });
  const body = unslashed(typed);
  const subject = unslashed(fields.subject.text.trim());
  // The recipient stays, and so does where one types.
  const next = { ...fields, subject: EMPTY_FIELD, body: EMPTY_FIELD };
  return {
    typing: { ...typing, fields: next, history: remembered(typing.history, typed), scrolled: 0 },
    wish: { kind: 'send', to, subject, body },
  };
}

/** Two slashes stand for one: so a text can begin with it. */
function unslashed(text: string): string {
  return text.startsWith('//') ? text.slice(1) : text;
}

function obeyed(typing: Typing, line: string): Typed {
  const [command = '', ...rest] = line.trim().split(/\s+/);
  const argument = rest.join(' ');
  const done = withField(typing, EMPTY_FIELD);
  switch (command) {
    case '/who':
      return { typing: done, wish: { kind: 'who' } };
    case '/clear':
      return { typing: { ...done, scrolled: 0 }, wish: { kind: 'clear' } };
    case '/quit':
      return { typing: done, wish: { kind: 'leave' } };
    case '/help':
      return { typing: { ...done, showsKeys: true } };
    case '/to':
      return {
        typing: { ...done, fields: { ...done.fields, to: fieldOf(argument) }, focus: argument === '' ? 'to' : 'body' },
      };
    case '/name':
      return argument === ''
        ? mistaken(typing, { kind: 'no-name' })
        : { typing: done, wish: { kind: 'rename', name: argument } };
    case '/link':
      return { typing: done, wish: { kind: 'link', words: argument } };
    case '/save':
      return argument === ''
        ? mistaken(typing, { kind: 'no-file' })
        : { typing: done, wish: { kind: 'save', file: argument } };
    default:
      return mistaken(typing, { kind: 'unknown-command', command });
  }
}

function mistaken(typing: Typing, mistake: Mistake): Typed {
  return { typing, wish: { kind: 'mistake', mistake } };
}

/** A name that was begun is completed first; where that leaves several, one stays to type on. */
function forward(typing: Typing, names: readonly string[]): Typing {
  const { fields, focus } = typing;
  const { text } = fields.to;
  const whole = focus === 'to' && text !== '' ? completed(text, names) : undefined;
  if (whole === undefined) return focused(typing, 1);
  const next = withField(typing, fieldOf(whole));
  return completions(whole, names).length > 1 && whole !== text ? next : focused(next, 1);
}

function focused(typing: Typing, by: number): Typing {
  const at = (ORDER.indexOf(typing.focus) + by + ORDER.length) % ORDER.length;
  return { ...typing, focus: ORDER[at]! };
}

/** Through what was sent before, in the message; elsewhere through the fields. */
function upOrDown(typing: Typing, way: 'up' | 'down'): Typing {
  const { fields, focus, history } = typing;
  if (focus !== 'body') return focused(typing, way === 'up' ? -1 : 1);
  const found = recalled(history, way === 'up' ? 1 : -1, fields.body.text);
  return { ...withField(typing, fieldOf(found.text)), history: found.history };
}

function scrolledBy(typing: Typing, lines: number): Typing {
  return { ...typing, scrolled: Math.max(0, typing.scrolled + lines) };
}

function withField(typing: Typing, field: TextField): Typing {
  return { ...typing, fields: { ...typing.fields, [typing.focus]: field } };
}
