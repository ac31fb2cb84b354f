// npm run simulate: many seeds at once, or one of them with all that happened.
//
//   npm run simulate -- --seeds 100000          seeds 1 to 100000; prints those that fail
//   npm run simulate -- --seed 4711 --trace     one seed, event by event
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { type Outcome, simulate } from './simulate.ts';

/** What is left of many outcomes. */
interface Summary {
  seeds: number;
  steps: number;
  counts: Record<string, number>;
  failed: Outcome[];
}

interface Share {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

const USAGE =
  'Give --seeds N (a whole number from 1), with --from S if not from 1; or --seed N, with --trace if you like.';
const MOST_SHOWN = 20;

if (isMainThread) process.exitCode = await main();
else parentPort!.postMessage(runShare(workerData as Share));

async function main(): Promise<number> {
  const { seeds, from, seed, trace } = readArguments();
  if (seed !== undefined) return runOne(seed, trace);
  const startMs = performance.now();
  const jobs = Math.min(availableParallelism(), seeds);
  const shares = Array.from({ length: jobs }, (_, job) => ({ from: from + job, to: from + seeds, step: jobs }));
  const summary = (await Promise.all(shares.map(inWorker))).reduce(added);
  report(summary, (performance.now() - startMs) / 1000, jobs);
  return summary.failed.length === 0 ? 0 : 1;
}

function readArguments(): { seeds: number; from: number; seed: number | undefined; trace: boolean } {
  const options = {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
  } as const;
  try {
    const { values } = parseArgs({ options });
    const number = (text: string) => {
      if (!/^\d{1,9}$/.test(text)) throw new Error(`${text} is no whole number from 0 to 999,999,999.`);
      return Number(text);
    };
    const seeds = number(values.seeds);
    if (seeds === 0) throw new Error('No seed is no simulation.');
    const seed = values.seed === undefined ? undefined : number(values.seed);
    return { seeds, from: number(values.from), seed, trace: values.trace };
  } catch (error) {
    process.stderr.write(`simulate: ${(error as Error).message} ${USAGE}\n`);
    process.exit(2);
  }
}

function runOne(seed: number, trace: boolean): number {
  const { violations, counts, steps } = simulate(seed, trace ? (what) => process.stdout.write(`${what}\n`) : undefined);
  process.stdout.write(`seed ${seed}: ${steps} events, ${told(counts)}\n`);
  for (const violation of violations) process.stdout.write(`  ${violation}\n`);
  process.stdout.write(violations.length === 0 ? 'All that must hold held.\n' : `${violations.length} violations.\n`);
  return violations.length === 0 ? 0 : 1;
}

function inWorker(share: Share): Promise<Summary> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: share });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function runShare({ from, to, step }: Share): Summary {
  const summary: Summary = { seeds: 0, steps: 0, counts: {}, failed: [] };
  for (let seed = from; seed < to; seed += step) {
    const outcome = simulate(seed);
    summary.seeds++;
    summary.steps += outcome.steps;
    for (const [name, count] of Object.entries(outcome.counts)) {
      summary.counts[name] = (summary.counts[name] ?? 0) + count;
    }
    if (outcome.violations.length > 0) summary.failed.push(outcome);
  }
  return summary;
}

function added(one: Summary, other: Summary): Summary {
  const counts = { ...one.counts };
  for (const [name, count] of Object.entries(other.counts)) counts[name] = (counts[name] ?? 0) + count;
  return {
    seeds: one.seeds + other.seeds,
    steps: one.steps + other.steps,
    counts,
    failed: [...one.failed, ...other.failed],
  };
}

function report({ seeds, steps, counts, failed }: Summary, seconds: number, jobs: number): void {
  const perSeed = ((seconds * jobs * 1000) / seeds).toFixed(1);
  process.stdout.write(
    `${seeds} seeds in ${seconds.toFixed(1)} s (${jobs} processors, ${perSeed} ms of one for each): ${steps} events, ${told(counts)}\n`,
  );
  for (const { seed, violations } of failed.sort((a, b) => a.seed - b.seed).slice(0, MOST_SHOWN)) {
    process.stdout.write(
      `seed ${seed}: ${violations[0]}${violations.length > 1 ? ` (and ${violations.length - 1} more)` : ''}\n`,
    );
  }
  if (failed.length > MOST_SHOWN) process.stdout.write(`and ${failed.length - MOST_SHOWN} seeds more\n`);
  process.stdout.write(failed.length === 0 ? 'None failed.\n' : `${failed.length} failed.\n`);
}

function told(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
