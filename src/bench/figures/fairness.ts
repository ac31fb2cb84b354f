// What differs between the contestants besides the transport itself: a reader can judge for himself whether they were set
// side by side fairly.
import type { Cell, ContestantSummary, Environment, FairnessRow, Reading } from '../result.ts';
import type { Contestant } from '../scenario/scenario.ts';
import { inShort } from './cell-words.ts';

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

/** A contestant's turned knobs, for a list of contestants. */
export function describeContestant(name: string, { transport, knobs, kernel }: Contestant): ContestantSummary {
  const words = [
    ...(knobs.nagle === undefined ? [] : [`Nagle ${knobs.nagle ? 'on' : 'off'}`]),
    ...(knobs.batching === undefined ? [] : [`batching ${knobs.batching ? 'on' : 'off'}`]),
    ...(knobs.receiveBufferBytes === undefined ? [] : [`receive buffer ${knobs.receiveBufferBytes} bytes asked`]),
    ...Object.entries(kernel).map(([setting, value]) => `${setting} = ${value}`),
  ];
  return { name, transport, knobs: words };
}

interface Subject {
  readonly contestant: Contestant;
  readonly cells: readonly Cell[];
  readonly kernel: Readonly<Record<string, string>>;
  readonly facts: TransportFacts | undefined;
}

interface Row {
  readonly what: string;
  readonly value: (subject: Subject) => string;
}

const UNKNOWN = 'not known';
const isTcp = ({ contestant }: Subject) => contestant.transport === 'tcp';

const ROWS: readonly Row[] = [
  { what: 'transport', value: ({ contestant }) => contestant.transport },
  {
    what: "Nagle's algorithm",
    value: (subject) => (isTcp(subject) ? (subject.contestant.knobs.nagle === true ? 'on' : 'off') : 'has none'),
  },
  {
    what: 'batching of sends',
    value: (subject) => {
      if (!isTcp(subject)) return 'one datagram a message';
      return subject.contestant.knobs.batching === false ? 'one write a message' : 'one write a turn of the event loop';
    },
  },
  {
    what: 'congestion control',
    value: (subject) => (isTcp(subject) ? setting(subject, 'net.ipv4.tcp_congestion_control') : 'has none'),
  },
  {
    what: 'send buffer',
    value: (subject) => setting(subject, isTcp(subject) ? 'net.ipv4.tcp_wmem' : 'net.core.wmem_default'),
  },
  { what: 'receive buffer', value: receiveBuffer },
  {
    what: 'framing bytes a message',
    value: ({ facts }) => (facts === undefined ? UNKNOWN : String(facts.framingBytes)),
  },
  { what: 'keep-alive after', value: ({ facts }) => (facts === undefined ? UNKNOWN : `${facts.keepAliveMs / 1000} s`) },
  { what: 'set-up p50, ms', value: (subject) => span(subject, 'set-up-p50') },
  { what: 'server CPU, µs a message', value: (subject) => span(subject, 'cpu-server') },
  { what: 'workers CPU, µs a message', value: (subject) => span(subject, 'cpu-workers') },
  { what: 'timer error p99, ms', value: (subject) => span(subject, 'timer-error-p99') },
];

function setting({ contestant, kernel }: Subject, name: string): string {
  return contestant.kernel[name] ?? kernel[name] ?? UNKNOWN;
}

function receiveBuffer(subject: Subject): string {
  const { receiveBufferBytes } = subject.contestant.knobs;
  if (receiveBufferBytes !== undefined) return `${receiveBufferBytes} bytes asked`;
  return setting(subject, isTcp(subject) ? 'net.ipv4.tcp_rmem' : 'net.core.rmem_default');
}

/** From the least to the largest cell. */
function span({ cells }: Subject, metric: string): string {
  const values = cells.flatMap(({ figures }) => (figures?.[metric] === undefined ? [] : [figures[metric].value]));
  if (values.length === 0) return UNKNOWN;
  const sorted = values.map((value: Reading) => value ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  const [least, most] = [short(sorted[0]!), short(sorted.at(-1)!)];
  return least === most ? least : `${least} to ${most}`;
}

function short(value: number): string {
  return Number.isFinite(value) ? inShort(value) : 'not reached';
}
