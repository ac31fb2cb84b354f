// Scenarios by name, from the library, or by file.
import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { readScenario } from '../../src/bench/scenario/read-scenario.ts';
import type { Scenario } from '../../src/bench/scenario/scenario.ts';
import { CallerError } from '../../src/core/errors.ts';
import { SCENARIO_FOLDER } from '../package.ts';
import { VOCABULARY } from './vocabulary.ts';

export interface NamedScenario {
  /** As it was asked for: a name of the library, or a file. */
  readonly given: string;
  readonly name: string;
  readonly scenario: Scenario;
  /** The file as it is. */
  readonly text: string;
}

/** @throws CallerError where there is none (naming those there are), or where it is not as it must be */
export async function findScenario(nameOrFile: string): Promise<NamedScenario> {
  const isFile = /\.ya?ml$/.test(nameOrFile);
  const names = await libraryNames();
  if (!isFile && !names.includes(nameOrFile)) {
    throw new CallerError(
      `There is no scenario "${nameOrFile}". The library has: ${names.join(', ')}. A file ends in .yaml.`,
    );
  }
  const file = isFile ? nameOrFile : join(SCENARIO_FOLDER, `${nameOrFile}.yaml`);
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new CallerError(`The scenario ${file} can't be read: ${error.message}.`);
  });
  const name = basename(file, extname(file));
  return { given: nameOrFile, name, text, scenario: readScenario(text, file, VOCABULARY) };
}

async function libraryNames(): Promise<string[]> {
  const files = await readdir(SCENARIO_FOLDER);
  return files
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .sort();
}
