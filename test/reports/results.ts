// Results of runs that never took place: every figure is chosen, so that a report of them is known beforehand.
import type {
  Account,
  Cell,
  CellEvidence,
  CellName,
  ComparedFigure,
  Comparison,
  Figure,
  FigureEvidence,
  Figures,
  MetricText,
  NoInterval,
  Obstacle,
  PairGrid,
  PointSummary,
  Reading,
  Repetition,
  RunResult,
  SignedReading,
  Verdict,
  WorkloadSummary,
} from '../../src/bench/result.ts';

export const TOO_FEW: NoInterval = { kind: 'too-few-repetitions', repetitions: 3, least: 6, confidence: 0.95 };

export function figure(value: Reading, low?: Reading, high?: Reading): Figure {
  return low === undefined || high === undefined ? { value, noInterval: TOO_FEW } : { value, low, high };
}

export function figures(changes: Figures = {}): Figures {
  return {
    sent: figure(1500),
    delivered: figure(1500),
    lost: figure(0),
    loss: figure(0, 0, 0.00255),
    replicated: figure(0, 0, 0.00255),
    damaged: figure(0),
    refused: figure(0),
    reordered: figure(0, 0, 0.00255),
    'delay-min': figure(20.04),
    'delay-p50': figure(20.31, 20.2, 20.44),
    'delay-p90': figure(21.7, 21.2, 22.9),
    'delay-p99': figure(24.96, 23.1, 30.2),
    'delay-max': figure(31.2),
    goodput: figure(786_432, 785_000, 787_000),
    'set-up-p50': figure(41.9),
    'timer-error-p99': figure(0.35),
    ...changes,
  };
}

export const LOSSY = figures({
  delivered: figure(1354),
  lost: figure(146),
  loss: figure(146 / 1500, 0.0834, 0.1134),
  reordered: figure(3 / 1354, 0.0008, 0.0065),
  'delay-p90': figure(21.9, 21.3, null),
  'delay-p99': figure(null, null, null),
  'delay-max': figure(null),
});

/** Of a stream on a path that was watched. */
export const BLOCKED: Figures = { blocked: figure(0.214, 0.197, 0.232), 'blocked-mean': figure(4.32, 2.92, 6.36) };

export const NOTHING_DELIVERED: Figures = {
  sent: figure(1500),
  delivered: figure(0),
  lost: figure(1500),
  loss: figure(1, 0.997_45, 1),
  damaged: figure(0),
  refused: figure(0),
  'delay-min': figure(null),
  'delay-p50': figure(null, null, null),
  'delay-p90': figure(null, null, null),
  'delay-p99': figure(null, null, null),
  'delay-max': figure(null),
};

export const ONE_MESSAGE = figures({
  sent: figure(1),
  delivered: figure(1),
  loss: figure(0, 0, 0.7935),
  'delay-p50': figure(0.08),
  'delay-p99': figure(0.08),
});

/** No column can be wider than with these. */
export const HUGE = figures({
  ...BLOCKED,
  sent: figure(10_000_000_000),
  delivered: figure(9_876_543_210),
  lost: figure(123_456_790),
  loss: figure(0.000_001, 0.000_000_1, 0.000_01),
  replicated: figure(0.000_001, 0.000_000_1, 0.000_01),
  reordered: figure(0.999_999, 0.999_99, 1),
  blocked: figure(0.000_001),
  'delay-min': figure(1e-7),
  'delay-p50': figure(null),
  'delay-p99': figure(3_599_999.9),
  'round-trip-p50': figure(3_599_999.9),
});

/** Figures without their intervals, as they are while a run is under way. */
export function underWay(of: Figures): Figures {
  return Object.fromEntries(
    Object.entries(of).map(([id, { value }]) => [id, { value, noInterval: { kind: 'under-way' } }]),
  );
}

export function measured(
  number: number,
  of: Figures,
  rest: Partial<Extract<Repetition['outcome'], { kind: 'measured' }>> = {},
): Repetition {
  const outcome = {
    kind: 'measured',
    figures: Object.fromEntries(Object.entries(of).map(([id, { value }]) => [id, value])),
    account: accountOf(of),
    link: undefined,
    cpuMs: { server: 20, workers: 50 },
    setUpsMs: [41.9],
    ...rest,
  } as const;
  return { number, channelSeed: 7 * number, outcome };
}

export function failed(number: number, why: string): Repetition {
  return { number, channelSeed: 7 * number, outcome: { kind: 'failed', why } };
}

export function cell(link: string, transport: string, of: Figures, point = ''): Cell {
  return { link, transport, point, figures: of, account: accountOf(of), repetitions: [measured(1, of)] };
}

/** For what was asked, in whatever words. */
export function obstacle(...asked: string[]): Obstacle {
  return { kind: 'no-hosts-to-set', backend: 'relay', asked };
}

export function notAvailable(link: string, transport: string, why: Obstacle = obstacle('mtu 900')): Cell {
  return { link, transport, point: '', notAvailable: why, repetitions: [] };
}

/** A cell of which no repetition, or not each, came to its end. */
export function unfinished(link: string, transport: string, repetitions: readonly Repetition[]): Cell {
  return { link, transport, point: '', repetitions };
}

function accountOf(of: Figures): Account {
  const whole = (id: string) => of[id]?.value ?? 0;
  return { sent: whole('sent'), delivered: whole('delivered'), lost: { 'on the link': whole('lost') }, unexplained: 0 };
}

export function evidence(link: string, changes: Partial<CellEvidence> = {}): CellEvidence {
  return { link, point: '', sent: 1500, lost: 0, duplicates: 0, reordered: 0, damaged: 0, ...changes };
}

export function cellName(transport: string, link: string, point = ''): CellName {
  return { transport, link, point };
}

export function figureEvidence(changes: Partial<FigureEvidence> = {}): FigureEvidence {
  return {
    metric: 'delay-p99',
    of: cellName('tcp', 'lossy'),
    value: 231,
    than: cellName('udp', 'lossy'),
    thanValue: 24.1,
    difference: { value: 206.9, low: 180, high: 240 },
    conclusion: 'more',
    ...changes,
  };
}

export function verdict(changes: Partial<Verdict> = {}): Verdict {
  return {
    sentence: 'Over UDP, data may arrive out of order or be lost.',
    test: 'may-lose-or-reorder',
    transport: 'udp',
    outcome: 'held',
    evidence: [evidence('lossy', { lost: 146, reordered: 3 })],
    vanishing: [],
    figures: [],
    untested: [],
    ...changes,
  };
}

export function differing(
  conclusion: ComparedFigure['conclusion'],
  value?: SignedReading,
  low?: SignedReading,
  high?: SignedReading,
): ComparedFigure {
  if (value === undefined) return { conclusion };
  return {
    difference: low === undefined || high === undefined ? { value } : { value, low, high },
    conclusion,
  };
}

export const NO_PAIRS: PairGrid = { stepsPerDecade: 20, baselineMs: [], otherMs: [], pairs: [] };

export function comparison(changes: Partial<Comparison> = {}): Comparison {
  return {
    link: 'clean',
    point: '',
    baseline: 'tcp',
    other: 'udp',
    figures: {
      loss: differing('no-difference', 0, 0, 0),
      'delay-p50': differing('less', -20.2, -20.4, -20.1),
      'delay-p99': differing('no-difference', -21.7, -29, 2),
    },
    pairs: {
      figures: {
        'other-earlier': { value: 0.98, low: 0.95, high: 0.99 },
        'other-ahead-p50': { value: 20.1, low: 20, high: 20.3 },
        'baseline-earlier': { value: 0.02, low: 0.01, high: 0.05 },
        'baseline-ahead-p50': { value: 1.4, low: 0.2, high: 3.1 },
        tied: { value: 0 },
        'only-baseline': { value: 0 },
        'only-other': { value: 0 },
      },
      differenceMs: { 0.5: 20.1 },
      grid: NO_PAIRS,
    },
    ...changes,
  };
}

const text = (title: string, unit: string): MetricText => ({
  title,
  unit,
  formula: `how ${title} is reckoned`,
  source: 'ours',
  reading: `What ${title} says.`,
});

const METRICS: Readonly<Record<string, MetricText>> = {
  sent: text('sent', 'messages'),
  delivered: text('delivered', 'messages'),
  lost: text('lost', 'messages'),
  loss: text('loss', 'share'),
  replicated: text('replicated', 'share'),
  damaged: text('damaged', 'copies'),
  refused: text('refused', 'messages'),
  reordered: text('reordered', 'share'),
  'delay-min': text('delay min', 'ms'),
  'delay-p50': text('delay p50', 'ms'),
  'delay-p90': text('delay p90', 'ms'),
  'delay-p99': text('delay p99', 'ms'),
  'delay-max': text('delay max', 'ms'),
  'round-trip-p50': text('round trip p50', 'ms'),
  goodput: text('goodput', 'bit/s'),
  blocked: text('blocked', 'share'),
  'blocked-mean': text('blocked mean', 'ms'),
  'set-up-p50': text('set-up p50', 'ms'),
  'wire-bytes-per-byte': text('wire bytes per byte', 'ratio'),
  'timer-error-p99': text('timer error p99', 'ms'),
};

export const LOAD: WorkloadSummary = {
  pattern: 'pairs',
  users: 8,
  flows: 4,
  arrivals: { kind: 'constant' },
  isClosedLoop: false,
  ratePerSecond: 500,
  durationMs: 1000,
  sizes: { kind: 'fixed', bytes: 200 },
  workers: 1,
};

const LINKS = { clean: 'no impairment', lossy: 'delay 10ms loss 5%' };

export function point(name = '', values: Readonly<Record<string, string>> = {}): PointSummary {
  return { name, values, links: LINKS, workload: LOAD };
}

/** A run over the relay, in which one cell could not be measured. */
export function result(changes: Partial<RunResult> = {}): RunResult {
  return {
    format: 'transport-lab run',
    version: 3,
    status: { kind: 'complete' },
    scenario: {
      name: 'intro',
      title: 'Two sentences about TCP and UDP',
      question:
        'An introduction says that TCP delivers everything and that UDP may lose data. Is it so, and how often?',
      lookFor: 'The lossy link takes messages from UDP.',
      teaches: '',
      contestants: ['tcp', 'udp'].map((name) => ({ name, transport: name, knobs: {}, kernel: {} })),
      links: Object.keys(LINKS),
      points: [point()],
      chance: { mode: 'time', slotMs: 1 },
      repetitions: 3,
      waitingMs: 3000,
    },
    backend: 'relay',
    seed: 44765,
    command: 'lab run intro --backend relay --seed 44765',
    environment: {
      startedAt: '2026-01-31T12:00:00.000Z',
      tookMs: 28_431,
      lab: '0.1.0',
      node: 'v20.19.0',
      system: 'Linux 6.1.0',
      processor: 'A Processor @ 2.00GHz',
      cores: 2,
      memoryBytes: 8 * 2 ** 30,
      kernel: { 'net.ipv4.tcp_congestion_control': 'cubic' },
    },
    metrics: METRICS,
    cells: [
      cell('clean', 'tcp', figures()),
      cell('clean', 'udp', figures({ 'delay-p50': figure(0.095, 0.09, 0.1), 'delay-p99': figure(3.3, 1.1, 32) })),
      notAvailable('lossy', 'tcp', { kind: 'relay-cannot-touch-segments', backend: 'relay', asked: ['loss 5%'] }),
      cell('lossy', 'udp', LOSSY),
    ],
    comparisons: [comparison()],
    fairness: [{ what: 'congestion-control', values: { tcp: { kind: 'name', name: 'cubic' }, udp: { kind: 'none' } } }],
    vanishing: [],
    verdicts: [
      verdict({
        sentence: 'TCP delivers everything, in order, without error.',
        test: 'delivers-everything',
        transport: 'tcp',
        outcome: 'partly',
        evidence: [evidence('clean')],
        untested: [{ link: 'lossy', point: '', kind: 'not-available' }],
      }),
      verdict(),
    ],
    warnings: [],
    ...changes,
  };
}
