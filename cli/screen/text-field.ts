// One line of text that is being typed: what it holds, and where the cursor is. Pure. Counted in what a reader takes for one
// character, so that a cursor never stands between a letter and its accent.
import { charactersOf } from '../../reports/plain-text.ts';
import { type Edit, MOST_TYPED } from './keys.ts';

export interface TextField {
  readonly text: string;
  /** Before the character of this number, from 0. */
  readonly cursor: number;
}

export const EMPTY_FIELD: TextField = { text: '', cursor: 0 };

export function fieldOf(text: string): TextField {
  return { text, cursor: charactersOf(text).length };
}

/**
 * Typed or pasted: what would drive a terminal is left out, and lines become one. Undefined where it has no room.
 * @param lineBreak what stands for an end of line
 */
export function inserted({ text, cursor }: TextField, typed: string, lineBreak = ' '): TextField | undefined {
  if (text.length + typed.length > MOST_TYPED) return undefined;
  const clean = typed
    .replace(/\r\n?|\n/g, lineBreak)
    .replace(/\t/g, ' ')
    .replace(/(?!\n)\p{Cc}/gu, '');
  if (clean === '') return { text, cursor };
  const characters = charactersOf(text);
  const before = characters.slice(0, cursor).join('') + clean;
  const whole = before + characters.slice(cursor).join('');
  // What was typed may join what stands before it, as an accent does.
  return { text: whole, cursor: charactersOf(before).length };
}

/** What a key makes of it. */
export function edited(field: TextField, key: Edit): TextField {
  return EDITS[key](field);
}

const EDITS: Readonly<Record<Edit, (field: TextField) => TextField>> = {
  left: (field) => moved(field, -1),
  right: (field) => moved(field, 1),
  home: movedToStart,
  end: movedToEnd,
  backspace: erasedBefore,
  delete: erasedBehind,
  'erase-word': erasedWord,
  'erase-line': () => EMPTY_FIELD,
};

export function erasedBefore(field: TextField): TextField {
  return field.cursor === 0 ? field : without(field, field.cursor - 1);
}

export function erasedBehind(field: TextField): TextField {
  return without(field, field.cursor);
}

export function moved({ text, cursor }: TextField, by: number): TextField {
  return { text, cursor: Math.max(0, Math.min(charactersOf(text).length, cursor + by)) };
}

export function movedToEnd({ text }: TextField): TextField {
  return fieldOf(text);
}

export function movedToStart({ text }: TextField): TextField {
  return { text, cursor: 0 };
}

/** Back to the beginning of the word before the cursor, as Ctrl-W does. */
export function erasedWord({ text, cursor }: TextField): TextField {
  const characters = charactersOf(text);
  let start = cursor;
  while (start > 0 && characters[start - 1]!.trim() === '') start--;
  while (start > 0 && characters[start - 1]!.trim() !== '') start--;
  return { text: [...characters.slice(0, start), ...characters.slice(cursor)].join(''), cursor: start };
}

function without({ text, cursor }: TextField, at: number): TextField {
  const characters = charactersOf(text);
  if (at >= characters.length) return { text, cursor };
  characters.splice(at, 1);
  return { text: characters.join(''), cursor: Math.min(cursor, at) };
}
