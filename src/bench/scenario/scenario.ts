// An experiment as a legal value: what is asked, what runs, and which sentences are put to the test. What it looks like as
// plain data, and how it becomes this, is in parse-scenario.ts.
import type { Chance } from '../../link/chance.ts';
import type { LinkProfile } from '../../link/profile.ts';
import type { ClaimTest, ScenarioWords } from '../result.ts';
import type { Workload } from './workload.ts';

export interface Scenario {
  readonly title: string;
  readonly question: string;
  readonly lookFor: string;
  /** What somebody should take home; empty where the file does not say. */
  readonly teaches: string;
  /** The same texts in other languages. */
  readonly translations: Readonly<Record<string, ScenarioWords>>;
  /** The settings that are measured, one after the other: one without a sweep, one for each of its points with one. */
  readonly points: readonly [Point, ...Point[]];
  readonly chance: Omit<Chance, 'seed'>;
  readonly repetitions: number;
  /** T_max. */
  readonly waitingMs: number;
  readonly seed: number;
  /** The largest packet of the hosts' devices; undefined: whatever the backend has. */
  readonly mtuBytes: number | undefined;
  /** Pairs of contestants set side by side: the first is what the second is compared with. */
  readonly comparisons: readonly (readonly [baseline: string, other: string])[];
  readonly claims: readonly Claim[];
  /** How long to watch after the server was killed; undefined: it is not. */
  readonly vanishing: { readonly watchMs: number } | undefined;
}

/** Everything that a sweep may vary. */
export interface Point {
  /** Such as "loss 1%"; empty where there is no sweep. */
  readonly name: string;
  /** What the sweep has set here, as it was written. */
  readonly values: Readonly<Record<string, string>>;
  /** By name; the same names at every point. */
  readonly contestants: ReadonlyMap<string, Contestant>;
  readonly links: ReadonlyMap<string, LinkProfile>;
  readonly workload: Workload;
}

/** A transport with its knobs turned: what is compared with others of its kind. */
export interface Contestant {
  readonly transport: string;
  readonly knobs: Knobs;
  /** Settings of both hosts' kernels, by their sysctl names. */
  readonly kernel: Readonly<Record<string, string>>;
}

/** What both ends of a transport are told; undefined: its own default. */
export interface Knobs {
  /** TCP: whether small segments wait for the acknowledgement of the one before (RFC 896). Default: no. */
  readonly nagle: boolean | undefined;
  /** TCP: whether what is sent in one turn of the event loop leaves in one write. Default: yes. */
  readonly batching: boolean | undefined;
  /** UDP: SO_RCVBUF of both ends, as it is asked for; the kernel doubles it for its own bookkeeping. */
  readonly receiveBufferBytes: number | undefined;
}

export type Claim = PromiseClaim | FigureClaim;

/** A sentence about what a transport promises. */
export interface PromiseClaim {
  readonly sentence: string;
  readonly test: Extract<ClaimTest, 'delivers-everything' | 'no-connection' | 'may-lose-or-reorder'>;
  /** A contestant. */
  readonly transport: string;
}

/** A sentence about a figure of some cells, against that of others or against a number. */
export interface FigureClaim {
  readonly sentence: string;
  readonly test: Extract<ClaimTest, 'above' | 'below' | 'alike'>;
  readonly metric: string;
  readonly of: CellReference;
  readonly than: CellReference | number;
}

/** Undefined: all of them; in `than`: the same as in `of`. */
export interface CellReference {
  readonly transport: string | undefined;
  readonly link: string | undefined;
  readonly point: string | undefined;
}

/** Something in a scenario is not as it must be; `path` leads to it. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly path: readonly (string | number)[];
  readonly about: 'key' | 'value';

  constructor(path: readonly (string | number)[], problem: string, about: 'key' | 'value' = 'value') {
    super(problem);
    this.path = path;
    this.about = about;
  }
}
