// What the packet emulator is made of, each part tried by itself: what was found, and the one thing that would change it.
import { execFile } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { LinkMachineError, systemCode } from '../machine-error.ts';
import { loadLibc } from './libc.ts';

export interface ProbedPart {
  readonly part: string;
  readonly works: boolean;
  /** What was found. */
  readonly found: string;
  /** The one thing that would change it; empty where it works. */
  readonly remedy: string;
}

/** All that a network of two hosts needs. */
export async function probeParts(): Promise<ProbedPart[]> {
  const ip = await probeProgram('ip', ['-V'], 'iproute2');
  const unshare = await probeProgram('unshare', ['--version'], 'util-linux');
  const nsenter = await probeProgram('nsenter', ['--version'], 'util-linux');
  const namespace = await probeNamespace([unshare, ip]);
  return [probeSystem(), ip, unshare, nsenter, await probeFfi(), probeTunFile(), namespace];
}

/** What `lab link run` needs beside that, to end a command with everything it has started. */
export function probeGuard(): Promise<ProbedPart> {
  return probeProgram('setpriv', ['--version'], 'util-linux');
}

/** A part that does not work, as an error. */
export function faultOf({ part, found, remedy }: ProbedPart): LinkMachineError {
  return new LinkMachineError('NO_TUN', `${part}: ${found}; what would change it: ${remedy}.`);
}

function works(part: string, found: string): ProbedPart {
  return { part, works: true, found, remedy: '' };
}

function fails(part: string, found: string, remedy: string): ProbedPart {
  return { part, works: false, found, remedy };
}

function probeSystem(): ProbedPart {
  if (process.platform === 'linux') return works('Linux', process.platform);
  return fails('Linux', `this is ${process.platform}`, 'run the lab on Linux (a virtual machine will do)');
}

async function probeProgram(name: string, args: readonly string[], packageName: string): Promise<ProbedPart> {
  const part = `program ${name}`;
  try {
    const { stdout } = await execute(name, args);
    return works(part, stdout.split('\n')[0]!.trim());
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return fails(part, 'not installed', `apt-get install ${packageName}`);
    return fails(part, `can not be run (${lastLine(error)})`, `apt-get install --reinstall ${packageName}`);
  }
}

async function probeFfi(): Promise<ProbedPart> {
  const part = 'FFI library koffi';
  try {
    await loadLibc();
    return works(part, 'loads');
  } catch (error) {
    if (systemCode(error) === 'NO_FFI') return fails(part, 'not installed', 'npm install --include=optional');
    return fails(part, `does not load (${lastLine(error)})`, 'run the lab on Linux with glibc');
  }
}

const TUN_FILE = '/dev/net/tun';

/** To open it makes no device yet. */
function probeTunFile(): ProbedPart {
  try {
    closeSync(openSync(TUN_FILE, 'r+'));
    return works(TUN_FILE, 'may be opened');
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EACCES') {
      return fails(TUN_FILE, 'this user may not open it', `chmod 0666 ${TUN_FILE} (as root), or run as root`);
    }
    if (code === 'EPERM') {
      return fails(TUN_FILE, 'this container may not open it', `docker run --device ${TUN_FILE} (or its like)`);
    }
    const found = code === 'ENOENT' ? 'is not there' : `can not be opened (${code})`;
    return fails(TUN_FILE, found, existsSync('/sys/class/misc/tun') ? MAKE_TUN_FILE : 'modprobe tun (as root)');
  }
}

/** The kernel has the driver, and this place has no file for it. */
const MAKE_TUN_FILE = `mkdir -p /dev/net && mknod ${TUN_FILE} c 10 200 (as root)`;

/** Makes one, and in it does what only its owner may. */
async function probeNamespace(needed: readonly ProbedPart[]): Promise<ProbedPart> {
  const isRoot = process.getuid?.() === 0;
  const part = `network namespace (${isRoot ? 'as root' : 'in a user namespace'})`;
  const missing = needed.find((program) => !program.works);
  if (missing !== undefined) return fails(part, `was not tried: it needs the ${missing.part}`, missing.remedy);
  try {
    const unshare = [...(isRoot ? [] : ['--user', '--map-root-user']), '--net', '--'];
    await execute('unshare', [...unshare, 'ip', 'link', 'set', 'lo', 'up']);
    return works(part, 'can be made');
  } catch (error) {
    return fails(part, `can not be made (${lastLine(error)})`, isRoot ? MORE_CAPABILITIES : userNamespaceRemedy());
  }
}

const MORE_CAPABILITIES = 'docker run --cap-add SYS_ADMIN --cap-add NET_ADMIN (or its like)';

/** What may forbid user namespaces to ordinary users: the setting, the value that does, and one that doesn't. */
const FORBIDDING = [
  ['user.max_user_namespaces', '0', '10000'],
  ['kernel.unprivileged_userns_clone', '0', '1'],
  ['kernel.apparmor_restrict_unprivileged_userns', '1', '0'],
] as const;

function userNamespaceRemedy(): string {
  const setting = FORBIDDING.find(([name, forbids]) => readSetting(name) === forbids);
  return setting === undefined ? 'run as root' : `sysctl -w ${setting[0]}=${setting[2]} (as root), or run as root`;
}

/** Undefined where this kernel has no such setting. */
function readSetting(name: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/${name.replaceAll('.', '/')}`, 'utf8').trim();
  } catch {
    return undefined;
  }
}

const execute = promisify(execFile);

/** What a program said last, or what was said of it. */
function lastLine(error: unknown): string {
  const said = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr).trim() : '';
  return (said || String((error as Error).message)).split('\n').at(-1)!.trim();
}
