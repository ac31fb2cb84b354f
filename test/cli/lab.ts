// The built program as a child process, that ends with the test.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { until } from '../support/until.ts';

export const LAB = fileURLToPath(new URL('../../dist/cli/lab.js', import.meta.url));

export class Lab {
  readonly child: ChildProcess;
  out = '';
  err = '';
  /** The exit code, or the signal's name. */
  ended: number | string | undefined;

  /** @param program the program `lab` in another place of this machine */
  constructor(
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
    program: readonly string[] = [process.execPath, LAB],
  ) {
    const [command, ...before] = program;
    this.child = spawn(command!, [...before, ...args], { env: { ...process.env, LC_ALL: 'C', ...env } });
    this.child.stdout!.on('data', (bytes) => {
      this.out += bytes;
    });
    this.child.stderr!.on('data', (bytes) => {
      this.err += bytes;
    });
    this.child.once('close', (code, signal) => {
      this.ended = code ?? signal ?? undefined;
    });
    onTestFinished(() => void this.child.kill('SIGKILL'));
  }

  type(...lines: string[]): void {
    this.child.stdin!.write(lines.map((line) => `${line}\n`).join(''));
  }

  async prints(text: string | RegExp, limitMs?: number): Promise<void> {
    const found = () => (typeof text === 'string' ? this.out.includes(text) : text.test(this.out));
    await until(
      () => found() || this.ended !== undefined,
      `it printed ${text}; it printed: ${this.out}${this.err}`,
      limitMs,
    );
    if (!found()) throw new Error(`It ended without printing ${text}: ${this.out}${this.err}`);
  }

  /** Waits for its end; answers its exit code. */
  async ends(limitMs = 30_000): Promise<number | string> {
    await until(() => this.ended !== undefined, 'it ended', limitMs);
    return this.ended!;
  }
}

export function lab(...args: string[]): Lab {
  return new Lab(args);
}

/** A server on a port of its own. */
export async function labServe(...args: string[]): Promise<{ server: Lab; port: string }> {
  const server = lab('serve', '--port', '0', ...args);
  await server.prints(/:(\d+)\b|"port":(\d+)/);
  const [, plain, json] = /:(\d+)\. Ctrl|"port":(\d+)/.exec(server.out) ?? [];
  return { server, port: plain ?? json ?? '' };
}
