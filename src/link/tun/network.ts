// The emulated network as a program uses it: two hosts to start processes on, and the emulator between them. All of it
// belongs to processes that end with this one.
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { dismiss, type Remote, remote } from '../../rpc.ts';
import { LinkMachineError } from '../machine-error.ts';
import type { EmulatorApi } from './emulator-process.ts';
import type { HostName } from './hosts.ts';
import { faultOf, probeParts } from './parts.ts';

export interface EmulatedNetwork {
  readonly emulator: Remote<EmulatorApi>;
  /** The process whose network is this host's. */
  readonly pids: Readonly<Record<HostName, number>>;
  /** Resolves when the emulator has ended: nothing crosses any more. */
  readonly broken: Promise<void>;
  /** Starts a process on a host. It is a plain child of this one, with the host's network. */
  spawn(host: HostName, command: string, args: readonly string[], options: SpawnOptions): ChildProcess;
  /** Resolves when the emulator and both hosts are gone. */
  close(): Promise<void>;
}

export interface NetworkSettings {
  /** The program that exposes an {@link EmulatorApi}. */
  readonly program: URL;
  readonly mtuBytes: number;
}

/** Smaller than any IPv4 host must take is no network (RFC 791); a TUN device takes no more than 65,535 bytes. */
export const MTU_LIMITS = { least: 576, most: 65_535, usual: 1500 } as const;

/** @throws an error that says what this machine can't do; nothing is left behind then */
export async function startNetwork({ program, mtuBytes }: NetworkSettings): Promise<EmulatedNetwork> {
  const isRootless = process.getuid?.() !== 0;
  // The emulator has a namespace of its own, so that not even for a moment a device shows up on the machine.
  const unshare = [...(isRootless ? ['--user', '--map-root-user'] : []), '--net', '--'];
  const child = spawn('unshare', [...unshare, process.execPath, fileURLToPath(program)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
    // Not of the terminal's session: where that ends, whoever speaks across the link can still say good-bye.
    detached: true,
  });
  const complaints = hear(child);
  const emulator = remote<EmulatorApi>(child, 'emulator');
  const broken = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  try {
    const pids = await emulator.setUp({ mtuBytes });
    complaints.pass();
    const enter = (host: HostName) => [
      '-t',
      String(pids[host]),
      ...(isRootless ? ['--user', '--preserve-credentials'] : []),
      '--net',
      '--',
    ];
    return {
      emulator,
      pids,
      broken,
      spawn: (host, command, args, options) => spawn('nsenter', [...enter(host), command, ...args], options),
      close: () => dismiss(child),
    };
  } catch (error) {
    await dismiss(child);
    throw await explain(error as Error, complaints.text);
  }
}

/** What the emulator's process says on stderr: kept while it is set up, and passed on after that. */
function hear(child: ChildProcess): { text(): string; pass(): void } {
  const kept: Buffer[] = [];
  const keep = (bytes: Buffer) => void kept.push(bytes);
  child.stderr?.on('data', keep);
  return {
    text: () => Buffer.concat(kept).toString().trim(),
    pass() {
      child.stderr?.off('data', keep).pipe(process.stderr, { end: false });
    },
  };
}

/** The part that does not work is the reason; where all work by themselves, it is what was said. */
async function explain(error: Error, complaints: () => string): Promise<LinkMachineError> {
  const broken = (await probeParts()).find(({ works }) => !works);
  if (broken !== undefined) return faultOf(broken);
  const complaint = complaints();
  return new LinkMachineError('NO_TUN', complaint === '' ? error.message : `${error.message} It said: ${complaint}`);
}
