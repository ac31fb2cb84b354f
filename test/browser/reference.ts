// Runs of the gallery: real figures for tests of pages.
import { fileURLToPath } from 'node:url';
import { readResult } from '../../src/bench/folder/read-result.ts';
import type { RunResult } from '../../src/bench/result.ts';

export function reference(scenario: string): Promise<RunResult> {
  return readResult(fileURLToPath(new URL(`../../reports/reference/${scenario}`, import.meta.url)));
}
