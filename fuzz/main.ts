// npm run fuzz: many inputs over all targets or one of them; or one input again.
//
//   npm run fuzz -- --inputs 10000000 --seed 7              prints what fails, made as small as possible
//   npm run fuzz -- --target codec --inputs 100000          one target alone
//   npm run fuzz -- --target codec --seed 5 --path 12:0     one input again, exactly, as a failure names it
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inProcess } from './job.ts';
import type { Failure } from './target.ts';
import { type ListedTarget, partOf, TARGETS } from './targets.ts';

const USAGE = `Give --inputs N (a whole number from 1), with --seed S and --target NAME if you like (${TARGETS.map(({ name }) => name).join(', ')}); or --target NAME --seed S --path P.`;
const LONGEST_LINE = 2_000;
const MOST_LINES = 60;

process.exitCode = await main();

async function main(): Promise<number> {
  const { inputs, seed, path, targets } = readArguments();
  if (path !== undefined) return again(targets[0]!, seed, path);
  const startMs = performance.now();
  const jobs = Math.min(availableParallelism(), inputs);
  const names = targets.map(({ name }) => name);
  const places = mkdtempSync(join(tmpdir(), 'fuzz-'));
  try {
    const failures = await Promise.all(
      Array.from({ length: jobs }, (_, job) =>
        inProcess({ targets: names, inputs, seed, job, jobs, placeFile: join(places, String(job)) }),
      ),
    );
    return report(failures.flat(), names, inputs, (performance.now() - startMs) / 1000, jobs);
  } finally {
    rmSync(places, { recursive: true });
  }
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

function report(
  failures: readonly Failure[],
  targets: readonly string[],
  inputs: number,
  seconds: number,
  jobs: number,
): number {
  const parts = targets.map((name) => `${name} ${partOf(name, targets, inputs)}`).join(', ');
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
