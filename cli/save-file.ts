// What somebody asks to have in a file of his own.
import { writeFile } from 'node:fs/promises';
import { MachineError } from '../src/core/errors.ts';
import { codeOf } from '../src/core/machine-fault.ts';

/** @throws MachineError that names the file */
export async function saveFile(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch(notWritten(file));
}

/** @returns what throws a MachineError that names the file */
export function notWritten(file: string): (error: Error) => never {
  return (error) => {
    throw new MachineError(codeOf(error), `${file} could not be written: ${error.message}.`);
  };
}
