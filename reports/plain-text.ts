// Text laid out in columns and lines, for a screen of a known width.

/** What a file says must not drive a terminal, and a paragraph is one line until it is wrapped. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}

/** Reasons come from many places, with a full stop and without; a report has one after each. */
export function sentence(text: string): string {
  const line = oneLine(text);
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

/** Breaks between words; a word longer than a line is cut. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of oneLine(text)
    .split(' ')
    .flatMap((part) => cut(part, width))) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

/** As wide as it must be, or `narrow` characters where the table would be too wide otherwise. */
export interface Column {
  readonly name: string;
  readonly align: 'left' | 'right';
  readonly narrow?: number;
}

/** A row with fewer cells than columns: its last cell runs to the edge. */
export type Row = readonly string[];

/** The lines of each row of a table without rules, the heads first; no line is longer than `width`. */
export function tableLines(columns: readonly Column[], rows: readonly Row[], width: number): string[][] {
  const natural = columns.map(({ name }, at) =>
    Math.max(
      name.length,
      ...rows.map((row) => (at === row.length - 1 && at < columns.length - 1 ? 0 : (row[at]?.length ?? 0))),
    ),
  );
  const gap = total(natural) + 2 * (columns.length - 1) > width ? 1 : 2;
  const widths = narrowed(columns, natural, width - gap * (columns.length - 1));
  return [columns.map(({ name }) => name), ...rows].map((row) => rowLines(columns, widths, row, gap, width));
}

function narrowed(columns: readonly Column[], natural: readonly number[], room: number): number[] {
  const widths = [...natural];
  for (const [at, { narrow }] of columns.entries()) {
    const over = total(widths) - room;
    if (over > 0 && narrow !== undefined) widths[at] = Math.max(Math.min(narrow, widths[at]!), widths[at]! - over);
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
  const cells = row.map((text, at) =>
    wrap(text, at === row.length - 1 && at < columns.length - 1 ? width - left(at) : widths[at]!),
  );
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((lines, at) => {
        const text = lines[line] ?? '';
        return columns[at]!.align === 'left' ? text.padEnd(widths[at]!) : text.padStart(widths[at]!);
      })
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}

function cut(word: string, width: number): string[] {
  if (word.length <= width) return [word];
  const pieces: string[] = [];
  let piece = '';
  // By whole characters: half of one is none.
  for (const character of word) {
    if (piece.length + character.length > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
