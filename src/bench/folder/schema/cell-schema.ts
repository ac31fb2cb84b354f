// What a run.json says of what was measured.
import { z } from 'zod';
import type {
  BadMoment,
  Cell,
  CountedTwice,
  Curve,
  HostsCount,
  LatenessHistogram,
  LinkCount,
  Obstacle,
  Prediction,
  Repetition,
  Staircase,
  Timeline,
  Traffic,
} from '../../result.ts';
import { account, fields, figure, kinds, labProcess, number, numbers, only, place, reading, text } from './parts.ts';

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

export const countable = z.enum([
  'segments-sent-again',
  'segments-sent',
  'segments-received',
  'datagrams-sent-whole',
  'fragments-sent',
  'datagrams-received',
]);
export const host = z.enum(['server', 'clients']);

const hostsCount = fields<HostsCount>({
  server: numbers,
  clients: numbers,
  agreement: z.array(fields<CountedTwice>({ what: countable, by: host, hosts: number, path: number })),
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
      stoodStillMs: z.partialRecord(labProcess, number).optional(),
    }),
    failed: fields<Extract<Outcome, { kind: 'failed' }>>({ kind: z.literal('failed'), why: text }),
  }),
});

const badMoments = z.array(
  fields<BadMoment>({ direction: z.enum(['up', 'down']), cause: text, fromMs: number, toMs: number }),
);

const staircase = fields<Staircase>({
  repetition: number,
  flow: number,
  first: number,
  plannedMs: z.array(number),
  atServerMs: z.array(reading),
  releasedAtServerMs: z.array(reading),
  atHostMs: z.array(reading),
  givenMs: z.array(reading),
  badMoments: badMoments.optional(),
});

const timeline = fields<Timeline>({
  repetition: number,
  slotMs: number,
  sent: z.array(number),
  lost: z.array(number),
  leastMs: z.array(reading),
  medianMs: z.array(reading),
  mostMs: z.array(reading),
  badMoments: badMoments.optional(),
});

function asking<Kind extends string>(kind: Kind) {
  return fields<{ readonly kind: Kind; readonly backend: string; readonly asked: readonly string[] }>({
    kind: z.literal(kind) as unknown as z.ZodType<Kind>,
    backend: text,
    asked: z.array(text),
  });
}

const obstacle = kinds<Obstacle>({
  'loopback-impairs-nothing': asking('loopback-impairs-nothing'),
  'relay-cannot-touch-segments': asking('relay-cannot-touch-segments'),
  'server-elsewhere': asking('server-elsewhere'),
  'no-hosts-to-set': asking('no-hosts-to-set'),
  'relay-knows-not': fields<Extract<Obstacle, { kind: 'relay-knows-not' }>>({
    kind: z.literal('relay-knows-not'),
    transport: text,
  }),
  'relay-carries-one': only('relay-carries-one'),
  'no-congestion-control': fields<Extract<Obstacle, { kind: 'no-congestion-control' }>>({
    kind: z.literal('no-congestion-control'),
    asked: text,
    known: z.array(text),
  }),
});

export const cell = fields<Cell>({
  transport: text,
  ...place,
  notAvailable: obstacle.optional(),
  figures: z.record(text, figure).optional(),
  curves: z.record(text, fields<Curve>({ title: text, x: z.array(number), y: z.array(number) })).optional(),
  staircase: staircase.optional(),
  timeline: timeline.optional(),
  prediction: fields<Prediction>({ model: z.literal('square-root'), goodputBitsPerSecond: number }).optional(),
  account: account.optional(),
  repetitions: z.array(repetition),
});
