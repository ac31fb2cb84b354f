// Runs scenarios of the library, one after the other, and keeps each run's result.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { LAB, REFERENCE } from './places.ts';

export async function measure(names: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'gallery-'));
  try {
    for (const name of names) await measureOne(name, join(folder, name));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measureOne(name: string, out: string): Promise<void> {
  const lab = spawn(process.execPath, [LAB, 'run', name, '--out', out], { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = await once(lab, 'exit');
  if (code !== 0) throw new Error(`lab run ${name} ended with ${code}: the reference keeps what it had.`);
  const result: unknown = JSON.parse(await readFile(join(out, 'run.json'), 'utf8'));
  await mkdir(join(REFERENCE, name), { recursive: true });
  await writeFile(join(REFERENCE, name, 'run.json.gz'), gzipSync(JSON.stringify(result), { level: 9 }));
}
