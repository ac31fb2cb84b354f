// What keys do in a duel: one line to type in, two inboxes that scroll together. Pure: a key in, the next value and the line
// that was entered out.
import { type History, NO_HISTORY, recalled, remembered } from '../../screen/history.ts';
import type { Key } from '../../screen/keys.ts';
import { EMPTY_FIELD, edited, fieldOf, inserted, type TextField } from '../../screen/text-field.ts';

export interface DuelTyping {
  readonly field: TextField;
  readonly history: History;
  /** Lines that the inboxes are scrolled up by; 0 shows the newest. */
  readonly scrolled: number;
  readonly showsKeys: boolean;
}

export const NOTHING_TYPED: DuelTyping = { field: EMPTY_FIELD, history: NO_HISTORY, scrolled: 0, showsKeys: false };

export interface DuelTyped {
  readonly typing: DuelTyping;
  /** What was entered. */
  readonly line?: string;
  /** What was pasted is too long, and was not taken. */
  readonly hasNoRoom?: true;
}

/** @param page how many lines of an inbox are seen at once @param most how far there is to scroll */
export function pressed(typing: DuelTyping, key: Key, page: number, most: number): DuelTyped {
  if (typing.showsKeys && key.kind !== 'leave') return { typing: { ...typing, showsKeys: false } };
  const { field, history } = typing;
  const scrolledTo = (lines: number) => ({ typing: { ...typing, scrolled: Math.max(0, Math.min(most, lines)) } });
  switch (key.kind) {
    case 'text': {
      if (key.text === '?' && field.text === '') return { typing: { ...typing, showsKeys: true } };
      const longer = inserted(field, key.text, '\n');
      return longer === undefined ? { typing, hasNoRoom: true } : { typing: { ...typing, field: longer } };
    }
    case 'enter':
      if (field.text === '') return { typing };
      return {
        typing: { ...typing, field: EMPTY_FIELD, history: remembered(history, field.text), scrolled: 0 },
        line: field.text,
      };
    case 'up':
    case 'down': {
      const found = recalled(history, key.kind === 'up' ? 1 : -1, field.text);
      return { typing: { ...typing, field: fieldOf(found.text), history: found.history } };
    }
    case 'page-up':
      return scrolledTo(typing.scrolled + page);
    case 'page-down':
      return scrolledTo(typing.scrolled - page);
    case 'escape':
      return scrolledTo(0);
    case 'clear':
      return { typing: { ...typing, scrolled: 0 }, line: '/clear' };
    case 'keys':
      return { typing: { ...typing, showsKeys: true } };
    case 'leave':
      return { typing, line: '/quit' };
    case 'tab':
    case 'back-tab':
      return { typing };
    default:
      return { typing: { ...typing, field: edited(field, key.kind) } };
  }
}
