// Tables of Markdown: what stands in a cell can't end it.
import { plain } from './markdown-text.ts';

/** @param left how many columns, from the first, are text; the others are numbers */
export function table(head: readonly string[], rows: readonly (readonly string[])[], left = 2): string {
  const line = (cells: readonly string[]) => `| ${cells.map(plain).join(' | ')} |`;
  return [line(head), line(head.map((_, column) => (column < left ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
