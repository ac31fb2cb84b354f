// Lines in and out of a terminal or a pipe. On a terminal, what comes in is printed above the line being typed, which
// stays as it is; in a pipe there is neither prompt nor echo.
import { createInterface } from 'node:readline';
import { boundedLines } from './bounded-lines.ts';

export interface TerminalLines {
  /** Prints above the prompt. */
  print(text: string): void;
  /** Shows what is asked for. */
  ask(prompt: string): void;
  close(): void;
}

export interface LineEvents {
  line(text: string): void;
  /** Ctrl-C, Ctrl-D, or the end of the pipe. */
  ended(how: 'interrupt' | 'end'): void;
}

export function terminalLines(events: LineEvents): TerminalLines {
  const isTerminal = Boolean(process.stdin.isTTY && process.stdout.isTTY);
  const input = createInterface({
    ...(isTerminal ? { input: process.stdin, output: process.stdout } : { input: process.stdin.pipe(boundedLines()) }),
    terminal: isTerminal,
  });
  let isOpen = true;
  /** The cursor is behind a prompt, not at the beginning of a row. */
  let isAsking = false;
  input.on('line', (text) => {
    isAsking = false;
    events.line(text);
  });
  input.on('SIGINT', () => events.ended('interrupt'));
  input.on('close', () => {
    if (!isOpen) return;
    isOpen = false;
    leaveRow();
    events.ended('end');
  });
  // What the program or the shell says next begins on a row of its own.
  const leaveRow = () => {
    if (isAsking) process.stdout.write('\n');
    isAsking = false;
  };
  return {
    print(text) {
      if (!isTerminal || !isOpen) return void process.stdout.write(`${text}\n`);
      // A long line being typed stands on several rows, and the cursor is on one of them. Before readline draws it again
      // it goes up by as many, so it must find them empty.
      const { rows } = input.getCursorPos();
      const up = rows === 0 ? '' : `\x1b[${rows}A`;
      process.stdout.write(`\r${up}\x1b[J${text}\n${'\n'.repeat(rows)}`);
      input.prompt(true);
      isAsking = true;
    },
    ask(prompt) {
      if (!isTerminal || !isOpen) return;
      input.setPrompt(prompt);
      input.prompt();
      isAsking = true;
    },
    close() {
      // To the end of a line that stands on several rows.
      if (isAsking) input.write(null, { ctrl: true, name: 'e' });
      leaveRow();
      isOpen = false;
      input.close();
      // A pipe whose writer is still there would keep this process.
      process.stdin.destroy();
    },
  };
}
