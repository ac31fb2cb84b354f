// Starts a measurement in a process of its own and waits for what it found.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { AnalysisFigures, AnalysisSettings } from './analysis.ts';
import type { LoadFigures, LoadSettings } from './load.ts';

interface Measurements {
  readonly load: { readonly settings: LoadSettings; readonly figures: LoadFigures };
  readonly analysis: { readonly settings: AnalysisSettings; readonly figures: AnalysisFigures };
}

/** @throws where it ends without having found anything; it has said why by then */
export async function measure<What extends keyof Measurements>(
  what: What,
  settings: Measurements[What]['settings'],
): Promise<Measurements[What]['figures']> {
  const child = fork(fileURLToPath(new URL('./child.js', import.meta.url)), [what, JSON.stringify(settings)]);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the measurement of ${what} ended with ${code}`);
  });
  const [figures] = await Promise.race([once(child, 'message'), ended]);
  await ended.catch(() => {});
  return figures;
}
