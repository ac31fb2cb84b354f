// What a run.json must be so that a report can be made of it, and the same as a JSON Schema for whoever reads it elsewhere.
import { z } from 'zod';
import {
  type Ending,
  type Environment,
  type MetricText,
  RESULT_FORMAT,
  RESULT_VERSION,
  type RunResult,
  type RunStatus,
} from '../result.ts';
import { wordsFor } from '../scenario/words.ts';
import { cell } from './schema/cell-schema.ts';
import { comparison, fairnessRow, vanishing, verdict, warning } from './schema/judgement-schema.ts';
import { fields, kinds, number, text, texts } from './schema/parts.ts';
import { scenario } from './schema/scenario-schema.ts';

/** The first thing that is wrong, with the path to it; undefined where nothing is. */
export function damageOf(data: unknown): string | undefined {
  if (hasPrototypeKey(data)) return '"__proto__" is no name';
  const { error } = runResult.safeParse(data, { error: wordsFor });
  const issue = error?.issues[0];
  if (issue === undefined) return undefined;
  return `${issue.path.map(String).join('.')}: ${issue.message.replace(/; write .*/, '')}`.replace(/\s+/g, ' ');
}

/** zod passes over such a key, whatever is under it. It may be deep: no recursion. */
function hasPrototypeKey(data: unknown): boolean {
  const left = [data];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (Object.hasOwn(value, '__proto__')) return true;
    for (const each of Object.values(value)) left.push(each);
  }
  return false;
}

/** The text of the file; later versions of the lab may add fields. */
export function resultJsonSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(runResult, { io: 'input', target: 'draft-7' });
  const whole = {
    $schema,
    title: `run.json of transport-lab, version ${RESULT_VERSION}`,
    $comment: 'Written by npm run schema. src/bench/result.ts says what each field means.',
    ...schema,
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

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

function trials<Kind extends string>(kind: Kind) {
  return fields<{ readonly kind: Kind; readonly ended: number; readonly planned: number }>({
    kind: z.literal(kind) as unknown as z.ZodType<Kind>,
    ended: number,
    planned: number,
  });
}

const ending = kinds<Ending>({
  'under-way': trials('under-way'),
  stopped: trials('stopped'),
  'trials-failed': fields<Extract<Ending, { kind: 'trials-failed' }>>({
    kind: z.literal('trials-failed'),
    failed: number,
    planned: number,
  }),
  'link-ended': fields<Extract<Ending, { kind: 'link-ended' }>>({
    kind: z.literal('link-ended'),
    backend: text,
    trial: number,
    planned: number,
  }),
  'end-not-seen': fields<Extract<Ending, { kind: 'end-not-seen' }>>({
    kind: z.literal('end-not-seen'),
    transport: text,
    said: text,
  }),
  'not-written': fields<Extract<Ending, { kind: 'not-written' }>>({ kind: z.literal('not-written'), said: text }),
});

const runResult = fields<RunResult>({
  format: z.literal(RESULT_FORMAT),
  version: z.literal(RESULT_VERSION),
  status: kinds<RunStatus>({
    complete: fields<Extract<RunStatus, { kind: 'complete' }>>({ kind: z.literal('complete') }),
    incomplete: fields<Extract<RunStatus, { kind: 'incomplete' }>>({
      kind: z.literal('incomplete'),
      why: z.array(ending),
    }),
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
  fairness: z.array(fairnessRow),
  vanishing,
  verdicts: z.array(verdict),
  warnings: z.array(warning),
});
