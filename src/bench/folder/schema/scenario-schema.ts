// What a run.json says of what was asked.
import { z } from 'zod';
import type { ContestantSummary, PointSummary, ScenarioSummary, ScenarioWords, WorkloadSummary } from '../../result.ts';
import { fields, kinds, number, only, text, texts } from './parts.ts';

type Sizes = WorkloadSummary['sizes'];

const workload = fields<WorkloadSummary>({
  pattern: text,
  users: number,
  flows: number,
  arrivals: fields<WorkloadSummary['arrivals']>({ kind: text, size: number.optional() }),
  isClosedLoop: z.boolean(),
  ratePerSecond: number,
  durationMs: number,
  sizes: kinds<Sizes>({
    fixed: fields<Extract<Sizes, { kind: 'fixed' }>>({ kind: z.literal('fixed'), bytes: number }),
    uniform: fields<Extract<Sizes, { kind: 'uniform' }>>({
      kind: z.literal('uniform'),
      fromBytes: number,
      toBytes: number,
    }),
    chat: only('chat'),
  }),
  workers: number,
  bulk: fields<NonNullable<WorkloadSummary['bulk']>>({ bytes: number, window: number }).optional(),
});

export const scenario = fields<ScenarioSummary>({
  name: text,
  title: text,
  question: text,
  lookFor: text,
  teaches: text,
  translations: z
    .record(
      text,
      fields<ScenarioWords>({ title: text, question: text, lookFor: text, teaches: text, claims: z.array(text) }),
    )
    .optional(),
  contestants: z.array(
    fields<ContestantSummary>({
      name: text,
      transport: text,
      knobs: fields<ContestantSummary['knobs']>({
        nagle: z.boolean().optional(),
        batching: z.boolean().optional(),
        receiveBufferBytes: number.optional(),
      }),
      kernel: texts,
    }),
  ),
  links: z.array(text),
  points: z.array(fields<PointSummary>({ name: text, values: texts, links: texts, workload })).min(1),
  chance: fields<ScenarioSummary['chance']>({ mode: text, slotMs: number }),
  repetitions: number,
  waitingMs: number,
  mtuBytes: number.optional(),
});
