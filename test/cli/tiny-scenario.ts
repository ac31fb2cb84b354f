// A scenario that takes a second, in a folder that goes away with the test.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Cell, Reading, RunResult } from '../../src/bench/result.ts';

export const TINY = `
title: A tiny experiment
question: Does it run?
lookFor: That it does.
transports: [tcp, udp]
links:
  clean: {}
  lossy: { loss: 20%, delay: 2ms }
workload: { users: 4, ratePerSecond: 500, duration: 200ms, bodyBytes: 64 }
repetitions: 1
waitingTime: 200ms
`;

/** For what must all arrive: a busy machine may keep a message longer than the link does. */
export const PATIENT = TINY.replace('waitingTime: 200ms', 'waitingTime: 3s');

export interface Workshop {
  readonly file: string;
  /** Where the run may go; it is not there yet. */
  readonly out: string;
}

/** @param mode who may enter it */
export function workshop(scenario = TINY, mode = 0o700): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'lab-'));
  chmodSync(folder, mode);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'tiny.yaml');
  writeFileSync(file, scenario);
  return { file, out: join(folder, 'run') };
}

export function resultIn(folder: string): RunResult {
  return JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
}

/** A cell's figures without their intervals. */
export function valuesOf({ figures = {} }: Cell): Record<string, Reading> {
  return Object.fromEntries(Object.entries(figures).map(([metric, { value }]) => [metric, value]));
}
