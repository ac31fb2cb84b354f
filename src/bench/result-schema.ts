// What a run.json must be so that a report can be made of it. The types are those of result.ts: a field that is forgotten
// here, or has another type, does not compile.
import { z } from 'zod';
import {
  type Cell,
  type CellEvidence,
  type DelayFigures,
  type Environment,
  type Figures,
  type LinkCount,
  type Proportion,
  RESULT_FORMAT,
  RESULT_VERSION,
  type Repetition,
  type RunResult,
  type RunStatus,
  type ScenarioSummary,
  type Traffic,
  type UntestedLink,
  type VanishObservation,
  type Verdict,
} from './result.ts';
import { wordsFor } from './scenario-words.ts';

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
const reached = number.nullable();

const proportion = fields<Proportion>({ ratio: number, low: number, high: number });

const figures = fields<Figures>({
  sent: number,
  delivered: number,
  lost: number,
  loss: proportion,
  duplicates: number,
  duplication: number.optional(),
  reordered: number,
  reordering: number.optional(),
  longestReorderingExtent: number,
  damaged: number,
  refused: number,
  delayMs: fields<DelayFigures>({ min: reached, p50: reached, p90: reached, p99: reached, max: reached }),
  timerErrorMs: fields<NonNullable<Figures['timerErrorMs']>>({ p50: number, p99: number }).optional(),
  setUpMs: number.optional(),
  goodputBitsPerSecond: number.optional(),
});

const traffic = z.record(text, fields<Traffic>({ packets: number, bytes: number }));

const linkCount = fields<LinkCount>({
  offeredPackets: number,
  droppedPackets: z.record(text, number),
  duplicatedPackets: number,
  corruptedPackets: number,
  reorderedPackets: number,
  latenessP99Ms: number.optional(),
  traffic: fields<NonNullable<LinkCount['traffic']>>({ up: traffic, down: traffic }).optional(),
});

type Outcome = Repetition['outcome'];

const cell = fields<Cell>({
  transport: text,
  link: text,
  notAvailable: text.optional(),
  figures: figures.optional(),
  repetitions: z.array(
    fields<Repetition>({
      number,
      channelSeed: number,
      outcome: kinds<Outcome>({
        measured: fields<Extract<Outcome, { kind: 'measured' }>>({
          kind: z.literal('measured'),
          figures,
          link: linkCount.optional(),
        }),
        failed: fields<Extract<Outcome, { kind: 'failed' }>>({ kind: z.literal('failed'), why: text }),
      }),
    }),
  ),
});

const vanishing = z.array(
  fields<VanishObservation>({ transport: text, watchedMs: number, noticedAfterMs: number.nullable() }),
);

const verdict = fields<Verdict>({
  sentence: text,
  test: z.enum(['delivers-everything', 'no-connection', 'may-lose-or-reorder']),
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
  untested: z.array(fields<UntestedLink>({ link: text, kind: z.enum(['not-available', 'not-measured']), why: text })),
});

const scenario = fields<ScenarioSummary>({
  name: text,
  title: text,
  question: text,
  lookFor: text,
  transports: z.array(text),
  links: z.record(text, text),
  chance: fields<ScenarioSummary['chance']>({ mode: text, slotMs: number }),
  workload: fields<ScenarioSummary['workload']>({
    pattern: text,
    arrivals: text,
    pairs: number,
    ratePerSecond: number,
    durationMs: number,
    bodyBytes: number,
    workers: number,
  }),
  repetitions: number,
  waitingMs: number,
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
  kernel: z.record(text, text),
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
  cells: z.array(cell),
  vanishing,
  verdicts: z.array(verdict),
});
