// The built program as a child process in pipes: what it says, what it is told, and how it ends. It never outlives its
// test.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { until } from '../support/until.ts';

export const LAB = fileURLToPath(new URL('../../dist/cli/lab.js', import.meta.url));

/** A machine that is busy with other tests starts a program slowly. */
export const PROCESS_LIMIT_MS = 20_000;
export const PROCESS_TEST = { timeout: 60_000 };

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export class LabProcess {
  readonly #child: ChildProcess;
  readonly #args: readonly string[];
  #stdout = '';
  #stderr = '';
  #ended: Ended | undefined;

  constructor(args: readonly string[], environment: NodeJS.ProcessEnv, cwd: string | undefined) {
    this.#args = args;
    const env = { ...process.env, ...environment };
    this.#child = spawn(process.execPath, [LAB, ...args], { env, cwd, stdio: 'pipe' });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    // What was typed at a program that has ended is lost, and its end says so.
    this.#child.stdin?.on('error', () => {});
    this.#child.once('close', (code, signal) => {
      this.#ended = { code, signal };
    });
    onTestFinished(() => this.kill());
  }

  get pid(): number {
    return this.#child.pid!;
  }

  get stdout(): string {
    return this.#stdout;
  }

  get stderr(): string {
    return this.#stderr;
  }

  /** Waits until it has printed this, on either stream. */
  async prints(pattern: string | RegExp, howOften = 1): Promise<void> {
    const count = () => countOf(pattern, this.#stdout) + countOf(pattern, this.#stderr);
    await this.#expect(() => count() >= howOften || this.#ended !== undefined, `it prints ${pattern}`);
    if (count() < howOften) throw new Error(`${this.#account()}\nIt ended without printing ${pattern}.`);
  }

  type(...lines: readonly string[]): void {
    this.#child.stdin?.write(lines.map((line) => `${line}\n`).join(''));
  }

  endInput(): void {
    this.#child.stdin?.end();
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async ends(): Promise<Ended> {
    await this.#expect(() => this.#ended !== undefined, 'it ends');
    return this.#ended!;
  }

  async kill(): Promise<void> {
    if (this.#ended === undefined) this.#child.kill('SIGKILL');
    await this.ends();
  }

  async #expect(condition: () => boolean, what: string): Promise<void> {
    try {
      await until(condition, what, PROCESS_LIMIT_MS);
    } catch (error) {
      throw new Error(`${this.#account()}\n${(error as Error).message}`);
    }
  }

  #account(): string {
    return `lab ${this.#args.join(' ')}\nstdout: ${this.#stdout}\nstderr: ${this.#stderr}`;
  }
}

export function startLab(
  args: readonly string[],
  { environment = {}, cwd }: { environment?: NodeJS.ProcessEnv; cwd?: string } = {},
): LabProcess {
  return new LabProcess(args, environment, cwd);
}

/** Runs it to its end, with nothing to read. */
export async function lab(
  args: readonly string[],
  settings: { environment?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const started = startLab(args, settings);
  started.endInput();
  const { code } = await started.ends();
  return { code, stdout: started.stdout, stderr: started.stderr };
}

function countOf(pattern: string | RegExp, text: string): number {
  return typeof pattern === 'string'
    ? text.split(pattern).length - 1
    : [...text.matchAll(new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`))].length;
}
