// Two hosts, each a network namespace that belongs to a process and is gone when that process is. Nothing is named,
// mounted or written down, so nothing can stay behind.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { promisify } from 'node:util';
import { LinkMachineError, systemCode } from '../machine-error.ts';

export type HostName = 'server' | 'clients';

export interface Address {
  readonly ipv4: string;
  readonly ipv6: string;
}

export const ADDRESSES: Record<HostName, Address> = {
  server: { ipv4: '10.77.0.1', ipv6: 'fd77::1' },
  clients: { ipv4: '10.77.0.2', ipv6: 'fd77::2' },
};

/** What either host reaches over its device, over IPv4. */
export const SUBNET = '10.77.0.0/24';

export const DEVICE = 'lab0';

export interface Host {
  readonly name: HostName;
  /** The process whose namespace it is. */
  readonly pid: number;
  close(): void;
}

/** Starts a host that lives no longer than this process. It has a loopback device and nothing else yet. */
export async function startHost(name: HostName): Promise<Host> {
  // Reads until this process is gone or says so; nothing is ever written to it.
  const holder = spawn('unshare', ['--net', 'cat'], { stdio: ['pipe', 'ignore', 'inherit'] });
  await spawned(holder, 'unshare');
  const pid = holder.pid!;
  await ownNamespace(holder, pid);
  await ip(pid, ['link set lo up']);
  return { name, pid, close: () => holder.stdin?.end() };
}

/** Moves a device of this process's namespace to a host and gives it the host's addresses. */
export async function attachDevice(host: Host, mtuBytes: number): Promise<void> {
  const { ipv4, ipv6 } = ADDRESSES[host.name];
  await run('ip', ['link', 'set', DEVICE, 'netns', String(host.pid)]);
  const hasIpv6 = mtuBytes >= LEAST_IPV6_MTU_BYTES;
  await ip(host.pid, [
    // No link-local address: the only packets on the wire are those of the experiment.
    ...(hasIpv6 ? [`link set ${DEVICE} addrgenmode none`] : []),
    `link set ${DEVICE} mtu ${mtuBytes} txqueuelen ${TRANSMIT_QUEUE_PACKETS} up`,
    `addr add ${ipv4}/24 dev ${DEVICE}`,
    ...(hasIpv6 ? [`-6 addr add ${ipv6}/64 dev ${DEVICE} nodad`] : []),
  ]);
}

/** A link with a smaller MTU has no IPv6 (RFC 8200, section 5). */
export const LEAST_IPV6_MTU_BYTES = 1280;

/** Long enough that the host's own queue never drops what the link's queue should. */
const TRANSMIT_QUEUE_PACKETS = 10_000;

async function ip(pid: number, commands: readonly string[]): Promise<void> {
  for (const command of commands) await run('nsenter', ['-t', String(pid), '-n', 'ip', ...command.split(' ')]);
}

const execute = promisify(execFile);

async function run(command: string, args: readonly string[]): Promise<void> {
  try {
    await execute(command, args);
  } catch (error) {
    const words = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr).trim() : '';
    throw commandError(error, command, words || `${command} ${args.join(' ')} failed`);
  }
}

function spawned(child: ChildProcess, command: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(commandError(error, command, error.message)));
  });
}

function commandError(error: unknown, command: string, words: string): LinkMachineError {
  const packageName = command === 'ip' ? 'iproute2' : 'util-linux';
  if (systemCode(error) === 'ENOENT') {
    return new LinkMachineError(
      'ENOENT',
      `The program "${command}" is not installed: install the package ${packageName}.`,
    );
  }
  return new LinkMachineError(systemCode(error), `${words}.`);
}

/** A process has its own namespace a moment after it was started. */
async function ownNamespace(holder: ChildProcess, pid: number): Promise<void> {
  const own = readlinkSync('/proc/self/ns/net');
  const giveUpAt = performance.now() + 5000;
  while (performance.now() < giveUpAt && holder.exitCode === null) {
    if (readlinkSync(`/proc/${pid}/ns/net`) !== own) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  if (holder.exitCode === null) holder.kill('SIGKILL');
  throw new LinkMachineError('EPERM', 'This user may not make a network namespace.');
}
