// The same link for the lab and for tools that people trust: what each of them says of it.
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { onTestFinished, type TestContext } from 'vitest';
import type { RunResult } from '../../src/bench/result.ts';
import { LAB } from '../cli/lab.ts';
import { needs } from '../support/ability.ts';

const execute = promisify(execFile);

export function needsTools(context: TestContext, ...programs: string[]): void {
  needs(context, process.getuid?.() === 0 && existsSync('/dev/net/tun'), 'it needs root and /dev/net/tun');
  for (const name of programs) {
    needs(context, spawnSync('sh', ['-c', `command -v ${name}`]).status === 0, `it needs the program ${name}`);
  }
}

export function workshop(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lab-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a scenario over the packet emulator; answers its result, and the folder that it is in. */
export async function labRun(folder: string, scenario: string): Promise<{ result: RunResult; out: string }> {
  const file = join(folder, 'scenario.yaml');
  const out = join(folder, 'run');
  writeFileSync(file, scenario);
  await execute(process.execPath, [LAB, 'run', file, '--backend', 'tun', '--out', out]);
  return { result: JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')), out };
}

/** Delays of all messages that came, in ms, in the order of sending; NaN for those that did not. */
export function labDelaysMs(out: string): number[] {
  const [head, ...rows] = gunzipSync(readFileSync(join(out, 'messages.csv.gz')))
    .toString()
    .trim()
    .split('\n');
  const at = (name: string) => head!.split(',').indexOf(name);
  const [message, planned, arrived, copy] = ['message', 'planned_ns', 'arrived_ns', 'copy'].map(at) as [
    number,
    number,
    number,
    number,
  ];
  const delays: number[] = [];
  for (const row of rows.map((line) => line.split(','))) {
    if (row[copy] === '0') delays[Number(row[message])] = Number.NaN;
    if (row[copy] === '1') delays[Number(row[message])] = (Number(row[arrived]) - Number(row[planned])) / 1e6;
  }
  return delays;
}

/** Runs a command across the same link; answers what it printed. */
export function across(link: readonly string[], command: readonly string[], server?: string): string {
  const options = server === undefined ? link : [...link, '--server', server];
  return execFileSync(process.execPath, [LAB, 'link', 'run', ...options, '--', ...command], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}
