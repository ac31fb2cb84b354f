// npm run fuzz: many inputs over all targets or one of them; or one input again.
//
//   npm run fuzz -- --inputs 10000000 --seed 7              prints what fails, made as small as possible
//   npm run fuzz -- --target codec --inputs 100000          one target alone
//   npm run fuzz -- --target codec --seed 5 --path 12:0     one input again, exactly, as a failure names it
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { fuzz } from './fuzz.ts';
import type { Failure } from './target.ts';
import { type ListedTarget, TARGETS } from './targets.ts';

interface Job {
  readonly targets: readonly string[];
  readonly inputs: number;
  readonly seed: number;
  readonly job: number;
  readonly jobs: number;
  /** Where it stands, for when it does not come back: see PLACE. */
  readonly place: Int32Array;
}

/** What a worker writes down as it goes. */
const PLACE = { target: 0, seed: 1, input: 2, length: 3 } as const;

const USAGE = `Give --inputs N (a whole number from 1), with --seed S and --target NAME if you like (${TARGETS.map(({ name }) => name).join(', ')}); or --target NAME --seed S --path P.`;
/** Far longer than an input may take, with all that is tried to make it smaller. */
const HANGING_MS = 60_000;
const MOST_WORKER_HEAP_MB = 1024;
const LONGEST_LINE = 2_000;
const MOST_LINES = 60;

if (isMainThread) process.exitCode = await main();
else await work(workerData as Job);

async function main(): Promise<number> {
  const { inputs, seed, path, targets } = readArguments();
  if (path !== undefined) return again(targets[0]!, seed, path);
  const startMs = performance.now();
  const jobs = Math.min(availableParallelism(), inputs);
  const names = targets.map(({ name }) => name);
  const failures = await Promise.all(
    Array.from({ length: jobs }, (_, job) => inWorker({ targets: names, inputs, seed, job, jobs, place: newPlace() })),
  );
  return report(failures.flat(), targets, inputs, (performance.now() - startMs) / 1000, jobs);
}

function readArguments() {
  const options = {
    inputs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    target: { type: 'string' },
    path: { type: 'string' },
  } as const;
  try {
    const { values } = parseArgs({ options });
    const number = (text: string) => {
      if (!/^\d{1,10}$/.test(text)) throw new Error(`${text} is no whole number from 0 to 9,999,999,999.`);
      return Number(text);
    };
    const inputs = number(values.inputs);
    if (inputs === 0) throw new Error('No input is no fuzzing.');
    const { target, path } = values;
    const targets = TARGETS.filter(({ name }) => target === undefined || name === target);
    if (targets.length === 0) throw new Error(`There is no target ${target}.`);
    if (path !== undefined && target === undefined) throw new Error('A path leads to an input of one target.');
    if (path !== undefined && !/^\d+(:\d+)*$/.test(path)) throw new Error(`${path} is no path such as 12:0:3.`);
    return { inputs, seed: number(values.seed), path, targets };
  } catch (error) {
    process.stderr.write(`fuzz: ${(error as Error).message} ${USAGE}\n`);
    process.exit(2);
  }
}

async function again(target: ListedTarget, seed: number, path: string): Promise<number> {
  const failure = await (await target.load()).run({ inputs: 1, seed, path, isShrunk: false });
  process.stdout.write(failure === undefined ? 'All that must hold held.\n' : told(failure));
  return failure === undefined ? 0 : 1;
}

function newPlace(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(PLACE.length * Int32Array.BYTES_PER_ELEMENT));
}

/** Whatever becomes of the worker, what it was at is told. */
function inWorker(job: Job): Promise<Failure[]> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: job,
      resourceLimits: { maxOldGenerationSizeMb: MOST_WORKER_HEAP_MB },
    });
    const watch = watchProgress(job.place, () => {
      resolve([lastInput(job.place, `it has not ended after ${HANGING_MS / 1000} s`)]);
      void worker.terminate();
    });
    worker.once('message', resolve);
    worker.once('error', (error) => resolve([lastInput(job.place, error.stack ?? error.message)]));
    worker.once('exit', () => clearInterval(watch));
  });
}

function watchProgress(place: Int32Array, onHanging: () => void): NodeJS.Timeout {
  let last = '';
  let sinceMs = performance.now();
  return setInterval(() => {
    const now = place.join(' ');
    if (now !== last) sinceMs = performance.now();
    last = now;
    if (performance.now() - sinceMs > HANGING_MS) onHanging();
  }, 1_000);
}

function lastInput(place: Int32Array, why: string): Failure {
  const input = place[PLACE.input]! - 1;
  return {
    target: TARGETS[place[PLACE.target]!]!.name,
    seed: place[PLACE.seed]!,
    path: input < 0 ? '' : String(input),
    why,
    input: [],
  };
}

async function work({ targets, inputs, seed, job, jobs, place }: Job): Promise<void> {
  const chosen = TARGETS.filter(({ name }) => targets.includes(name));
  const failures: Failure[] = [];
  for (const target of chosen) {
    place[PLACE.target] = TARGETS.indexOf(target);
    const watcher = {
      batch: (batchSeed: number) => {
        place[PLACE.seed] = batchSeed;
        place[PLACE.input] = 0;
      },
      input: () => {
        place[PLACE.input]!++;
      },
    };
    const failure = await fuzz(
      await target.load(),
      { inputs: partOf(target, chosen, inputs), seed, job, jobs },
      watcher,
    );
    if (failure !== undefined) failures.push(failure);
  }
  parentPort!.postMessage(failures);
}

/** The targets' shares, in whole inputs; the first has what is left. */
function partOf(target: ListedTarget, chosen: readonly ListedTarget[], inputs: number): number {
  const all = chosen.reduce((sum, { share }) => sum + share, 0);
  const partBy = ({ share }: ListedTarget) => Math.floor((inputs * share) / all);
  const others = chosen.slice(1).reduce((sum, other) => sum + partBy(other), 0);
  return target === chosen[0] ? inputs - others : partBy(target);
}

function report(
  failures: readonly Failure[],
  targets: readonly ListedTarget[],
  inputs: number,
  seconds: number,
  jobs: number,
): number {
  const parts = targets.map((target) => `${target.name} ${partOf(target, targets, inputs)}`).join(', ');
  process.stdout.write(`${inputs} inputs in ${seconds.toFixed(1)} s (${jobs} processors): ${parts}\n`);
  for (const failure of failures) process.stdout.write(told(failure));
  process.stdout.write(failures.length === 0 ? 'None failed.\n' : `${failures.length} failed.\n`);
  return failures.length === 0 ? 0 : 1;
}

function told({ target, seed, path, why, input }: Failure): string {
  const lines = [`${target}: ${why}`, ...input.slice(0, MOST_LINES).map((line) => `  ${shortened(line)}`)];
  if (input.length > MOST_LINES) lines.push(`  and ${input.length - MOST_LINES} lines more`);
  const replay = path === '' ? `no one input, but the batch of seed ${seed}` : replayOf(target, seed, path);
  return `${lines.join('\n')}\n  ${replay}\n`;
}

function replayOf(target: string, seed: number, path: string): string {
  return `again: npm run fuzz -- --target ${target} --seed ${seed} --path ${path}`;
}

function shortened(line: string): string {
  return line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE)}… (${line.length} characters)`;
}
