// The experiment that a newcomer runs first, as he runs it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Row } from './table.ts';

const LAB = fileURLToPath(new URL('../../cli/lab.js', import.meta.url));
/** About a minute. */
const LIMIT_SECONDS = 75;

export async function introRows(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lab-bench-'));
  const startMs = performance.now();
  const stdio = ['ignore', 'ignore', 'inherit'] as const;
  const lab = spawn(process.execPath, [LAB, 'run', 'intro', '--json', '--out', join(folder, 'run')], {
    stdio: [...stdio],
  });
  const [code] = await once(lab, 'exit');
  const seconds = (performance.now() - startMs) / 1000;
  rmSync(folder, { recursive: true, force: true });
  return [
    {
      what: 'lab run intro',
      measured: `${seconds.toFixed(1)} s${code === 0 ? '' : `, and it ended with ${code}`}`,
      wanted: `about a minute: under ${LIMIT_SECONDS} s`,
      isReached: code === 0 && seconds < LIMIT_SECONDS,
    },
  ];
}
