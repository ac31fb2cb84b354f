// What every account of a trial has: one cause for each message, and the counts that they add up to. The causes of each
// transport are a table of its own, beside its rules.

import type { Countable } from '../result.ts';

/** Plain data: a record can hold it and a report can draw it. The counts are those of the causes, so they close. */
export interface Account {
  /** All messages of the trial. */
  readonly sent: number;
  /** One entry a message: the place of its cause in `names`. */
  readonly cause: Uint8Array;
  readonly names: readonly string[];
  /** How many messages have each cause, in the order of `names`. */
  readonly counts: readonly number[];
}

export function accountOf(cause: Uint8Array, names: readonly string[]): Account {
  const counts = names.map(() => 0);
  for (const code of cause) counts[code]!++;
  return { sent: cause.length, cause, names, counts };
}

/** One thing that a host's kernel and the path have both counted. */
export interface Agreement {
  readonly what: Countable;
  readonly by: 'server' | 'clients';
  /** Undefined where this kernel doesn't count it. */
  readonly host: number | undefined;
  readonly path: number;
}

/** A number of events that are known to have happened, and not to which message: each may explain one. */
export class Budget {
  #left: number;

  constructor(count: number) {
    this.#left = count;
  }

  /** Whether one was left. */
  take(): boolean {
    if (this.#left <= 0) return false;
    this.#left--;
    return true;
  }
}

/** Only where all are known. */
export function less(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a - b;
}

/** Only where all are known. */
export function sumOf(...values: readonly (number | undefined)[]): number | undefined {
  return values.reduce((sum, value) => (sum === undefined || value === undefined ? undefined : sum + value), 0);
}
