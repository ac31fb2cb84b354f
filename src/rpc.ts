// Calls between the controller and its processes, either way: a typed set of functions on one side, the same as promises on
// the other. A process that dies fails every call that waits for it.
import type { ChildProcess } from 'node:child_process';
import { MachineError } from './core/errors.ts';
import { endWhenLongStopped, STOPPED_LIMIT_MS, stoppedBeforeEndMs } from './long-stopped.ts';

/** Every function takes one argument that can be cloned. */
export type Remote<Api> = {
  [Name in keyof Api]: Api[Name] extends (argument: infer Argument) => infer Answer
    ? (argument: Argument) => Promise<Awaited<Answer>>
    : never;
};

interface Call {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

type Reply = { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly error: string };

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** The functions that a child process offers. One that stays stopped is ended. */
export function remote<Api>(child: ChildProcess, role: string, stoppedLimitMs = STOPPED_LIMIT_MS): Remote<Api> {
  const { api, die } = callsTo<Api>(child, role);
  const exited = () => die(howItEnded(child));
  child.once('exit', exited);
  if (isGone(child)) exited();
  else if (child.pid !== undefined) endWhenLongStopped(child, stoppedLimitMs);
  // It could not be started, or a message came too late for it: then its exit says so too.
  child.on('error', (error) => child.pid === undefined && die(error.message));
  return api;
}

/** The functions that the process offers which started this one. */
export function remoteParent<Api>(role: string): Remote<Api> {
  return callsTo<Api>(process, role).api;
}

/** A process at the other end of a line of messages. */
interface Peer {
  on(event: 'message', hear: (message: unknown) => void): unknown;
  send?(message: unknown, handle: undefined, options: undefined, sent: () => void): boolean;
}

function callsTo<Api>(peer: Peer, role: string): { api: Remote<Api>; die(how: string): void } {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let death: MachineError | undefined;
  peer.on('message', (message) => {
    if (isCall(message)) return;
    const reply = message as Reply;
    const caller = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ('error' in reply) caller?.reject(new MachineError('REMOTE', `The ${role} process: ${reply.error}`));
    else caller?.resolve(reply.answer);
  });
  const die = (how: string) => {
    death ??= new MachineError('DIED', `The ${role} process ended before its time (${how}).`);
    for (const caller of waiting.values()) caller.reject(death);
    waiting.clear();
  };
  const call = (name: string, argument: unknown) =>
    new Promise((resolve, reject) => {
      if (death !== undefined) return reject(death);
      // It throws where the argument can't be cloned; then nothing waits for an answer.
      peer.send?.({ id: ++lastId, name, argument } satisfies Call, undefined, undefined, () => {});
      waiting.set(lastId, { resolve, reject });
    });
  // A set of functions is no promise: whoever awaits it asks for `then`, and must not find one.
  const methods = {
    get: (_: object, name: string | symbol) =>
      typeof name === 'symbol' || name === 'then' ? undefined : (argument: unknown) => call(name, argument),
  };
  return { api: new Proxy({}, methods) as Remote<Api>, die };
}

function isCall(message: unknown): message is Call {
  return typeof message === 'object' && message !== null && 'name' in message;
}

function isGone({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** How a process came to its end, in words. */
export function howItEnded(child: ChildProcess): string {
  const stoppedMs = stoppedBeforeEndMs(child);
  if (stoppedMs !== undefined) return `stopped for ${stoppedMs / 1000} s, and ended for it`;
  return child.signalCode ?? `exit code ${child.exitCode}`;
}

/** How long a process that has lost its line to this one may take to end by itself. */
const END_WAIT_MS = 2000;

/** Ends a process that {@link expose}s functions to this one, and waits for its end. */
export function dismiss(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || isGone(child)) return Promise.resolve();
  return new Promise((resolve) => {
    const insist = setTimeout(() => child.kill('SIGKILL'), END_WAIT_MS);
    child.once('exit', () => {
      clearTimeout(insist);
      resolve();
    });
    if (child.connected) child.disconnect();
  });
}

/** Offers these functions to the process that forked this one, and ends with it. */
export function expose<Api extends object>(api: Api): void {
  // Ctrl-C reaches the whole group of processes; the controller decides what it means.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
  // So does the end of a terminal: whoever has leave to take takes it first.
  process.on('SIGHUP', () => {});
  process.on('disconnect', () => process.exit());
  answerCalls(api, process);
}

/** Offers these functions to a process that this one has started; its end is no business of theirs. */
export function answerCalls<Api extends object>(api: Api, peer: Peer): void {
  const functions = api as Record<string, ((argument: unknown) => unknown) | undefined>;
  const reply = (answer: Reply) => void peer.send?.(answer, undefined, undefined, () => {});
  peer.on('message', async (message) => {
    if (!isCall(message)) return;
    const { id, name, argument } = message;
    try {
      if (!Object.hasOwn(functions, name)) throw new Error(`it has no function "${name}"`);
      reply({ id, answer: await functions[name]?.(argument) });
    } catch (error) {
      reply({ id, error: error instanceof Error ? error.message : String(error) });
    }
  });
}
