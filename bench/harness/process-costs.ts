// What a process has cost until now, as Linux counts it, asked from outside: the process itself has nothing to do with it.
import { readFileSync } from 'node:fs';

/** The most memory that was ever resident. */
export function peakBytes(pid: number): number {
  return 1024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

/** How long its first thread, which runs JavaScript, was ready to run and had no processor. */
export function waitedMs(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
}
