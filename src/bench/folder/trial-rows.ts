// The rows of some trials in a run's tables, and of no others: for a run that is gone on with.
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

export async function tablesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.csv.gz') && !name.startsWith('.'));
}

/**
 * Writes the table anew with the rows of these trials, and puts it in the old one's place when it is whole.
 * @returns its size in bytes
 */
export async function keepRows(file: string, trials: ReadonlySet<number>): Promise<number> {
  const beside = `${file}.new`;
  await rm(beside, { force: true });
  await pipeline(Readable.from(rowsOf(file, trials)), createGzip(), createWriteStream(beside, { flags: 'wx' }));
  await rename(beside, file);
  return (await stat(file)).size;
}

async function* rowsOf(file: string, trials: ReadonlySet<number>): AsyncGenerator<string> {
  let column = -1;
  try {
    for await (const line of linesOf(file)) {
      if (column < 0) {
        column = line.split(',').indexOf('trial');
        yield `${line}\n`;
      } else if (trials.has(trialOf(line, column))) yield `${line}\n`;
    }
  } catch (error) {
    if (!isCutShort(error)) throw error;
  }
}

/** Far longer than any: what goes on without an end is no table, and would fill the memory. */
const LONGEST_LINE = 100_000;

/** The lines of a compressed table. @throws what the file system or zlib say, or an Error where a line has no end */
export async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const unzipped = source.pipe(createGunzip());
  source.on('error', (error) => unzipped.destroy(error));
  unzipped.setEncoding('utf8');
  let rest = '';
  for await (const chunk of unzipped as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    if (rest.length > LONGEST_LINE) throw new Error(`a line has more than ${LONGEST_LINE} characters`);
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** The columns before it may be quoted, and hold a comma then. */
function trialOf(line: string, column: number): number {
  const fields = line.replace(/"(?:[^"]|"")*"/g, '').split(',');
  return Number(fields[column]);
}

/** A killed run may have left half a gzip member at the end: what is before it counts. */
export function isCutShort(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
