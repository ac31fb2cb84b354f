// How a child process ends.
import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';

/** As a shell has it: 128 and the number of the signal that ended it. */
export function exitCodeOf(code: number | null, signal: NodeJS.Signals | null): number {
  return code ?? 128 + (constants.signals[signal!] ?? 0);
}

/** Waits for it, and after a while does not wait any longer. */
export async function endOf(child: ChildProcess, limitMs: number): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const insist = setTimeout(() => child.kill('SIGKILL'), limitMs);
  await gone;
  clearTimeout(insist);
}
