// What a run.json must be so that a report can be made of it. The types are those of result.ts: a field that is forgotten
// here, or has another type, does not compile.
import { z } from 'zod';
import {
  type Account,
  type BadMoment,
  type Cell,
  type CellEvidence,
  type ComparedFigure,
  type Comparison,
  type ContestantSummary,
  type Curve,
  type Environment,
  type FairnessRow,
  type Figure,
  type FigureEvidence,
  type HostsCount,
  type LatenessHistogram,
  type LinkCount,
  type MetricText,
  type Pairs,
  type PointSummary,
  type Prediction,
  RESULT_FORMAT,
  RESULT_VERSION,
  type Repetition,
  type RunResult,
  type RunStatus,
  type ScenarioSummary,
  type SignedFigure,
  type Staircase,
  type Traffic,
  type UntestedLink,
  type VanishObservation,
  type Verdict,
  type WorkloadSummary,
} from '../result.ts';
import { wordsFor } from '../scenario/words.ts';

/** The first thing that is wrong, with the path to it; undefined where nothing is. */
export function damageOf(data: unknown): string | undefined {
  const { error } = runResult.safeParse(data, { error: wordsFor });
  const issue = error?.issues[0];
  if (issue === undefined) return undefined;
  return `${issue.path.map(String).join('.')}: ${issue.message.replace(/; write .*/, '')}`;
}

/** Fields that the file may have beside these are left alone: they are of a newer lab. */
function fields<T>(shape: { [Name in keyof T]-?: z.ZodType<T[Name]> }): z.ZodType<T> {
  return z.object(shape) as unknown as z.ZodType<T>;
}

/** One of several, told apart by `kind`; it is the variant's own field that is wrong then, and not the whole. */
function kinds<T extends { kind: string }>(variants: { [Kind in T['kind']]: z.ZodType<Extract<T, { kind: Kind }>> }) {
  const all = Object.values(variants) as [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]];
  const known = `unknown; known: ${Object.keys(variants).join(', ')}`;
  const error = ({ code }: z.core.$ZodRawIssue) => (code === 'invalid_union' ? known : undefined);
  return z.discriminatedUnion('kind', all, { error }) as unknown as z.ZodType<T>;
}

const text = z.string();
const number = z.number();
const reading = number.nullable();
const signedReading = z.union([number, z.literal('-infinite')]).nullable();
const numbers = z.record(text, number);
const texts = z.record(text, text);

const figure = fields<Figure>({
  value: reading,
  low: reading.optional(),
  high: reading.optional(),
  noInterval: text.optional(),
});

const signedFigure = fields<SignedFigure>({
  value: signedReading,
  low: signedReading.optional(),
  high: signedReading.optional(),
  noInterval: text.optional(),
});

const account = fields<Account>({ sent: number, delivered: number, lost: numbers, unexplained: number });

const traffic = z.record(text, fields<Traffic>({ packets: number, bytes: number }));

const linkCount = fields<LinkCount>({
  offeredPackets: number,
  droppedPackets: numbers,
  duplicatedPackets: number,
  corruptedPackets: number,
  reorderedPackets: number,
  latenessP99Ms: number.optional(),
  lateness: fields<LatenessHistogram>({ count: number, maxMs: number, belowPowerOf2Us: z.array(number) }),
  traffic: fields<NonNullable<LinkCount['traffic']>>({ up: traffic, down: traffic }).optional(),
});

const hostsCount = fields<HostsCount>({
  server: numbers,
  clients: numbers,
  agreement: z.array(fields<HostsCount['agreement'][number]>({ what: text, hosts: number, path: number })),
});

type Outcome = Repetition['outcome'];
type Measured = Extract<Outcome, { kind: 'measured' }>;

const repetition = fields<Repetition>({
  number,
  channelSeed: number,
  outcome: kinds<Outcome>({
    measured: fields<Measured>({
      kind: z.literal('measured'),
      figures: z.record(text, reading),
      account,
      link: linkCount.optional(),
      hosts: hostsCount.optional(),
      cpuMs: fields<Measured['cpuMs']>({ server: number.optional(), workers: number }),
      setUpsMs: z.array(number),
      setUpRoundTrips: z.array(number).optional(),
      bulkBitsPerSecond: number.optional(),
    }),
    failed: fields<Extract<Outcome, { kind: 'failed' }>>({ kind: z.literal('failed'), why: text }),
  }),
});

const staircase = fields<Staircase>({
  repetition: number,
  flow: number,
  first: number,
  plannedMs: z.array(number),
  atServerMs: z.array(reading),
  releasedAtServerMs: z.array(reading),
  atHostMs: z.array(reading),
  givenMs: z.array(reading),
  badMoments: z
    .array(fields<BadMoment>({ direction: z.enum(['up', 'down']), cause: text, fromMs: number, toMs: number }))
    .optional(),
});

const cell = fields<Cell>({
  transport: text,
  link: text,
  point: text,
  notAvailable: text.optional(),
  figures: z.record(text, figure).optional(),
  curves: z.record(text, fields<Curve>({ title: text, x: z.array(number), y: z.array(number) })).optional(),
  staircase: staircase.optional(),
  prediction: fields<Prediction>({ name: text, source: text, goodputBitsPerSecond: number }).optional(),
  account: account.optional(),
  repetitions: z.array(repetition),
});

const conclusion = z.enum(['less', 'more', 'no-difference', 'not-supported']);

const comparison = fields<Comparison>({
  link: text,
  point: text,
  baseline: text,
  other: text,
  figures: z.record(
    text,
    fields<ComparedFigure>({
      difference: signedFigure.optional(),
      ratio: figure.optional(),
      conclusion,
      why: text.optional(),
    }),
  ),
  pairs: fields<Pairs>({
    figures: z.record(text, signedFigure),
    differenceMs: z.record(text, signedReading),
  }).optional(),
});

const vanishing = z.array(
  fields<VanishObservation>({ transport: text, watchedMs: number, noticedAfterMs: number.nullable() }),
);

const verdict = fields<Verdict>({
  sentence: text,
  test: z.enum(['delivers-everything', 'no-connection', 'may-lose-or-reorder', 'above', 'below', 'alike']),
  transport: text,
  outcome: z.enum(['held', 'partly', 'refuted', 'not-tested']),
  evidence: z.array(
    fields<CellEvidence>({
      link: text,
      sent: number,
      lost: number,
      duplicates: number,
      reordered: number,
      damaged: number,
    }),
  ),
  vanishing,
  figures: z.array(
    fields<FigureEvidence>({
      metric: text,
      of: text,
      value: reading,
      than: text,
      thanValue: reading,
      difference: signedFigure.optional(),
      conclusion,
    }),
  ),
  untested: z.array(fields<UntestedLink>({ link: text, kind: z.enum(['not-available', 'not-measured']), why: text })),
});

const workload = fields<WorkloadSummary>({
  pattern: text,
  users: number,
  flows: number,
  arrivals: text,
  isClosedLoop: z.boolean(),
  ratePerSecond: number,
  durationMs: number,
  sizes: text,
  workers: number,
  bulk: text,
});

const scenario = fields<ScenarioSummary>({
  name: text,
  title: text,
  question: text,
  lookFor: text,
  teaches: text,
  contestants: z.array(fields<ContestantSummary>({ name: text, transport: text, knobs: z.array(text) })),
  links: z.array(text),
  points: z.array(fields<PointSummary>({ name: text, values: texts, links: texts, workload })).min(1),
  chance: fields<ScenarioSummary['chance']>({ mode: text, slotMs: number }),
  repetitions: number,
  waitingMs: number,
  mtuBytes: number.optional(),
});

const environment = fields<Environment>({
  startedAt: text,
  tookMs: number,
  lab: text,
  node: text,
  system: text,
  processor: text,
  cores: number,
  memoryBytes: number,
  kernel: texts,
});

const metricText = fields<MetricText>({
  title: text,
  unit: text,
  formula: text,
  source: text,
  reading: text,
  better: z.enum(['less', 'more']).optional(),
});

const runResult = fields<RunResult>({
  format: z.literal(RESULT_FORMAT),
  version: z.literal(RESULT_VERSION),
  status: kinds<RunStatus>({
    complete: fields<Extract<RunStatus, { kind: 'complete' }>>({ kind: z.literal('complete') }),
    incomplete: fields<Extract<RunStatus, { kind: 'incomplete' }>>({ kind: z.literal('incomplete'), why: text }),
  }),
  scenario,
  backend: text,
  backendWhy: text.optional(),
  seed: number,
  command: text,
  environment,
  metrics: z.record(text, metricText),
  cells: z.array(cell),
  comparisons: z.array(comparison),
  fairness: z.array(fields<FairnessRow>({ what: text, values: texts })),
  vanishing,
  verdicts: z.array(verdict),
  warnings: z.array(text),
});
