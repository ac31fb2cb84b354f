// Results of runs that never took place: every figure is chosen, so that a report of them is known beforehand.
import type { Cell, CellEvidence, Figures, Repetition, RunResult, Verdict } from '../../src/bench/result.ts';

export function figures(changes: Partial<Figures> = {}): Figures {
  return {
    sent: 1500,
    delivered: 1500,
    lost: 0,
    loss: { ratio: 0, low: 0, high: 0.00255 },
    duplicates: 0,
    duplication: 0,
    reordered: 0,
    reordering: 0,
    longestReorderingExtent: 0,
    damaged: 0,
    refused: 0,
    delayMs: { min: 20.04, p50: 20.31, p90: 21.7, p99: 24.96, max: 31.2 },
    timerErrorMs: { p50: 0.021, p99: 0.35 },
    setUpMs: 41.9,
    goodputBitsPerSecond: 786_432,
    ...changes,
  };
}

export const LOSSY = figures({
  delivered: 1354,
  lost: 146,
  loss: { ratio: 146 / 1500, low: 0.0834, high: 0.1134 },
  reordered: 3,
  reordering: 3 / 1354,
  longestReorderingExtent: 2,
  delayMs: { min: 20.04, p50: 20.31, p90: null, p99: null, max: null },
});

export const NOTHING_DELIVERED = figures({
  delivered: 0,
  lost: 1500,
  loss: { ratio: 1, low: 0.99745, high: 1 },
  duplication: undefined,
  reordering: undefined,
  delayMs: { min: null, p50: null, p90: null, p99: null, max: null },
  timerErrorMs: undefined,
  setUpMs: undefined,
  goodputBitsPerSecond: undefined,
});

export const ONE_MESSAGE = figures({
  sent: 1,
  delivered: 1,
  loss: { ratio: 0, low: 0, high: 0.7935 },
  delayMs: { min: 0.08, p50: 0.08, p90: 0.08, p99: 0.08, max: 0.08 },
  goodputBitsPerSecond: undefined,
});

/** No column can be wider than with these. */
export const HUGE = figures({
  sent: 10_000_000_000,
  delivered: 9_876_543_210,
  lost: 123_456_790,
  loss: { ratio: 0.999_999, low: 0.999_99, high: 1 },
  duplicates: 1_234_567_890,
  reordered: 999_999_999,
  reordering: 0.999_999,
  delayMs: { min: 1e-7, p50: null, p90: null, p99: 3_599_999.9, max: null },
});

export function measured(number: number, of: Figures): Repetition {
  return { number, channelSeed: 7 * number, outcome: { kind: 'measured', figures: of, link: undefined } };
}

export function failed(number: number, why: string): Repetition {
  return { number, channelSeed: 7 * number, outcome: { kind: 'failed', why } };
}

export function cell(link: string, transport: string, of: Figures): Cell {
  return { link, transport, figures: of, repetitions: [measured(1, of)] };
}

export function notAvailable(link: string, transport: string, why: string): Cell {
  return { link, transport, notAvailable: why, repetitions: [] };
}

export function evidence(link: string, changes: Partial<CellEvidence> = {}): CellEvidence {
  return { link, sent: 1500, lost: 0, duplicates: 0, reordered: 0, damaged: 0, ...changes };
}

export function verdict(changes: Partial<Verdict> = {}): Verdict {
  return {
    sentence: 'Over UDP, data may arrive out of order or be lost.',
    test: 'may-lose-or-reorder',
    transport: 'udp',
    outcome: 'held',
    evidence: [evidence('lossy', { lost: 146, reordered: 3 })],
    vanishing: [],
    untested: [],
    ...changes,
  };
}

/** A run over the relay, in which one cell could not be measured. */
export function result(changes: Partial<RunResult> = {}): RunResult {
  return {
    format: 'transport-lab run',
    version: 1,
    status: { kind: 'complete' },
    scenario: {
      name: 'intro',
      title: 'Two sentences about TCP and UDP',
      question:
        'An introduction says that TCP delivers everything and that UDP may lose data. Is it so, and how often?',
      lookFor: 'The lossy link takes messages from UDP.',
      transports: ['tcp', 'udp'],
      links: { clean: 'nothing', lossy: 'delay 10ms loss 5%' },
      chance: { mode: 'time', slotMs: 1 },
      workload: {
        pattern: 'pairs',
        arrivals: 'constant',
        pairs: 4,
        ratePerSecond: 500,
        durationMs: 1000,
        bodyBytes: 200,
        workers: 1,
      },
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
    cells: [
      cell('clean', 'tcp', figures()),
      cell('clean', 'udp', figures({ delayMs: { min: 0.04, p50: 0.095, p90: 0.17, p99: 3.3, max: 9.65 } })),
      notAvailable('lossy', 'tcp', "a TCP stream can't lose segments there (asked: loss 5%)"),
      cell('lossy', 'udp', LOSSY),
    ],
    vanishing: [],
    verdicts: [
      verdict({
        sentence: 'TCP delivers everything, in order, without error.',
        test: 'delivers-everything',
        transport: 'tcp',
        outcome: 'partly',
        evidence: [evidence('clean')],
        untested: [{ link: 'lossy', kind: 'not-available', why: "a TCP stream can't lose segments there" }],
      }),
      verdict(),
    ],
    ...changes,
  };
}
