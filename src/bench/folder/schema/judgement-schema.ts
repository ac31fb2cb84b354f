// What a run.json says of what follows from what was measured: comparisons, verdicts, and what a reader must know.
import { z } from 'zod';
import type {
  CellEvidence,
  ComparedFigure,
  Comparison,
  FairnessRow,
  FairnessValue,
  FigureEvidence,
  PairGrid,
  Pairs,
  Place,
  UntestedLink,
  VanishObservation,
  Verdict,
  Warning,
} from '../../result.ts';
import { countable, host } from './cell-schema.ts';
import {
  cellName,
  fields,
  figure,
  kinds,
  labProcess,
  noInterval,
  number,
  only,
  place,
  reading,
  signedFigure,
  signedReading,
  text,
} from './parts.ts';

const conclusion = z.enum(['less', 'more', 'no-difference', 'not-supported']);

export const comparison = fields<Comparison>({
  ...place,
  baseline: text,
  other: text,
  figures: z.record(
    text,
    fields<ComparedFigure>({
      difference: signedFigure.optional(),
      ratio: figure.optional(),
      conclusion,
      why: noInterval.optional(),
    }),
  ),
  pairs: fields<Pairs>({
    figures: z.record(text, signedFigure),
    differenceMs: z.record(text, signedReading),
    grid: fields<PairGrid>({
      stepsPerDecade: number,
      baselineMs: z.array(reading),
      otherMs: z.array(reading),
      pairs: z.array(number),
    }),
  }).optional(),
});

export const vanishing = z.array(
  fields<VanishObservation>({ transport: text, watchedMs: number, noticedAfterMs: number.nullable() }),
);

export const verdict = fields<Verdict>({
  sentence: text,
  test: z.enum(['delivers-everything', 'no-connection', 'may-lose-or-reorder', 'above', 'below', 'alike']),
  transport: text,
  outcome: z.enum(['held', 'partly', 'refuted', 'not-tested']),
  evidence: z.array(
    fields<CellEvidence>({
      ...place,
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
      of: cellName,
      value: reading,
      than: cellName.optional(),
      thanValue: reading,
      difference: signedFigure.optional(),
      conclusion,
    }),
  ),
  untested: z.array(fields<UntestedLink>({ ...place, kind: z.enum(['not-available', 'not-measured']) })),
});

const fairnessValue = kinds<FairnessValue>({
  name: fields<Extract<FairnessValue, { kind: 'name' }>>({ kind: z.literal('name'), name: text }),
  number: fields<Extract<FairnessValue, { kind: 'number' }>>({ kind: z.literal('number'), value: number }),
  span: fields<Extract<FairnessValue, { kind: 'span' }>>({ kind: z.literal('span'), least: reading, most: reading }),
  'bytes-asked': fields<Extract<FairnessValue, { kind: 'bytes-asked' }>>({
    kind: z.literal('bytes-asked'),
    bytes: number,
  }),
  on: only('on'),
  off: only('off'),
  none: only('none'),
  unknown: only('unknown'),
  'datagram-a-message': only('datagram-a-message'),
  'write-a-message': only('write-a-message'),
  'write-a-turn': only('write-a-turn'),
});

export const fairnessRow = fields<FairnessRow>({
  what: z.enum([
    'transport',
    'nagle',
    'batching',
    'congestion-control',
    'send-buffer',
    'receive-buffer',
    'framing-bytes',
    'keep-alive-ms',
    'set-up-p50',
    'cpu-server',
    'cpu-workers',
    'timer-error-p99',
  ]),
  values: z.record(text, fairnessValue),
});

export const warning = kinds<Warning>({
  unexplained: fields<Extract<Warning, { kind: 'unexplained' }>>({
    kind: z.literal('unexplained'),
    cell: cellName,
    messages: number,
  }),
  'lost-by-the-machine': fields<Extract<Warning, { kind: 'lost-by-the-machine' }>>({
    kind: z.literal('lost-by-the-machine'),
    cell: cellName,
    packets: number,
  }),
  'counts-disagree': fields<Extract<Warning, { kind: 'counts-disagree' }>>({
    kind: z.literal('counts-disagree'),
    cell: cellName,
    what: countable,
    by: host,
    off: number,
  }),
  'late-link': fields<Extract<Warning, { kind: 'late-link' }>>({ kind: z.literal('late-link'), latenessMs: number }),
  'stood-still': fields<Extract<Warning, { kind: 'stood-still' }>>({
    kind: z.literal('stood-still'),
    cell: cellName,
    process: labProcess,
    ms: number,
  }),
  'within-timer-error': fields<Extract<Warning, { kind: 'within-timer-error' }>>({
    kind: z.literal('within-timer-error'),
    place: fields<Place>(place),
    baseline: text,
    other: text,
    metrics: z.array(text),
    timerErrorMs: number,
  }),
});
