// What is asked of the benchmark, and what the machine must have for it.
import { readFileSync } from 'node:fs';
import { openFilesLimit } from '../../src/bench/run/open-files.ts';
import type { Wire } from '../crowd/crowd.ts';

export interface LoadSettings {
  readonly wire: Wire;
  readonly users: number;
  /** How long users chat. */
  readonly seconds: number;
  /** What the server asks the system for, for its one UDP socket; absent: the system's own default. */
  readonly receiveBufferBytes?: number;
}

export const JOINS_PER_SECOND = 1000;

/** What Node itself has open, and what of the crowd comes and goes. */
const FILES_BESIDE = 600;

/** What the machine lacks, and the command that mends it; undefined where nothing is missing. */
export function whatIsMissing(
  users: number,
  filesLimit = openFilesLimit(),
  portRange = ephemeralPorts(),
): string | undefined {
  const files = users + FILES_BESIDE;
  if (filesLimit !== undefined && files > filesLimit) {
    return `${users} users take ${files} open files in one process, and the limit is ${filesLimit}. Raise it with "ulimit -n ${files}" (as root, or up to the hard limit), or take fewer users (--users).`;
  }
  const ports = portRange === undefined ? users : portRange.last - portRange.first + 1;
  if (users > ports) {
    return `${users} users take a port each, and the system gives out ${ports}. Widen the range with "sysctl -w net.ipv4.ip_local_port_range='10240 65535'", or take fewer users (--users).`;
  }
  return undefined;
}

function ephemeralPorts(): { first: number; last: number } | undefined {
  try {
    const [first, last] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8')
      .trim()
      .split(/\s+/)
      .map(Number);
    return { first: first!, last: last! };
  } catch {
    return undefined;
  }
}
