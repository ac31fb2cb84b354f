// How large a report is and how long it takes to make, from the run's folder on: `npm run bench:reports`. A million messages
// over two contestants, made up; and the largest runs of the gallery.
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { htmlReport } from '../../reports/html/page.ts';
import { told } from '../../reports/language/told.ts';
import { readResult } from '../../src/bench/folder/read-result.ts';
import { millionMessages } from './million.ts';

const { values } = parseArgs({
  options: { messages: { type: 'string', default: '1000000' }, repetitions: { type: 'string', default: '8' } },
});

/** From the folder of this file in dist. */
const REFERENCE = fileURLToPath(new URL('../../../reports/reference/', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'reports-'));
try {
  const result = millionMessages(await readResult(join(REFERENCE, 'intro')), {
    messages: Number(values.messages),
    repetitions: Number(values.repetitions),
  });
  writeFileSync(join(folder, 'run.json'), `${JSON.stringify(result, null, 2)}\n`);
  console.log('                          messages   run.json     page   time');
  await measure('made up', folder);
  for (const name of readdirSync(REFERENCE)) {
    if (statSync(join(REFERENCE, name)).isDirectory()) await measure(name, join(REFERENCE, name));
  }
} finally {
  rmSync(folder, { recursive: true });
}

async function measure(name: string, run: string): Promise<void> {
  const startMs = performance.now();
  const result = await readResult(run);
  const page = htmlReport(told(result, 'en'));
  const ms = performance.now() - startMs;
  const messages = result.cells.reduce((sum, { figures }) => sum + (figures?.['sent']?.value ?? 0), 0);
  const columns = [
    name.padEnd(24),
    messages.toLocaleString('en-US').padStart(10),
    megabytes(JSON.stringify(result).length),
    megabytes(Buffer.byteLength(page)),
    `${(ms / 1000).toFixed(2)} s`.padStart(7),
  ];
  console.log(columns.join(' '));
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`.padStart(8);
}
