// What a run leaves behind: one versioned, self-describing value, from which every report is made. Plain data: what
// stands here is what stands in run.json.

export const RESULT_FORMAT = 'transport-lab run';
export const RESULT_VERSION = 1;

export interface RunResult {
  readonly format: typeof RESULT_FORMAT;
  readonly version: typeof RESULT_VERSION;
  readonly status: RunStatus;
  readonly scenario: ScenarioSummary;
  /** Which carrier stood between the hosts. */
  readonly backend: string;
  /** Why it was not the packet emulator, where nobody asked for another. */
  readonly backendWhy?: string;
  /** Seeds the order of the trials and, with the link and the repetition, the chance of each link. */
  readonly seed: number;
  /** The command that repeats this run. */
  readonly command: string;
  readonly environment: Environment;
  readonly cells: readonly Cell[];
  readonly vanishing: readonly VanishObservation[];
  readonly verdicts: readonly Verdict[];
}

export type RunStatus = { readonly kind: 'complete' } | { readonly kind: 'incomplete'; readonly why: string };

/** What was asked, for a reader who has the result alone. */
export interface ScenarioSummary {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly lookFor: string;
  readonly transports: readonly string[];
  /** Names to netem's words. */
  readonly links: Readonly<Record<string, string>>;
  readonly chance: { readonly mode: string; readonly slotMs: number };
  readonly workload: {
    readonly pattern: string;
    readonly arrivals: string;
    readonly pairs: number;
    readonly ratePerSecond: number;
    readonly durationMs: number;
    readonly bodyBytes: number;
    readonly workers: number;
  };
  readonly repetitions: number;
  /** T_max: a message that has not come this long after its planned instant is lost. */
  readonly waitingMs: number;
}

export interface Environment {
  readonly startedAt: string;
  readonly tookMs: number;
  readonly lab: string;
  readonly node: string;
  readonly system: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  /** Kernel settings that bear on the figures, as far as this system shows them. */
  readonly kernel: Readonly<Record<string, string>>;
}

/** One transport over one link. */
export interface Cell {
  readonly transport: string;
  readonly link: string;
  /** Why this backend can't measure this cell; `figures` is undefined then. */
  readonly notAvailable?: string;
  /** Over all messages of all repetitions. */
  readonly figures?: Figures;
  readonly repetitions: readonly Repetition[];
}

export interface Repetition {
  readonly number: number;
  readonly channelSeed: number;
  readonly outcome:
    | { readonly kind: 'measured'; readonly figures: Figures; readonly link: LinkCount | undefined }
    | { readonly kind: 'failed'; readonly why: string };
}

/** What the carrier itself counted, both directions together. Undefined where nothing stood between. */
export interface LinkCount {
  readonly offeredPackets: number;
  readonly droppedPackets: Readonly<Record<string, number>>;
  readonly duplicatedPackets: number;
  readonly corruptedPackets: number;
  readonly reorderedPackets: number;
  /** How late the carrier itself was: an upper bound, at most twice the value; undefined where nothing crossed. */
  readonly latenessP99Ms: number | undefined;
  readonly lateness: LatenessHistogram;
  /** What the hosts sent, by direction and kind; only a carrier of packets can tell. */
  readonly traffic?: Readonly<Record<'up' | 'down', Readonly<Record<string, Traffic>>>>;
}

/** From the instant at which a packet was due to that at which it was handed over, for every packet and copy. */
export interface LatenessHistogram {
  readonly count: number;
  readonly maxMs: number;
  /** Entry k counts what was less than 2^k µs late, and not less than 2^(k-1) µs; the last one counts the rest. */
  readonly belowPowerOf2Us: readonly number[];
}

export interface Traffic {
  readonly packets: number;
  readonly bytes: number;
}

/** docs/metrics.md defines every one of them. */
export interface Figures {
  readonly sent: number;
  readonly delivered: number;
  readonly lost: number;
  /** Lost of sent, with its 95 % interval (Wilson). */
  readonly loss: Proportion;
  /** Copies beyond the first. */
  readonly duplicates: number;
  /** Of delivered; undefined where nothing was. */
  readonly duplication: number | undefined;
  readonly reordered: number;
  /** Of delivered; undefined where nothing was. */
  readonly reordering: number | undefined;
  readonly longestReorderingExtent: number;
  readonly damaged: number;
  readonly refused: number;
  readonly delayMs: DelayFigures;
  /** How late the lab itself sent, after the planned instant; undefined where the transport took nothing. */
  readonly timerErrorMs: { readonly p50: number; readonly p99: number } | undefined;
  /** Median over all users; undefined where nobody joined. */
  readonly setUpMs: number | undefined;
  /** Undefined where fewer than two messages came. */
  readonly goodputBitsPerSecond: number | undefined;
}

export interface Proportion {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/** From the planned instant, over all messages sent. `null`: not reached, more than that share of them never came. */
export interface DelayFigures {
  readonly min: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

/** What a user learned when the server process was killed. */
export interface VanishObservation {
  readonly transport: string;
  readonly watchedMs: number;
  /** `null`: nothing, for as long as was watched. */
  readonly noticedAfterMs: number | null;
}

export type ClaimTest = 'delivers-everything' | 'no-connection' | 'may-lose-or-reorder';

/** A sentence, what was seen of it, and what follows. */
export interface Verdict {
  readonly sentence: string;
  readonly test: ClaimTest;
  readonly transport: string;
  /** `partly`: part of the sentence was shown and nothing spoke against the rest. */
  readonly outcome: 'held' | 'partly' | 'refuted' | 'not-tested';
  readonly evidence: readonly CellEvidence[];
  readonly vanishing: readonly VanishObservation[];
  /** Links over which nothing was seen of the transport, and why. */
  readonly untested: readonly UntestedLink[];
}

export interface UntestedLink {
  readonly link: string;
  /** `not-available`: the backend can't put the transport there; `not-measured`: no repetition came to its end. */
  readonly kind: 'not-available' | 'not-measured';
  readonly why: string;
}

export interface CellEvidence {
  readonly link: string;
  readonly sent: number;
  readonly lost: number;
  readonly duplicates: number;
  readonly reordered: number;
  readonly damaged: number;
}
