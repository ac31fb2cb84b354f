// Text of a scenario, a message of an error, a name: in Markdown it stands for itself, and is neither markup nor HTML.
import { oneLine } from './plain-text.ts';

/** Inside a line. */
export function plain(text: string): string {
  return escaped(oneLine(text));
}

/** At the beginning of a line, where a mark more has a meaning. */
export function paragraph(text: string): string {
  return plain(text)
    .replace(/^[#>+=-]/, '\\$&')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2');
}

/** As code, in a fence that the text itself does not hold. */
export function code(text: string): string {
  const line = oneLine(text);
  const runs = [...line.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = '`'.repeat(shortestAbsent(runs));
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/** What CommonMark and GitHub's tables, links, tags and entities are made of. "a_b" and "<0.001" are none of it. */
function escaped(line: string): string {
  return line
    .replace(/[\\`*[\]~|$]/g, '\\$&')
    .replace(/<(?=[a-z/!?])/gi, '\\<')
    .replace(/&(?=#|[a-z]\w*;)/gi, '\\&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_');
}

function shortestAbsent(lengths: readonly number[]): number {
  let length = 1;
  while (lengths.includes(length)) length++;
  return length;
}
