// The tables of docs/protocol.md, so that tests hold the document and the code to the same bytes.
import { readFileSync } from 'node:fs';

const DOCUMENT = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');

/** The first table under a heading: its first column to its second, without code marks; `(00 × 3)` is `00 00 00`. */
export function tableUnder(heading: string): Map<string, string> {
  const lines = DOCUMENT.split('\n');
  const start = lines.findIndex((line) => line.replace(/^#+ /, '') === heading && line.startsWith('#'));
  if (start < 0) throw new Error(`docs/protocol.md has no heading "${heading}"`);
  const first = lines.findIndex((line, i) => i > start && line.startsWith('|'));
  const end = lines.findIndex((line, i) => i > first && !line.startsWith('|'));
  const rows = lines.slice(first + 2, end).map(cells);
  return new Map(rows.map(([key = '', value = '']) => [key, value]));
}

function cells(row: string): string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.replaceAll('`', '').trim())
    .map((cell) => cell.replace(/\((\w\w) × (\d+)\)/, (_, byte, times) => Array(Number(times)).fill(byte).join(' ')));
}
