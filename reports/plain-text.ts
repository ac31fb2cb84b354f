// Text laid out in columns and lines, for a screen of a known width. What is counted is the columns that a terminal gives
// to a text: two for a character of East Asia or an emoji, none for an accent of its own.
import stringWidth from 'string-width';

/** What a file says must not drive a terminal, and a paragraph is one line until it is wrapped. */
export function oneLine(text: string): string {
  return text
    .replace(DIRECTIONS, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

/** Without what drives a terminal or turns text around; lines stay lines. */
export function visible(text: string): string {
  return text.replace(DIRECTIONS, '').replace(/(?!\n)\p{Cc}/gu, ' ');
}

/** Characters that nobody sees and that turn the text after them around. */
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Reasons come from many places, with a full stop and without; a report has one after each. */
export function sentence(text: string): string {
  const line = oneLine(text);
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

/** Breaks between words; a word longer than a line is cut. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const piece of oneLine(text)
    .split(' ')
    .flatMap((word) => cut(word, width))) {
    const longer = used + 1 + piece.columns;
    if (line !== '' && longer <= width) {
      line += ` ${piece.text}`;
      used = longer;
    } else {
      if (line !== '') lines.push(line);
      line = piece.text;
      used = piece.columns;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** As wide as it must be, or `narrow` columns of the screen where the table would be too wide otherwise. */
export interface Column {
  readonly name: string;
  readonly align: 'left' | 'right';
  readonly narrow?: number;
}

/** A row with fewer cells than columns: its last cell runs to the edge. */
export type Row = readonly string[];

/** The lines of each row of a table without rules, the heads first; no line is longer than `width`. */
export function tableLines(columns: readonly Column[], rows: readonly Row[], width: number): string[][] {
  const natural = naturalWidths(columns, rows);
  const gap = widthOf(natural, 2) > width ? 1 : 2;
  const widths = narrowed(columns, natural, width - gap * (columns.length - 1));
  return [columns.map(({ name }) => name), ...rows].map((row) => rowLines(columns, widths, row, gap, width));
}

/** Whether a table has room, with its narrow columns as narrow as they may be. */
export function fits(columns: readonly Column[], rows: readonly Row[], width: number): boolean {
  const least = naturalWidths(columns, rows).map((natural, at) => Math.min(natural, columns[at]!.narrow ?? natural));
  return widthOf(least, 1) <= width;
}

/** To the width, with spaces. */
export function padded(text: string, width: number, align: Column['align'] = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return align === 'left' ? text + space : space + text;
}

function naturalWidths(columns: readonly Column[], rows: readonly Row[]): number[] {
  return columns.map(({ name }, at) =>
    Math.max(
      stringWidth(name),
      ...rows.map((row) => (runsToTheEdge(row, at, columns) ? 0 : stringWidth(oneLine(row[at] ?? '')))),
    ),
  );
}

function widthOf(widths: readonly number[], gap: number): number {
  return total(widths) + gap * (widths.length - 1);
}

function runsToTheEdge(row: Row, at: number, columns: readonly Column[]): boolean {
  return at === row.length - 1 && at < columns.length - 1;
}

/** Takes from whichever is widest. */
function narrowed(columns: readonly Column[], natural: readonly number[], room: number): number[] {
  const widths = [...natural];
  for (let over = total(widths) - room; over > 0; over--) {
    const spare = columns.map(({ narrow }, at) => (narrow !== undefined && widths[at]! > narrow ? widths[at]! : 0));
    const widest = Math.max(...spare);
    if (widest === 0) break;
    widths[spare.indexOf(widest)]!--;
  }
  return widths;
}

function rowLines(
  columns: readonly Column[],
  widths: readonly number[],
  row: Row,
  gap: number,
  width: number,
): string[] {
  const left = (at: number) => total(widths.slice(0, at)) + gap * at;
  const cells = row.map((text, at) => wrap(text, runsToTheEdge(row, at, columns) ? width - left(at) : widths[at]!));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((lines, at) => padded(lines[line] ?? '', widths[at]!, columns[at]!.align))
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}

const CHARACTERS = new Intl.Segmenter();

/** In it each code unit is a character of its own: nothing joins what stands beside it. */
const NOTHING_JOINS = /^[\n -\u02ff]*$/;

/** As much as is given to a segmenter at once: it copies its whole text for each character, and a long one takes minutes. */
const SHORT = 128;

/** What a reader sees as one each: an accent stays with its letter (UAX #29). */
export function charactersOf(text: string): string[] {
  if (NOTHING_JOINS.test(text)) return text.split('');
  const characters: string[] = [];
  let from = 0;
  for (let length = SHORT; from < text.length; ) {
    const piece = pieceOf(text, from, length);
    const found = Array.from(CHARACTERS.segment(piece), ({ segment }) => segment);
    // More may belong to the last of them.
    if (from + piece.length < text.length) found.pop();
    for (const character of found) {
      characters.push(character);
      from += character.length;
    }
    length = found.length === 0 ? 2 * length : SHORT;
  }
  return characters;
}

/** It does not end within a surrogate pair: half of one would stand for the last character. */
function pieceOf(text: string, from: number, length: number): string {
  const isLowSurrogate = (text.charCodeAt(from + length) & 0xfc00) === 0xdc00;
  return text.slice(from, from + length + (isLowSurrogate ? 1 : 0));
}

interface Piece {
  readonly text: string;
  /** Of the terminal. */
  readonly columns: number;
}

/** Into what fits. Counted character by character, as the width of a text that becomes longer costs its square. */
function cut(word: string, width: number): Piece[] {
  const pieces: Piece[] = [];
  let piece: Piece = { text: '', columns: 0 };
  for (const character of charactersOf(word)) {
    const columns = characterWidth(character);
    if (piece.text !== '' && piece.columns + columns > width) {
      pieces.push(piece);
      piece = { text: '', columns: 0 };
    }
    piece = { text: piece.text + character, columns: piece.columns + columns };
  }
  return [...pieces, piece];
}

const WIDTHS = new Map<string, number>();
const MOST_WIDTHS = 5_000;

/** Texts are made of few characters, and to tell the width of one takes a while. */
function characterWidth(character: string): number {
  const known = WIDTHS.get(character);
  if (known !== undefined) return known;
  const columns = stringWidth(character);
  // Longer ones are as many as somebody likes.
  if (WIDTHS.size < MOST_WIDTHS && character.length <= 2) WIDTHS.set(character, columns);
  return columns;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
