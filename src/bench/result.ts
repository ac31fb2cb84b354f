// What a run leaves behind: one versioned, self-describing value, from which every report is made. Plain data: what
// stands here is what stands in run.json. What the lab has to say is data, too, and no sentence: a report says it in the
// language of its reader. Only what a machine said (an error, a setting) stands as it came.

import type { Obstacle } from '../link/backend.ts';

export type { Obstacle };

export const RESULT_FORMAT = 'transport-lab run';
export const RESULT_VERSION = 3;

export interface RunResult {
  readonly format: typeof RESULT_FORMAT;
  readonly version: typeof RESULT_VERSION;
  readonly status: RunStatus;
  readonly scenario: ScenarioSummary;
  /** Which carrier stood between the hosts. */
  readonly backend: string;
  /** Why the packet emulator did not work, where nobody asked for another: what the machine said. */
  readonly backendWhy?: string;
  /** Seeds the order of the trials and, with the link and the repetition, the chance of each link and the load. */
  readonly seed: number;
  /** The command that repeats this run. */
  readonly command: string;
  readonly environment: Environment;
  /** What each figure here is, by its id, in the order in which a report shows them. */
  readonly metrics: Readonly<Record<string, MetricText>>;
  readonly cells: readonly Cell[];
  readonly comparisons: readonly Comparison[];
  /** What differs between the contestants besides what is measured. */
  readonly fairness: readonly FairnessRow[];
  readonly vanishing: readonly VanishObservation[];
  readonly verdicts: readonly Verdict[];
  /** What a reader must know before he believes a figure. */
  readonly warnings: readonly Warning[];
}

export type RunStatus =
  | { readonly kind: 'complete' }
  | { readonly kind: 'incomplete'; readonly why: readonly Ending[] };

/** Why a run is not whole. */
export type Ending =
  | { readonly kind: 'under-way' | 'stopped'; readonly ended: number; readonly planned: number }
  | { readonly kind: 'trials-failed'; readonly failed: number; readonly planned: number }
  | { readonly kind: 'link-ended'; readonly backend: string; readonly trial: number; readonly planned: number }
  | { readonly kind: 'end-not-seen'; readonly transport: string; readonly said: string }
  | { readonly kind: 'not-written'; readonly said: string };

/** What was asked, for a reader who has the result alone. */
export interface ScenarioSummary {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly lookFor: string;
  readonly teaches: string;
  /** By language, such as pt-BR. */
  readonly translations?: Readonly<Record<string, ScenarioWords>>;
  readonly contestants: readonly ContestantSummary[];
  readonly links: readonly string[];
  readonly points: readonly PointSummary[];
  readonly chance: { readonly mode: string; readonly slotMs: number };
  /** As asked for; with a wanted precision it may be more. */
  readonly repetitions: number;
  /** T_max: a message that has not come this long after its planned instant is lost. */
  readonly waitingMs: number;
  readonly mtuBytes?: number;
}

export interface ScenarioWords {
  readonly title: string;
  readonly question: string;
  readonly lookFor: string;
  readonly teaches: string;
  /** The sentences of the verdicts, in their order. */
  readonly claims: readonly string[];
}

export interface ContestantSummary {
  readonly name: string;
  readonly transport: string;
  /** Those that are turned. */
  readonly knobs: { readonly nagle?: boolean; readonly batching?: boolean; readonly receiveBufferBytes?: number };
  /** Settings of both hosts' kernels. */
  readonly kernel: Readonly<Record<string, string>>;
}

/** One setting of everything that a sweep may vary. */
export interface PointSummary {
  /** Empty where there is no sweep. */
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
  /** Names to netem's words. */
  readonly links: Readonly<Record<string, string>>;
  readonly workload: WorkloadSummary;
}

export interface WorkloadSummary {
  readonly pattern: string;
  readonly users: number;
  readonly flows: number;
  /** When messages are sent; a size is that of a burst or a window. */
  readonly arrivals: { readonly kind: string; readonly size?: number };
  readonly isClosedLoop: boolean;
  /** 0 in a closed loop. */
  readonly ratePerSecond: number;
  readonly durationMs: number;
  /** Of bodies, in bytes. */
  readonly sizes:
    | { readonly kind: 'fixed'; readonly bytes: number }
    | { readonly kind: 'uniform'; readonly fromBytes: number; readonly toBytes: number }
    | { readonly kind: 'chat' };
  readonly workers: number;
  /** The transfer beside the chat: messages of so many bytes, so many of them on their way. */
  readonly bulk?: { readonly bytes: number; readonly window: number };
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

/** docs/metrics.md and `lab explain` say the same. */
export interface MetricText {
  readonly title: string;
  readonly unit: string;
  readonly formula: string;
  readonly source: string;
  readonly reading: string;
  readonly better?: 'less' | 'more';
}

/** A link at one point of the sweep; the point is empty where there is no sweep. */
export interface Place {
  readonly link: string;
  readonly point: string;
}

/** One contestant at one place. */
export interface CellName extends Place {
  readonly transport: string;
}

export interface Cell extends CellName {
  /** Why this backend can't measure this cell; there are no figures then. */
  readonly notAvailable?: Obstacle;
  /** Over all messages of all repetitions, by metric; one that is not here is not available. */
  readonly figures?: Figures;
  /** What figures are drawn from, such as the share of all sent that came within x. */
  readonly curves?: Readonly<Record<string, Curve>>;
  /** Some messages one by one: the same ones for every contestant over this link. */
  readonly staircase?: Staircase;
  /** One repetition from its beginning to its end: the same one for every contestant. */
  readonly timeline?: Timeline;
  /** What theory says, where it speaks of what was measured here. */
  readonly prediction?: Prediction;
  /** Where all messages of all repetitions went. */
  readonly account?: Account;
  readonly repetitions: readonly Repetition[];
}

/** What came when: consecutive messages of one flow in one repetition. Instants are ms since the trial's origin. */
export interface Staircase {
  readonly repetition: number;
  readonly flow: number;
  /** The place of the first one in its flow, from 0. */
  readonly first: number;
  readonly plannedMs: readonly number[];
  /** When all bytes of the message were at the server's host, and when all before them were too; null: not seen. */
  readonly atServerMs: readonly Reading[];
  readonly releasedAtServerMs: readonly Reading[];
  /** When all bytes of the message were at its receiver's host; null: not seen. */
  readonly atHostMs: readonly Reading[];
  /** When the application had the message; null: never. */
  readonly givenMs: readonly Reading[];
  /** When the channel lost what crossed it; absent where it has no state in time. */
  readonly badMoments?: readonly BadMoment[];
}

/** Delay against the planned instant, over slots of equal length; every message of the repetition is in one of them. */
export interface Timeline {
  readonly repetition: number;
  readonly slotMs: number;
  /** One entry a slot, from the trial's origin. */
  readonly sent: readonly number[];
  readonly lost: readonly number[];
  /** Of what came, in ms; null: nothing came. */
  readonly leastMs: readonly Reading[];
  readonly medianMs: readonly Reading[];
  readonly mostMs: readonly Reading[];
  /** When the channel lost what crossed it; absent where it has no state in time. */
  readonly badMoments?: readonly BadMoment[];
}

export interface BadMoment {
  readonly direction: 'up' | 'down';
  readonly cause: string;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Prediction {
  readonly model: 'square-root';
  readonly goodputBitsPerSecond: number;
}

export type Figures = Readonly<Record<string, Figure>>;

/** `null`: infinite, as a delay percentile that was not reached because more than that share was lost. */
export type Reading = number | null;

/** A figure and its interval at 95 %: both bounds or neither, and where neither, why. */
export interface Figure {
  readonly value: Reading;
  readonly low?: Reading;
  readonly high?: Reading;
  readonly noInterval?: NoInterval;
}

/** Why nothing is said of how sure a figure, or a difference of figures, is. */
export type NoInterval =
  | { readonly kind: 'under-way' | 'total' | 'extreme' | 'neither-reached' }
  | {
      readonly kind: 'too-few-repetitions';
      readonly repetitions: number;
      readonly least: number;
      readonly confidence: number;
    };

export interface Curve {
  readonly title: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export interface Repetition {
  readonly number: number;
  readonly channelSeed: number;
  readonly outcome:
    | {
        readonly kind: 'measured';
        readonly figures: Readonly<Record<string, Reading>>;
        readonly account: Account;
        /** Undefined where the carrier counts nothing. */
        readonly link: LinkCount | undefined;
        /** Of both hosts, while the trial ran; only where each host has a kernel's counters of its own. */
        readonly hosts?: HostsCount;
        /** The server's is not known where it is elsewhere. */
        readonly cpuMs: { readonly server?: number; readonly workers: number };
        readonly setUpsMs: readonly number[];
        readonly setUpRoundTrips?: readonly number[];
        /** Of the transfer beside the chat. */
        readonly bulkBitsPerSecond?: number;
        /** Only of those processes of the lab that did nothing for too long. */
        readonly stoodStillMs?: Standstills;
      }
    | { readonly kind: 'failed'; readonly why: string };
}

/** The controller alone is watched before the trial's origin, until it has told the workers to begin. */
export type LabProcess = 'controller' | 'server' | 'worker' | 'link';

export type Standstills = Readonly<Partial<Record<LabProcess, number>>>;

/** sent = delivered + Σ over causes + unexplained. */
export interface Account {
  readonly sent: number;
  readonly delivered: number;
  /** By cause, in the order in which a message would meet them; a cause that took none may be left out. */
  readonly lost: Readonly<Record<string, number>>;
  readonly unexplained: number;
}

/** What the carrier did to packets, both directions together. */
export interface LinkCount {
  readonly offeredPackets: number;
  readonly droppedPackets: Readonly<Record<string, number>>;
  readonly duplicatedPackets: number;
  readonly corruptedPackets: number;
  readonly reorderedPackets: number;
  /** How late the carrier itself was: an upper bound, at most twice the value; undefined where nothing was carried. */
  readonly latenessP99Ms: number | undefined;
  readonly lateness: LatenessHistogram;
  /** What crossed by kind, each way; only where the carrier sees packets. */
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

/** Counters of the hosts' kernels, by name, and what the path saw of the same. */
export interface HostsCount {
  readonly server: Readonly<Record<string, number>>;
  readonly clients: Readonly<Record<string, number>>;
  /** Two counts of one thing that must agree. */
  readonly agreement: readonly CountedTwice[];
}

export interface CountedTwice {
  readonly what: Countable;
  readonly by: 'server' | 'clients';
  readonly hosts: number;
  readonly path: number;
}

export type Countable =
  | 'segments-sent-again'
  | 'segments-sent'
  | 'segments-received'
  | 'datagrams-sent-whole'
  | 'fragments-sent'
  | 'datagrams-received';

/** Two contestants over the same channel. */
export interface Comparison extends Place {
  readonly baseline: string;
  readonly other: string;
  /** By metric. */
  readonly figures: Readonly<Record<string, ComparedFigure>>;
  /** Message k over one and message k over the other; not where a closed loop decides when messages are sent. */
  readonly pairs?: Pairs;
}

/** Of what has a sign: null is plus infinite. */
export type SignedReading = number | null | '-infinite';

export interface SignedFigure {
  readonly value: SignedReading;
  readonly low?: SignedReading;
  readonly high?: SignedReading;
  readonly noInterval?: NoInterval;
}

export interface ComparedFigure {
  /** Other − baseline. */
  readonly difference?: SignedFigure;
  /** Other / baseline. */
  readonly ratio?: Figure;
  /** Strictly from the interval of the difference. */
  readonly conclusion: 'less' | 'more' | 'no-difference' | 'not-supported';
  /** Why a conclusion is not supported. */
  readonly why?: NoInterval;
}

/** By name, each with its interval: docs/metrics.md says what they are. */
export interface Pairs {
  readonly figures: Readonly<Record<string, SignedFigure>>;
  /** Quantiles of the delay over the baseline minus that over the other, in ms. */
  readonly differenceMs: Readonly<Record<string, SignedReading>>;
  readonly grid: PairGrid;
}

/**
 * Every pair of messages, counted by both delays: one entry for each field of the grid that is not empty. A delay is the
 * lower edge of its step, in ms, of which there are so many a decade; null: it never came.
 */
export interface PairGrid {
  readonly stepsPerDecade: number;
  readonly baselineMs: readonly Reading[];
  readonly otherMs: readonly Reading[];
  readonly pairs: readonly number[];
}

/** One thing that may differ between the contestants: what it is for each. */
export interface FairnessRow {
  readonly what: FairnessTopic;
  readonly values: Readonly<Record<string, FairnessValue>>;
}

export type FairnessTopic =
  | 'transport'
  | 'nagle'
  | 'batching'
  | 'congestion-control'
  | 'send-buffer'
  | 'receive-buffer'
  | 'framing-bytes'
  | 'keep-alive-ms'
  | 'set-up-p50'
  | 'cpu-server'
  | 'cpu-workers'
  | 'timer-error-p99';

export type FairnessValue =
  /** As the kernel, or the lab, names it. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'number'; readonly value: number }
  /** From the least to the largest cell. */
  | { readonly kind: 'span'; readonly least: Reading; readonly most: Reading }
  | { readonly kind: 'bytes-asked'; readonly bytes: number }
  | {
      readonly kind: 'on' | 'off' | 'none' | 'unknown' | 'datagram-a-message' | 'write-a-message' | 'write-a-turn';
    };

/** Where the lab itself may have made a difference. */
export type Warning =
  | { readonly kind: 'unexplained'; readonly cell: CellName; readonly messages: number }
  | { readonly kind: 'lost-by-the-machine'; readonly cell: CellName; readonly packets: number }
  | {
      readonly kind: 'counts-disagree';
      readonly cell: CellName;
      readonly what: Countable;
      readonly by: 'server' | 'clients';
      readonly off: number;
    }
  | { readonly kind: 'late-link'; readonly latenessMs: number }
  | { readonly kind: 'stood-still'; readonly cell: CellName; readonly process: LabProcess; readonly ms: number }
  | {
      readonly kind: 'within-timer-error';
      readonly place: Place;
      readonly baseline: string;
      readonly other: string;
      readonly metrics: readonly string[];
      readonly timerErrorMs: number;
    };

/** What a user learned when the server process was killed. */
export interface VanishObservation {
  readonly transport: string;
  readonly watchedMs: number;
  /** `null`: nothing, for as long as was watched. */
  readonly noticedAfterMs: number | null;
}

export type ClaimTest = 'delivers-everything' | 'no-connection' | 'may-lose-or-reorder' | 'above' | 'below' | 'alike';

/** A sentence, what was seen of it, and what follows. */
export interface Verdict {
  readonly sentence: string;
  readonly test: ClaimTest;
  /** A contestant; empty where the sentence is about several. */
  readonly transport: string;
  /** `partly`: part of the sentence was shown and nothing spoke against the rest. */
  readonly outcome: 'held' | 'partly' | 'refuted' | 'not-tested';
  readonly evidence: readonly CellEvidence[];
  readonly vanishing: readonly VanishObservation[];
  /** Figures set against each other, where the sentence is about a figure. */
  readonly figures: readonly FigureEvidence[];
  /** Cells in which nothing was seen, and why. */
  readonly untested: readonly UntestedLink[];
}

export interface UntestedLink extends Place {
  /** `not-available`: the backend can't put the transport there; `not-measured`: no repetition came to its end. */
  readonly kind: 'not-available' | 'not-measured';
}

export interface CellEvidence extends Place {
  readonly sent: number;
  readonly lost: number;
  readonly duplicates: number;
  readonly reordered: number;
  readonly damaged: number;
}

export interface FigureEvidence {
  readonly metric: string;
  readonly of: CellName;
  readonly value: Reading;
  /** The other cell; absent where the other side is a number. */
  readonly than?: CellName;
  readonly thanValue: Reading;
  readonly difference?: SignedFigure;
  readonly conclusion: ComparedFigure['conclusion'];
}

/** Two runs set side by side: what changed from the first to the second. */
export interface RunChanges {
  readonly before: RunLabel;
  readonly after: RunLabel;
  /** What each figure is, by its id. */
  readonly metrics: Readonly<Record<string, MetricText>>;
  readonly cells: readonly CellChange[];
  /** What can't be compared, and why. */
  readonly incomparable: readonly Incomparable[];
  /** What else differs between the two, and may be what made the change. */
  readonly differences: readonly SettingDifference[];
}

export interface RunLabel {
  /** As it was asked for. */
  readonly folder: string;
  readonly scenario: string;
  readonly title: string;
  readonly translations?: Readonly<Record<string, ScenarioWords>>;
  readonly startedAt: string;
}

export interface CellChange extends CellName {
  /** By metric. */
  readonly figures: Readonly<Record<string, ChangedFigure>>;
  /** Metrics that the first run has a figure of, and the second has not. */
  readonly missing: readonly string[];
}

export interface ChangedFigure {
  readonly before: Figure;
  readonly after: Figure;
  /** After − before. */
  readonly difference?: SignedFigure;
  /** Of what was before: 0.1 is 10 % more. Undefined where that was 0 or not reached, null where it no longer is. */
  readonly relative?: Reading;
  /** Strictly from the interval of the difference. */
  readonly conclusion: ComparedFigure['conclusion'];
  readonly why?: NoInterval;
}

export type Side = 'before' | 'after';

export type Incomparable = CellName &
  (
    | { readonly kind: 'only-in' | 'not-measured'; readonly side: Side }
    | {
        readonly kind: 'link' | 'workload' | 'waiting-time' | 'chance' | 'mtu';
        readonly before: string;
        readonly after: string;
      }
  );

export interface SettingDifference {
  /** A kind of setting, or the name of a kernel's. */
  readonly what: string;
  readonly before: string;
  readonly after: string;
}
