// A run read back from its folder, by whoever makes a report of it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CallerError } from '../core/errors.ts';
import { codeOf } from '../core/machine-fault.ts';
import { RESULT_FORMAT, RESULT_VERSION, type RunResult } from './result.ts';
import { RESULT_FILE } from './run-folder.ts';

/** @throws CallerError where the folder holds no run that this program can read, with what is wrong */
export async function readResult(folder: string): Promise<RunResult> {
  const file = join(folder, RESULT_FILE);
  const text = await readFile(file, 'utf8').catch((error) => {
    const why =
      codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR' ? `it has no ${RESULT_FILE}` : String(error.message);
    throw new CallerError(`${folder} is no run: ${why}. Give a folder that "lab run" wrote.`);
  });
  const result = parseJson(text, file);
  if (result.format !== RESULT_FORMAT) throw new CallerError(`${file} is no run of transport-lab.`);
  if (result.version === RESULT_VERSION) return whole(result, file);
  throw new CallerError(
    `${file} has version ${result.version} of the format, and this program reads version ${RESULT_VERSION}. Use the lab that wrote it.`,
  );
}

/** Who edited the file by hand is told what is missing, and no report has to ask again. */
function whole(result: Partial<Record<keyof RunResult, unknown>>, file: string): RunResult {
  const missing = [
    ...['status', 'scenario', 'environment'].filter((key) => !isObject(result[key as keyof RunResult])),
    ...['cells', 'vanishing', 'verdicts'].filter((key) => !Array.isArray(result[key as keyof RunResult])),
  ];
  if (missing.length === 0) return result as RunResult;
  throw new CallerError(`${file} is damaged: it has no ${missing.join(', ')}.`);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string, file: string): Partial<Record<keyof RunResult, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch (error) {
    throw new CallerError(`${file} is damaged: ${(error as Error).message.replace(/\s+/g, ' ')}.`);
  }
}
