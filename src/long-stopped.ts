// A child process that somebody has stopped (SIGSTOP, a debugger) and never lets go on: whoever waits for it would wait for ever.
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Much longer than a debugger looks at it, or a batch system gives its place to another. */
export const STOPPED_LIMIT_MS = 30_000;
const LOOKS = 30;

/** Those that were ended for it, with how long they had been stopped. */
const ended = new WeakMap<ChildProcess, number>();

/**
 * Ends a process that was found stopped at every look of so long, and had not run between them; where the system does not tell (no
 * /proc), none. A machine that slept, and a terminal's Ctrl-Z, stop whoever looks as well, and count as one look.
 */
export function endWhenLongStopped(child: ChildProcess, limitMs = STOPPED_LIMIT_MS): void {
  let seen = 0;
  let before: string | undefined;
  const timer = setInterval(() => {
    const now = stoppedAfter(child.pid);
    seen = now !== undefined && (seen === 0 || now === before) ? seen + 1 : 0;
    before = now;
    if (seen <= LOOKS) return;
    clearInterval(timer);
    ended.set(child, limitMs);
    child.kill('SIGKILL');
  }, limitMs / LOOKS);
  timer.unref();
  child.once('exit', () => clearInterval(timer));
}

/** For how long a process had been stopped that was ended for it; undefined of any other. */
export function stoppedBeforeEndMs(child: ChildProcess): number | undefined {
  return ended.get(child);
}

/** How often a stopped process was given a processor until it was stopped (proc(5)); undefined where it is not stopped. */
function stoppedAfter(pid: number | undefined): string | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    return /^State:\s+T/im.test(status) ? status.match(/^\w+_ctxt_switches:.*$/gm)?.join() : undefined;
  } catch {
    return undefined;
  }
}
