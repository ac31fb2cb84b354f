// Calls into a child process: answers and errors come back to their own call, and a child that dies fails all that wait.
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { MachineError } from '../src/core/errors.ts';
import { remote } from '../src/rpc.ts';
import { needs } from './support/ability.ts';
import { isAlive } from './support/process-tree.ts';
import { until } from './support/until.ts';

const RPC = fileURLToPath(new URL('../dist/src/rpc.js', import.meta.url));

/** What the program below offers. */
interface Api {
  double(number: number): number;
  numbers(upTo: number): Float64Array;
  late(afterMs: number): Promise<string>;
  fail(why: string): never;
  failWith(thrown: unknown): never;
  never(nothing: undefined): void;
  unclonable(nothing: undefined): unknown;
  die(code: number): void;
  pid(nothing: undefined): number;
}

const PROGRAM = `
import { expose } from ${JSON.stringify(`file://${RPC}`)};
expose({
  double: (number) => number * 2,
  numbers: (upTo) => Float64Array.from({ length: upTo }, (_, i) => i / 2),
  late: (afterMs) => new Promise((resolve) => setTimeout(resolve, afterMs, 'after ' + afterMs)),
  fail: (why) => { throw new Error(why); },
  failWith: (thrown) => { throw thrown; },
  never: () => new Promise(() => setInterval(() => {}, 1000)),
  unclonable: () => () => {},
  die: (code) => process.exit(code),
  pid: () => process.pid,
});
`;

function start(program: string | URL = writeProgram()): ChildProcess {
  const child = fork(program, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

function writeProgram(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lab-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'program.mjs');
  writeFileSync(file, PROGRAM);
  return file;
}

function startRemote(stoppedLimitMs?: number) {
  const child = start();
  return { child, api: remote<Api>(child, 'test', stoppedLimitMs) };
}

describe('an answer', () => {
  test('comes to its own call, though a later one is answered first', async () => {
    const { api } = startRemote();
    const order: string[] = [];
    const slow = api.late(50).then((text) => order.push(text));
    const quick = api.double(21).then((number) => order.push(String(number)));
    await Promise.all([slow, quick]);
    expect(order).toEqual(['42', 'after 50']);
  });

  test('may be an array of numbers, as it was', async () => {
    const { api } = startRemote();
    expect(await api.numbers(3)).toEqual(Float64Array.of(0, 0.5, 1));
  });
});

describe('an error', () => {
  test('crosses with its words and the role of its process, and fails no other call', async () => {
    const { api } = startRemote();
    const failing = api.fail('the disk is full');
    const other = api.double(2);
    await expect(failing).rejects.toThrow('The test process: the disk is full');
    await expect(failing).rejects.toBeInstanceOf(MachineError);
    expect(await other).toBe(4);
  });

  test('crosses where something else than an error is thrown', async () => {
    const { api } = startRemote();
    await expect(api.failWith('a word')).rejects.toThrow('The test process: a word');
    await expect(api.failWith(undefined)).rejects.toThrow('The test process: undefined');
  });

  test('tells of an answer that can not be sent', async () => {
    const { api } = startRemote();
    await expect(api.unclonable(undefined)).rejects.toThrow(/The test process: .*could not be cloned/);
  });
});

describe('a child that dies', () => {
  test('fails every call that waits for it, and every later one', async () => {
    const { child, api } = startRemote();
    const waiting = [api.never(undefined), api.never(undefined)];
    const outcomes = Promise.allSettled(waiting);
    await api.double(1);
    child.kill('SIGKILL');
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { message: 'The test process ended before its time (SIGKILL).' },
      });
    }
    await expect(api.double(1)).rejects.toThrow('ended before its time (SIGKILL)');
  });

  test('by its own hand says with what', async () => {
    const { api } = startRemote();
    await expect(api.die(3)).rejects.toThrow('The test process ended before its time (exit code 3).');
  });

  test('before it began fails the first call', async () => {
    const api = remote<Api>(start(join(tmpdir(), 'no-such-program.mjs')), 'test');
    await expect(api.double(1)).rejects.toThrow('The test process ended before its time (exit code 1).');
  });
});

describe('a child that is stopped', () => {
  const STOPPED_LIMIT_MS = 600;

  test('and stays so is ended, and fails every call that waits', async (context) => {
    needs(context, existsSync('/proc/self/stat'), 'the system tells in /proc that a process is stopped, as Linux does');
    const { child, api } = startRemote(STOPPED_LIMIT_MS);
    await api.double(1);
    child.kill('SIGSTOP');
    await expect(Promise.race([api.double(2), api.never(undefined)])).rejects.toThrow(
      'The test process ended before its time (stopped for 0.6 s, and ended for it).',
    );
    await until(() => child.signalCode === 'SIGKILL', 'it has ended');
  });

  test('and goes on again and again has its time', async () => {
    const { child, api } = startRemote(STOPPED_LIMIT_MS);
    for (let round = 0; round < 3; round++) {
      child.kill('SIGSTOP');
      const answer = api.double(round);
      await pause(STOPPED_LIMIT_MS / 2);
      child.kill('SIGCONT');
      expect(await answer).toBe(2 * round);
    }
  });
});

describe('a child', () => {
  test("lives through Ctrl-C and SIGTERM, which are its controller's to obey", async () => {
    const { child, api } = startRemote();
    await api.double(1);
    child.kill('SIGINT');
    child.kill('SIGTERM');
    expect(await api.double(4)).toBe(8);
  });

  test('ends when its controller lets go of it, whatever it is doing', async () => {
    const { child, api } = startRemote();
    const waiting = expect(api.never(undefined)).rejects.toThrow('ended before its time');
    const pid = await api.pid(undefined);
    child.disconnect();
    await until(() => !isAlive(pid), 'it is gone');
    await waiting;
  });
});
