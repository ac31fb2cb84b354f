// Many inputs for one target, in batches that each have a seed of their own; between them the memory of the process is looked at.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Failure, Target } from './target.ts';

export interface Share {
  readonly inputs: number;
  readonly seed: number;
  /** Of those who share the inputs of a target: which one this is. */
  readonly job: number;
  readonly jobs: number;
}

export interface Watcher {
  /** A batch begins, whose inputs are made from this seed. */
  batch(seed: number): void;
  input(): void;
}

/** With all that a target loads a worker holds a fifth of it. */
const MOST_HEAP_BYTES = 384 * 2 ** 20;

/** @returns the first failure, after which no further input is tried */
export async function fuzz(
  target: Target,
  { inputs, seed, job, jobs }: Share,
  watcher?: Watcher,
): Promise<Failure | undefined> {
  const own = Math.floor(inputs / jobs) + (job < inputs % jobs ? 1 : 0);
  for (let done = 0, batch = job; done < own; done += target.batchInputs, batch += jobs) {
    const batchSeed = seedOf(seed, target.name, batch);
    watcher?.batch(batchSeed);
    const failure =
      (await target.run({
        inputs: Math.min(target.batchInputs, own - done),
        seed: batchSeed,
        onInput: watcher && (() => watcher.input()),
      })) ?? heapFailure(target, batchSeed);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** Batches of different seeds and targets have nothing in common (FNV-1a, and the last step of MurmurHash3). */
function seedOf(seed: number, name: string, batch: number): number {
  let mixed = 0x811c9dc5;
  for (const character of `${seed} ${name} ${batch}`) mixed = Math.imul(mixed ^ character.charCodeAt(0), 0x01000193);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) & 0x7fff_ffff;
}

function heapFailure({ name }: Target, seed: number): Failure | undefined {
  if (heldBytes() < MOST_HEAP_BYTES) return undefined;
  collectGarbage();
  const bytes = heldBytes();
  if (bytes < MOST_HEAP_BYTES) return undefined;
  const why = `after this batch ${Math.round(bytes / 2 ** 20)} MiB are held, and the limit is ${MOST_HEAP_BYTES / 2 ** 20}`;
  return { target: name, seed, path: '', why, input: [] };
}

function heldBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function collectGarbage(): void {
  setFlagsFromString('--expose_gc');
  runInNewContext('gc')();
}
