// How a run was done and on what, as Markdown.
import type { RunResult } from '../src/bench/result.ts';
import { code, plain } from './markdown-text.ts';
import { environmentLines, type MethodLine, methodLines } from './method-words.ts';

export function method(result: RunResult): string {
  return `## Method\n\n${listOf(methodLines(result))}`;
}

export function environment(result: RunResult): string {
  return `## Environment\n\n${listOf(environmentLines(result))}`;
}

function listOf(lines: readonly MethodLine[]): string {
  return lines
    .map(({ text, code: written, isInner }) => {
      const words = [...(text === '' ? [] : [plain(text)]), ...(written === undefined ? [] : [code(written)])];
      return `${isInner ? '  ' : ''}- ${words.join(' ')}`;
    })
    .join('\n');
}
