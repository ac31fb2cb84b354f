// What is fuzzed, one thing at a time: inputs that fast-check makes and makes smaller, and what must hold for each of them.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';

export interface Target {
  readonly name: string;
  /** After so many inputs the memory of the process is looked at. */
  readonly batchInputs: number;
  run(options: RunOptions): Promise<Failure | undefined>;
}

export interface RunOptions {
  readonly inputs: number;
  readonly seed: number;
  /** Of one input among those of the seed, as a failure names it; undefined: all of them. */
  readonly path?: string | undefined;
  /** Whether a failing input is made smaller; it is unless this says no. */
  readonly isShrunk?: boolean | undefined;
  /** Told of every input before it is tried. */
  readonly onInput?: (() => void) | undefined;
}

export interface Failure {
  readonly target: string;
  /** They lead to the same input again. */
  readonly seed: number;
  readonly path: string;
  readonly why: string;
  /** The smallest input found that fails. */
  readonly input: readonly string[];
}

export interface Definition<Input> extends Pick<Target, 'name' | 'batchInputs'> {
  readonly inputs: fc.Arbitrary<Input>;
  /** Throws or rejects where something does not hold. */
  readonly check: (input: Input) => void | Promise<void>;
  /** The input as it meets what is fuzzed, for a person. */
  readonly show: (input: Input) => string[];
}

/** No input may take longer. */
export const LIMIT_MS = 250;
/** To make a failing input smaller may take so long. */
const SHRINK_LIMIT_MS = 60_000;

export function target<Input>(definition: Definition<Input>): Target {
  const { name, batchInputs, inputs } = definition;
  const run = async ({
    seed,
    path,
    inputs: numRuns,
    isShrunk = true,
    onInput,
  }: RunOptions): Promise<Failure | undefined> => {
    const property = fc.asyncProperty(inputs, async (input) => {
      onInput?.();
      await inTime(() => definition.check(input));
    });
    const details = await fc.check(property, {
      seed,
      numRuns,
      endOnFailure: !isShrunk,
      interruptAfterTimeLimit: SHRINK_LIMIT_MS,
      ...(path !== undefined && { path }),
    });
    if (!details.failed || details.counterexample === null) return undefined;
    return {
      target: name,
      seed,
      path: details.counterexamplePath ?? '0',
      why: wordsOf(details.errorInstance),
      input: [fc.stringify(details.counterexample[0]), ...definition.show(details.counterexample[0])],
    };
  };
  return { name, batchInputs, run };
}

/** What must hold and does not. */
export function must(holds: boolean, otherwise: string | (() => string)): asserts holds {
  if (!holds) throw new Error(typeof otherwise === 'string' ? otherwise : otherwise());
}

/** A machine may have something else to do for a while: what was slow must be slow again before it counts. */
async function inTime(check: () => void | Promise<void>): Promise<void> {
  const startMs = performance.now();
  await check();
  const firstMs = performance.now() - startMs;
  if (firstMs <= LIMIT_MS) return;
  const startOwnMs = ownTimeMs();
  await check();
  const againMs = ownTimeMs() - startOwnMs;
  must(
    againMs <= LIMIT_MS,
    `it took ${Math.round(firstMs)} ms and ${Math.round(againMs)} ms; the limit is ${LIMIT_MS}`,
  );
}

/** The time that this thread had a processor, where the system tells it: nobody else's work is in it. */
function ownTimeMs(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')[0]) / 1e6;
  } catch {
    return performance.now();
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? String(error)) : String(error);
}
