// How a run was done and on what, as Markdown.
import type { Told } from './language/told.ts';
import { code, plain } from './markdown-text.ts';
import { environmentLines, type MethodLine, methodLines } from './method-words.ts';

export function method(result: Told): string {
  return `## ${result.say.method.title}\n\n${listOf(methodLines(result))}`;
}

export function environment(result: Told): string {
  return `## ${result.say.method.environment}\n\n${listOf(environmentLines(result))}`;
}

function listOf(lines: readonly MethodLine[]): string {
  return lines
    .map(({ text, code: written, isInner }) => {
      const words = [...(text === '' ? [] : [plain(text)]), ...(written === undefined ? [] : [code(written)])];
      return `${isInner ? '  ' : ''}- ${words.join(' ')}`;
    })
    .join('\n');
}
