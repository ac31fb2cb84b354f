// What differs between the contestants besides the transport itself: a reader can judge for himself whether they were set
// side by side fairly.
import type {
  Cell,
  ContestantSummary,
  Environment,
  FairnessRow,
  FairnessTopic,
  FairnessValue,
  Reading,
} from '../result.ts';
import type { Contestant } from '../scenario/scenario.ts';

/** What a transport is made of, told by whoever has it. */
export interface TransportFacts {
  /** What it puts before each message on the wire, beside the kernel's headers. */
  readonly framingBytes: number;
  /** Milliseconds without a word after which an end sends an empty frame. */
  readonly keepAliveMs: number;
}

type Facts = ReadonlyMap<string, TransportFacts>;

export function fairness(
  contestants: ReadonlyMap<string, Contestant>,
  cells: readonly Cell[],
  environment: Pick<Environment, 'kernel'>,
  facts: Facts,
): FairnessRow[] {
  const names = [...contestants.keys()];
  return ROWS.map(({ what, value }) => ({
    what,
    values: Object.fromEntries(
      names.map((name) => {
        const contestant = contestants.get(name)!;
        const own = cells.filter((cell) => cell.transport === name);
        return [
          name,
          value({ contestant, cells: own, kernel: environment.kernel, facts: facts.get(contestant.transport) }),
        ];
      }),
    ),
  }));
}

/** A contestant and the knobs of it that are turned. */
export function summariseContestant(name: string, { transport, knobs, kernel }: Contestant): ContestantSummary {
  const { nagle, batching, receiveBufferBytes } = knobs;
  return {
    name,
    transport,
    knobs: {
      ...(nagle !== undefined && { nagle }),
      ...(batching !== undefined && { batching }),
      ...(receiveBufferBytes !== undefined && { receiveBufferBytes }),
    },
    kernel,
  };
}

interface Subject {
  readonly contestant: Contestant;
  readonly cells: readonly Cell[];
  readonly kernel: Readonly<Record<string, string>>;
  readonly facts: TransportFacts | undefined;
}

interface Row {
  readonly what: FairnessTopic;
  readonly value: (subject: Subject) => FairnessValue;
}

const UNKNOWN: FairnessValue = { kind: 'unknown' };
const NONE: FairnessValue = { kind: 'none' };
const isTcp = ({ contestant }: Subject) => contestant.transport === 'tcp';

const ROWS: readonly Row[] = [
  { what: 'transport', value: ({ contestant }) => ({ kind: 'name', name: contestant.transport }) },
  {
    what: 'nagle',
    value: (subject) => (isTcp(subject) ? { kind: subject.contestant.knobs.nagle === true ? 'on' : 'off' } : NONE),
  },
  {
    what: 'batching',
    value: (subject) => {
      if (!isTcp(subject)) return { kind: 'datagram-a-message' };
      return { kind: subject.contestant.knobs.batching === false ? 'write-a-message' : 'write-a-turn' };
    },
  },
  {
    what: 'congestion-control',
    value: (subject) => (isTcp(subject) ? setting(subject, 'net.ipv4.tcp_congestion_control') : NONE),
  },
  {
    what: 'send-buffer',
    value: (subject) => setting(subject, isTcp(subject) ? 'net.ipv4.tcp_wmem' : 'net.core.wmem_default'),
  },
  { what: 'receive-buffer', value: receiveBuffer },
  { what: 'framing-bytes', value: ({ facts }) => numberOr(facts?.framingBytes) },
  { what: 'keep-alive-ms', value: ({ facts }) => numberOr(facts?.keepAliveMs) },
  { what: 'set-up-p50', value: (subject) => span(subject, 'set-up-p50') },
  { what: 'cpu-server', value: (subject) => span(subject, 'cpu-server') },
  { what: 'cpu-workers', value: (subject) => span(subject, 'cpu-workers') },
  { what: 'timer-error-p99', value: (subject) => span(subject, 'timer-error-p99') },
];

function numberOr(value: number | undefined): FairnessValue {
  return value === undefined ? UNKNOWN : { kind: 'number', value };
}

function setting({ contestant, kernel }: Subject, name: string): FairnessValue {
  const value = contestant.kernel[name] ?? kernel[name];
  return value === undefined ? UNKNOWN : { kind: 'name', name: value };
}

function receiveBuffer(subject: Subject): FairnessValue {
  const { receiveBufferBytes: bytes } = subject.contestant.knobs;
  if (bytes !== undefined) return { kind: 'bytes-asked', bytes };
  return setting(subject, isTcp(subject) ? 'net.ipv4.tcp_rmem' : 'net.core.rmem_default');
}

/** From the least to the largest cell. */
function span({ cells }: Subject, metric: string): FairnessValue {
  const values = cells.flatMap(({ figures }) => (figures?.[metric] === undefined ? [] : [figures[metric].value]));
  if (values.length === 0) return UNKNOWN;
  const sorted = [...values].sort((a, b) => finite(a) - finite(b));
  return { kind: 'span', least: sorted[0]!, most: sorted.at(-1)! };
}

function finite(value: Reading): number {
  return value ?? Number.MAX_VALUE;
}
