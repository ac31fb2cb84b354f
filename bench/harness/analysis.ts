// What the controller does with the records of a trial, on records that are made up. No process, no socket.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { compareCells } from '../../src/bench/figures/comparisons.ts';
import { GrowingCell } from '../../src/bench/figures/growing-cell.ts';
import { tablesOf } from '../../src/bench/folder/trial-tables.ts';
import { analyse, noteTrial, SEED, workloadOf } from '../made-up-trials.ts';
import { peakBytes } from './process-costs.ts';

export interface AnalysisSettings {
  readonly messages: number;
  readonly repetitions: number;
}

export interface AnalysisFigures {
  /** Of one trial: records put together, observed, accounted for, and every metric's sample taken; medians. */
  readonly trialMs: number;
  /** The rows of one trial as text. */
  readonly tableMs: number;
  /** Figures of all repetitions of one cell with their intervals. */
  readonly figuresMs: number;
  /** Two such cells set side by side, and message by message. */
  readonly comparisonMs: number;
  /** What the controller keeps of all those repetitions, when the rest is gone. */
  readonly keptBytes: number;
  readonly peakBytes: number;
}

const TRANSPORTS = ['tcp', 'udp'] as const;

export function measureAnalysis({ messages, repetitions }: AnalysisSettings): AnalysisFigures {
  const workload = workloadOf(messages);
  const cells = TRANSPORTS.map((transport) => new GrowingCell({ transport, link: 'made up', point: '' }));
  const trialsMs: number[] = [];
  const tablesMs: number[] = [];
  const before = heldBytes();
  for (let repetition = 1; repetition <= repetitions; repetition++) {
    for (const cell of cells) {
      const noted = noteTrial(workload, repetition, cell.name.transport === 'udp');
      const startMs = performance.now();
      const trial = analyse(noted, workload, repetition, cell);
      cell.add(trial);
      trialsMs.push(performance.now() - startMs);
      if (repetition <= 2) tablesMs.push(took(() => tablesOf(trial).flatMap(({ chunks }) => [...chunks].length)));
    }
  }
  const keptBytes = heldBytes() - before;
  const figuresMs = took(() => cells[0]!.cell(SEED));
  const comparisonMs = took(() => compareCells(cells[0]!, cells[1]!, false, SEED));
  return {
    trialMs: median(trialsMs),
    tableMs: median(tablesMs),
    figuresMs,
    comparisonMs,
    keptBytes,
    peakBytes: peakBytes(process.pid),
  };
}

function took(work: () => unknown): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

/** What is alive: objects, and the bytes of arrays. */
function heldBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
