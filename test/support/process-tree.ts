// Processes by the system's own table: who belongs to whom, who is who, and who is still there.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** This process's children and theirs, by the system's own table. */
export function descendants(pid: number): number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = table.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const children = (parent: number): number[] =>
    pairs.filter(([, of]) => of === parent).flatMap(([child]) => [child, ...children(child)]);
  return children(pid);
}

/** The first of this process and its descendants whose command line has that part; one that ends while it is looked at has none. */
export function processOf(root: number, part: string): number | undefined {
  return [root, ...descendants(root)].find((pid) =>
    ifThere(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'))?.includes(part),
  );
}

/** One that has ended and waits for its parent to hear of it is not. */
export function isAlive(pid: number): boolean {
  return ifThere(() => !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) ?? false;
}

/** A process may be gone between two looks at it. */
export function ifThere<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

/** Of all users and groups of processes. */
export function everyProcess(): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
}
