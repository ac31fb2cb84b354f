// A run read back from its folder, by whoever makes a report of it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CallerError } from '../../core/errors.ts';
import { codeOf } from '../../core/machine-fault.ts';
import { RESULT_FORMAT, RESULT_VERSION, type RunResult } from '../result.ts';
import { damageOf } from './result-schema.ts';
import { RESULT_FILE } from './run-folder.ts';

/** @throws CallerError where the folder holds no run that this program can read, with what is wrong */
export async function readResult(folder: string): Promise<RunResult> {
  const file = join(folder, RESULT_FILE);
  const text = await readText(file).catch((error) => {
    if (error instanceof CallerError) throw error;
    const isMissing = codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
    const why = isMissing ? `it has no ${RESULT_FILE}` : String(error.message);
    throw new CallerError(`${folder} is no run: ${why}. Give a folder that "lab run" wrote.`);
  });
  const { format, version, ...rest } = parseJson(text, file);
  if (format !== RESULT_FORMAT) throw new CallerError(`${file} is no run of transport-lab.`);
  if (version !== RESULT_VERSION) {
    throw new CallerError(
      `${file} has version ${version} of the format, and this program reads version ${RESULT_VERSION}. Use the lab that wrote it.`,
    );
  }
  const result = { format, version, ...rest };
  // Who edited the file by hand is told what is wrong, and no report has to ask again.
  const damage = damageOf(result);
  if (damage !== undefined) throw new CallerError(`${file} is damaged: ${damage}.`);
  return result as RunResult;
}

/** A run that is kept for long may be compressed. */
async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    const bytes = await readFile(`${file}.gz`).catch(() => {
      throw error;
    });
    return unzipped(bytes, `${file}.gz`);
  }
}

/** A few kilobytes can be packed that unpack to all memory that there is; the largest run that is known has a hundredth of it. */
const LARGEST_RESULT_BYTES = 256 * 2 ** 20;

function unzipped(bytes: Uint8Array, file: string): string {
  try {
    return gunzipSync(bytes, { maxOutputLength: LARGEST_RESULT_BYTES }).toString('utf8');
  } catch (error) {
    const isHuge = codeOf(error) === 'ERR_BUFFER_TOO_LARGE';
    const why = isHuge ? `unpacked it has more than ${LARGEST_RESULT_BYTES} bytes` : (error as Error).message;
    throw new CallerError(`${file} is damaged: ${why}.`);
  }
}

function parseJson(text: string, file: string): Partial<Record<keyof RunResult, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch (error) {
    throw new CallerError(`${file} is damaged: ${(error as Error).message.replace(/\s+/g, ' ')}.`);
  }
}
