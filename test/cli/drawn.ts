// A screen drawn in memory, on the sizes and in the languages that matter.
import chalk from 'chalk';
import { render } from 'ink-testing-library';
import type { ReactElement } from 'react';
import { onTestFinished } from 'vitest';
import type { Language } from '../../reports/language/language.ts';

export const ESC = '\u001b';
export const LANGUAGES: readonly Language[] = ['en', 'pt-BR'];
/** Terminals of 24, 40 and 16 lines, the last of which is not drawn on. */
export const SIZES = [
  [80, 23],
  [120, 39],
  [60, 15],
] as const;

/** What stands on the screen, line by line. */
export function drawnLines(element: ReactElement, columns: number): string[] {
  const screen = render(element);
  // The library's terminal has 100 columns, always.
  Object.defineProperty(screen.stdout, 'columns', { value: columns });
  screen.stdout.emit('resize');
  const frame = screen.lastFrame()!;
  screen.unmount();
  return frame.split('\n');
}

/** @param level of colour, until the test has ended */
export function paint(level: 0 | 3): void {
  const before = chalk.level;
  chalk.level = level;
  onTestFinished(() => {
    chalk.level = before;
  });
}
