// A terminal of its own, as a person has it, that ends with the test.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, type TestContext } from 'vitest';
import { needs } from '../support/ability.ts';
import { until } from '../support/until.ts';
import { LAB } from './lab.ts';

interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

export class Terminal {
  /** Where tmux puts its socket, which it leaves there. */
  readonly #folder: string;
  #isOpen = true;

  constructor(context: TestContext, command: string, { columns, rows }: TerminalSize = { columns: 80, rows: 24 }) {
    needs(context, spawnSync('sh', ['-c', 'command -v tmux']).status === 0, 'it needs tmux');
    this.#folder = mkdtempSync(join(tmpdir(), 'lab-'));
    onTestFinished(() => {
      if (this.#isOpen) this.#tmux('kill-server');
      rmSync(this.#folder, { recursive: true });
    });
    const size = ['-x', String(columns), '-y', String(rows)];
    this.#tmux('-u', '-f', '/dev/null', 'new-session', '-d', ...size, 'env', 'LC_ALL=C.UTF-8', 'sh', '-c', command);
    this.#tmux('set-option', '-g', 'window-size', 'manual');
    this.#tmux('set-option', '-g', 'status', 'off');
    this.resize({ columns, rows });
  }

  /** Its lines, without what is empty behind them. */
  get lines(): string[] {
    return this.screen.split('\n').map((line) => line.trimEnd());
  }

  get screen(): string {
    return this.#tmux('capture-pane', '-p');
  }

  /** Of the shell in it. */
  get pid(): number {
    return Number(this.#tmux('display-message', '-p', '#{pane_pid}'));
  }

  /** Names of keys, and text. */
  press(...keys: string[]): void {
    this.#tmux('send-keys', ...keys);
  }

  type(text: string): void {
    this.#tmux('send-keys', '-l', text);
  }

  /** As a person pastes: in brackets, where the program has asked for them. */
  paste(text: string): void {
    const file = join(this.#folder, 'pasted');
    writeFileSync(file, text);
    this.#tmux('load-buffer', file);
    this.#tmux('paste-buffer', '-p');
  }

  /** As a person closes its window. */
  close(): void {
    this.#tmux('kill-server');
    this.#isOpen = false;
  }

  resize({ columns, rows }: TerminalSize): void {
    this.#tmux('resize-window', '-x', String(columns), '-y', String(rows));
  }

  async shows(text: string | RegExp, limitMs = 15_000): Promise<void> {
    const isThere = () => (typeof text === 'string' ? this.screen.includes(text) : text.test(this.screen));
    await until(isThere, `the screen showed ${text}`, limitMs).catch((error: Error) => {
      throw new Error(`${error.message} It shows:\n${this.screen}`);
    });
  }

  async hides(text: string): Promise<void> {
    await until(() => !this.screen.includes(text), `the screen no longer showed ${text}`, 15_000);
  }

  #tmux(...args: string[]): string {
    const env = { ...process.env, TMUX_TMPDIR: this.#folder };
    return execFileSync('tmux', ['-L', 'lab', ...args], { encoding: 'utf8', env });
  }
}

/** The chat in a shell that says how it ended, and stays. */
export function chatIn(context: TestContext, args: string, size?: TerminalSize): Terminal {
  const command = `echo before; ${process.execPath} ${LAB} chat ${args}; echo "ended with $?"; stty -a | grep -o -e '-\\?icanon' -e '-\\?echo '; exec cat`;
  return new Terminal(context, command, size);
}
