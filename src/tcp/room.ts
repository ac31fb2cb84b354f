// How many connections this process has room for. Each takes a file, and where none is left nobody says so: libuv accepts
// whoever comes with a file that it keeps for that, and closes him at once.
import { readdirSync, readFileSync } from 'node:fs';

export interface Room {
  readonly connections: number;
  readonly filesLimit: number;
}

/** What a process opens beside its connections, now and then. */
const SPARE_FILES = 4;

/** Undefined where the system does not tell, or has no limit. */
export function roomForConnections(): Room | undefined {
  try {
    const [, soft] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    if (soft === undefined) return undefined;
    const filesLimit = Number(soft);
    const taken = readdirSync('/proc/self/fd').length + SPARE_FILES;
    // 0 would be no limit.
    return { filesLimit, connections: Math.max(1, filesLimit - taken) };
  } catch {
    return undefined;
  }
}
