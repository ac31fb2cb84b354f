// The server that a crowd visits: started in a process of its own, and asked how it is.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Held } from '../../src/core/transport.ts';
import { dismiss, type Remote, remote } from '../../src/rpc.ts';
import type { ServeOptions } from '../../src/serve.ts';
import type { Address } from './light-user.ts';

export interface ServerLook {
  readonly heapBytes: number;
  /** Of the heap, what V8 has compiled: it grows for as long as functions become hot, whatever the server keeps. */
  readonly codeBytes: number;
  readonly externalBytes: number;
  readonly rssBytes: number;
  readonly users: number;
  readonly held: Held;
  readonly resources: Readonly<Record<string, number>>;
}

/** As `lab serve` has them; none unless given. */
export type ServerLimits = Pick<ServeOptions, 'maxUsers' | 'maxUsersPerNetwork' | 'rate'>;

export interface OpenOptions extends ServerLimits {
  readonly transports: readonly string[];
  readonly receiveBufferBytes?: number | undefined;
}

export interface ServerApi {
  open(options: OpenOptions): Promise<Address>;
  /** What it holds, after its garbage was collected. */
  look(_: undefined): ServerLook;
  userCount(_: undefined): number;
  /** Of all its threads, since it began; the kernel's work for it is in it. */
  cpuSeconds(_: undefined): number;
  /** How many were refused what, and how many users left how. */
  refusedAndGone(_: undefined): { refusals: Record<string, number>; departures: Record<string, number> };
}

export interface ServerProcess {
  readonly pid: number;
  readonly address: Address;
  readonly api: Remote<ServerApi>;
  stop(): Promise<void>;
}

export async function startServer(options: OpenOptions): Promise<ServerProcess> {
  const program = fileURLToPath(new URL('./processes/server.js', import.meta.url));
  const child = fork(program, { execArgv: ['--expose-gc'] });
  const api = remote<ServerApi>(child, 'server');
  const address = await api.open(options);
  return { pid: child.pid ?? 0, address, api, stop: () => dismiss(child) };
}
