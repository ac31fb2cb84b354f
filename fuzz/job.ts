// What one of several processes does, and what is told of it whatever becomes of it: a reader that does not come back, or takes all
// memory, ends the process with it.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { howItEnded } from '../src/rpc.ts';
import { readPlace } from './place.ts';
import type { Failure } from './target.ts';
import { TARGETS } from './targets.ts';

export interface Job {
  /** Of the targets, those to be fuzzed. */
  readonly targets: readonly string[];
  /** Of all of them together. */
  readonly inputs: number;
  readonly seed: number;
  /** Of those who share the inputs: which one this is. */
  readonly job: number;
  readonly jobs: number;
  readonly placeFile: string;
}

export interface Surroundings {
  readonly program: string;
  /** Far longer than an input may take, with all that is tried to make it smaller. */
  readonly hangingMs: number;
}

const USUAL: Surroundings = {
  program: fileURLToPath(new URL('./processes/worker.js', import.meta.url)),
  hangingMs: 60_000,
};

const MOST_HEAP_MB = 1024;
const MOST_LAST_WORDS = 2_000;

export function inProcess(job: Job, { program, hangingMs } = USUAL): Promise<Failure[]> {
  return new Promise((resolve) => {
    const child = fork(program, {
      execArgv: [`--max-old-space-size=${MOST_HEAP_MB}`],
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });
    let lastWords = '';
    child.stderr!.on('data', (bytes) => {
      lastWords = `${lastWords}${bytes}`.slice(0, MOST_LAST_WORDS);
    });
    const watch = watchProgress(job.placeFile, hangingMs, () => {
      resolve([lastInput(job.placeFile, `it has not ended after ${hangingMs / 1000} s`)]);
      child.kill('SIGKILL');
    });
    child.once('message', (failures) => resolve(failures as Failure[]));
    child.once('close', () => {
      clearInterval(watch);
      resolve([lastInput(job.placeFile, `its process ended (${howItEnded(child)})\n${lastWords.trim()}`)]);
    });
    child.send(job);
  });
}

function watchProgress(placeFile: string, hangingMs: number, onHanging: () => void): NodeJS.Timeout {
  let last = '';
  let sinceMs = performance.now();
  return setInterval(() => {
    const now = JSON.stringify(readPlace(placeFile));
    if (now !== last) sinceMs = performance.now();
    last = now;
    if (performance.now() - sinceMs > hangingMs) onHanging();
  }, hangingMs / 60);
}

function lastInput(placeFile: string, why: string): Failure {
  const { target, seed, inputs } = readPlace(placeFile) ?? { target: 0, seed: 0, inputs: 0 };
  return { target: TARGETS[target]!.name, seed, path: inputs === 0 ? '' : String(inputs - 1), why, input: [] };
}
