// What this machine can emulate and why not more: each part tried by itself, and then the whole.
import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { loadLibc } from './libc.ts';
import { MTU_LIMITS, startNetwork } from './network.ts';

export interface ProbedPart {
  readonly part: string;
  readonly works: boolean;
  /** What was found. */
  readonly found: string;
  /** The one thing that would change it; empty where it works. */
  readonly remedy: string;
}

const TUN_FILE = '/dev/net/tun';

/** @param program the emulator's, for the trial of the whole */
export async function probe(program: URL): Promise<ProbedPart[]> {
  const parts = [
    probeSystem(),
    await probeProgram('ip', ['-V'], 'iproute2'),
    await probeProgram('unshare', ['--version'], 'util-linux'),
    await probeProgram('nsenter', ['--version'], 'util-linux'),
    await probeProgram('setpriv', ['--version'], 'util-linux'),
    await probeFfi(),
    probeTunFile(),
    await probeNamespace(),
  ];
  return [...parts, await probeWhole(program, parts)];
}

function probeSystem(): ProbedPart {
  const works = process.platform === 'linux';
  return {
    part: 'Linux',
    works,
    found: process.platform,
    remedy: works ? '' : 'run the lab on Linux (a virtual machine will do)',
  };
}

async function probeProgram(name: string, args: readonly string[], packageName: string): Promise<ProbedPart> {
  const found = await output(name, args);
  const remedy = found === undefined ? `apt-get install ${packageName}` : '';
  return { part: `program ${name}`, works: found !== undefined, found: found ?? 'not installed', remedy };
}

async function probeFfi(): Promise<ProbedPart> {
  try {
    await loadLibc();
    return { part: 'FFI library koffi', works: true, found: 'loads', remedy: '' };
  } catch (error) {
    return {
      part: 'FFI library koffi',
      works: false,
      found: (error as Error).message,
      remedy: 'npm install --include=optional',
    };
  }
}

function probeTunFile(): ProbedPart {
  const part = TUN_FILE;
  if (!existsSync(TUN_FILE)) return { part, works: false, found: 'is not there', remedy: 'modprobe tun (as root)' };
  try {
    accessSync(TUN_FILE, constants.R_OK | constants.W_OK);
    return { part, works: true, found: 'may be opened', remedy: '' };
  } catch {
    return {
      part,
      works: false,
      found: 'this user may not open it',
      remedy: `chmod 0666 ${TUN_FILE} (as root), or run as root`,
    };
  }
}

async function probeNamespace(): Promise<ProbedPart> {
  const isRoot = process.getuid?.() === 0;
  const part = isRoot ? 'network namespace (as root)' : 'network namespace (in a user namespace)';
  const works =
    (await output('unshare', [...(isRoot ? [] : ['--user', '--map-root-user']), '--net', 'true'])) !== undefined;
  const remedy = isRoot
    ? 'give this container CAP_SYS_ADMIN'
    : 'sysctl -w kernel.unprivileged_userns_clone=1 (as root), or run as root';
  return { part, works, found: works ? 'can be made' : 'can not be made', remedy: works ? '' : remedy };
}

async function probeWhole(program: URL, parts: readonly ProbedPart[]): Promise<ProbedPart> {
  const part = 'two hosts and a wire';
  const missing = parts.filter(({ works }) => !works).map((probed) => probed.part);
  if (missing.length > 0) return { part, works: false, found: `needs: ${missing.join(', ')}`, remedy: 'see above' };
  try {
    const network = await startNetwork({ program, mtuBytes: MTU_LIMITS.usual });
    await network.close();
    return { part, works: true, found: 'were made and taken away again', remedy: '' };
  } catch (error) {
    return { part, works: false, found: (error as Error).message, remedy: 'see the message' };
  }
}

const execute = promisify(execFile);

/** The first line that a program prints, or undefined where it can't be run or fails. */
async function output(program: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await execute(program, args);
    return stdout.split('\n')[0]!.trim();
  } catch {
    return undefined;
  }
}
