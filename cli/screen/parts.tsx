// What every screen of the lab is made of.
import { Text } from 'ink';
import type { ReactNode } from 'react';
import stringWidth from 'string-width';
import { charactersOf } from '../../reports/plain-text.ts';
import { printable } from '../printable.ts';
import type { TextField } from './text-field.ts';

export function Rule({ columns }: { columns: number }): ReactNode {
  return <Text dimColor>{'─'.repeat(columns)}</Text>;
}

export interface FieldProps {
  readonly field: TextField;
  readonly isFocused: boolean;
  readonly hint: string | undefined;
  readonly width: number;
}

/** As much of the text as has room, with the cursor in it. */
export function Field({ field, isFocused, hint, width }: FieldProps): ReactNode {
  const characters = charactersOf(field.text.replaceAll('\n', '⏎')).map((character) => printable(character));
  const { from, to } = windowAround(characters, isFocused ? field.cursor : 0, width);
  if (!isFocused) return <Text wrap="truncate"> {characters.slice(0, to).join('')}</Text>;
  const [first, ...others] = field.cursor < characters.length ? [] : charactersOf(printable(hint ?? ''));
  const under = characters[field.cursor] ?? first ?? ' ';
  return (
    <Text wrap="truncate">
      {' '}
      {characters.slice(from, field.cursor).join('')}
      <Text inverse>{under}</Text>
      {characters.slice(field.cursor + 1, to).join('')}
      <Text dimColor>{fitted(others.join(''), Math.max(0, width - field.cursor - 1))}</Text>
    </Text>
  );
}

function windowAround(characters: readonly string[], cursor: number, width: number): { from: number; to: number } {
  let [from, used] = [cursor, 1];
  while (from > 0 && used + stringWidth(characters[from - 1]!) < width) used += stringWidth(characters[--from]!);
  let to = cursor;
  while (to < characters.length && used + stringWidth(characters[to]!) < width) used += stringWidth(characters[to++]!);
  return { from, to };
}

/** Of the terminal, which has a row more than a screen uses. */
export const LEAST = { columns: 60, rows: 16 };

export function isTooSmall({ columns, rows }: { readonly columns: number; readonly rows: number }): boolean {
  return columns < LEAST.columns || rows + 1 < LEAST.rows;
}

const COLOURS: Readonly<Partial<Record<string, string>>> = { good: 'green', doubtful: 'yellow', bad: 'red' };

/** What a look is painted in, as a property. */
export function colourOf(look: string, hasColour: boolean): { color?: string } {
  const color = hasColour ? COLOURS[look] : undefined;
  return color === undefined ? {} : { color };
}

/** As much as has room. The library's own way of cutting counts wide characters one short. */
export function fitted(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let [cut, used] = ['', 0];
  for (const character of charactersOf(text)) {
    used += stringWidth(character);
    if (used > width - 1) break;
    cut += character;
  }
  return width > 0 ? `${cut}…` : '';
}
