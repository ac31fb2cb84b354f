// A workload as a scenario has it: plain data in, a legal workload out.
import { z } from 'zod';
import { MAX_BODY_BYTES } from '../../core/limits.ts';
import { SMALLEST_PROBE_BYTES } from '../worker/probe.ts';
import { ScenarioError } from './scenario.ts';
import { durationMs, fields, noneOf } from './schema-parts.ts';
import {
  type Arrivals,
  flowCount,
  isClosedLoop,
  messageCount,
  PATTERNS,
  type Sizes,
  type Workload,
} from './workload.ts';

/** A run is a bounded thing: a slip of the pen must not keep a machine busy for a day or fill its memory. */
const MOST_MESSAGES = 10_000_000;
const MOST_USERS = 10_000;
const MOST_FLOWS = 1_000_000;
const MOST_PER_SECOND = 1_000_000;
const MOST_WORKERS = 64;
const LARGEST_WINDOW = 10_000;

const bodyBytes = z.int().min(SMALLEST_PROBE_BYTES).max(MAX_BODY_BYTES);
const burstSize = z.int().min(2).max(10_000);
const windowSize = z.int().min(1).max(LARGEST_WINDOW);

export const workloadSchema = fields({
  pattern: z.enum(PATTERNS).default('pairs').describe('who writes to whom'),
  users: z.int().min(2).max(MOST_USERS).describe('all users, senders and receivers'),
  arrivals: z
    .union(
      [
        z.enum(['constant', 'poisson', 'ping-pong']),
        fields({ bursts: burstSize }),
        fields({ incast: burstSize }),
        fields({ window: windowSize }),
      ],
      { error: noneOf('constant, poisson, ping-pong, { bursts: 10 }, { incast: 10 } or { window: 16 }') },
    )
    .default('constant')
    .describe('when they write'),
  ratePerSecond: z.number().positive().max(MOST_PER_SECOND).optional().describe('sendings per second, of all senders'),
  duration: durationMs().describe('how long they write'),
  bodyBytes: z
    .union([bodyBytes, fields({ from: bodyBytes, to: bodyBytes }), z.literal('chat')], {
      error: noneOf(`a size from ${SMALLEST_PROBE_BYTES} to ${MAX_BODY_BYTES}, { from: 24, to: 1400 } or chat`),
    })
    .describe('sizes of bodies'),
  workers: z.int().min(1).max(MOST_WORKERS).default(1).describe('processes that share the users'),
  bulk: fields({ bodyBytes: bodyBytes.default(30_000), window: windowSize.default(8) })
    .optional()
    .describe('a transfer over TCP beside the chat'),
});

type WorkloadData = z.infer<typeof workloadSchema>;

/** @param path of the workload in the scenario, for errors */
export function makeWorkload(data: WorkloadData, path: readonly (string | number)[]): Workload {
  const workload: Workload = {
    pattern: data.pattern,
    users: data.users,
    arrivals: arrivalsOf(data.arrivals),
    sizes: sizesOf(data.bodyBytes),
    ratePerSecond: data.ratePerSecond ?? 0,
    durationMs: data.duration,
    workers: data.workers,
    bulk: data.bulk && { bytes: data.bulk.bodyBytes, window: data.bulk.window },
  };
  for (const { key, problem } of CONFLICTS) {
    const text = problem(workload, data);
    if (text !== undefined) throw new ScenarioError([...path, key], text);
  }
  return workload;
}

const CONFLICTS: readonly { key: keyof WorkloadData; problem(w: Workload, data: WorkloadData): string | undefined }[] =
  [
    {
      key: 'users',
      problem: ({ pattern, users }) =>
        pattern === 'pairs' && users % 2 === 1 ? `${users} can't be paired; write an even number` : undefined,
    },
    {
      key: 'users',
      problem: (workload) =>
        flowCount(workload) > MOST_FLOWS
          ? `${workload.users} users who all write to each other are ${flowCount(workload)} flows, and the limit is ${MOST_FLOWS}`
          : undefined,
    },
    {
      key: 'ratePerSecond',
      problem: (workload) =>
        workload.ratePerSecond === 0 && !isClosedLoop(workload) ? 'is missing; write a number' : undefined,
    },
    {
      key: 'ratePerSecond',
      problem: (workload) =>
        workload.ratePerSecond > 0 && isClosedLoop(workload)
          ? `${workload.arrivals.kind} sends when the network lets it: a rate has no meaning; leave it out`
          : undefined,
    },
    {
      key: 'ratePerSecond',
      problem: (workload) =>
        !isClosedLoop(workload) && messageCount(workload) > MOST_MESSAGES
          ? `${workload.ratePerSecond} a second are ${messageCount(workload)} messages a trial, and the limit is ${MOST_MESSAGES}; lower it, or the duration`
          : undefined,
    },
    {
      key: 'arrivals',
      problem: (workload) =>
        isClosedLoop(workload) && workload.pattern === 'fan-out'
          ? 'a message to everybody has many answers; use another pattern, or an open loop'
          : undefined,
    },
    {
      key: 'arrivals',
      problem: ({ arrivals, pattern, workers }) =>
        arrivals.kind === 'window' && pattern !== 'pairs' && workers > 1
          ? `a window needs sender and receiver in one worker; use pairs, or workers: 1`
          : undefined,
    },
    {
      key: 'bodyBytes',
      problem: ({ sizes }) =>
        sizes.kind === 'uniform' && sizes.fromBytes > sizes.toBytes
          ? `from ${sizes.fromBytes} to ${sizes.toBytes} is no range; put the smaller one first`
          : undefined,
    },
  ];

function arrivalsOf(data: WorkloadData['arrivals']): Arrivals {
  if (typeof data === 'string') return { kind: data };
  if ('bursts' in data) return { kind: 'bursts', size: data.bursts };
  if ('incast' in data) return { kind: 'incast', size: data.incast };
  return { kind: 'window', size: data.window };
}

function sizesOf(data: WorkloadData['bodyBytes']): Sizes {
  if (typeof data === 'number') return { kind: 'fixed', bytes: data };
  return data === 'chat' ? { kind: 'chat' } : { kind: 'uniform', fromBytes: data.from, toBytes: data.to };
}
