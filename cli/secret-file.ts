// The secret that a server shares with its users, in a file that nobody else can read: on a command line everybody could.
import { readFileSync, type Stats, statSync } from 'node:fs';
import { CallerError } from '../src/core/errors.ts';
import { codeOf } from '../src/core/machine-fault.ts';

export const SECRET_FILE_OPTION = {
  type: 'string',
  nargs: 1,
  describe: 'a file with a secret that the server shares with its users; nobody else joins',
} as const;

const FOR_OTHERS = 0o077;
const LARGEST_BYTES = 4096;

/** White space around it does not count. @throws CallerError for a file that can't be read, or that others can read */
export function readSecretFile(file: string): string {
  try {
    return readSecret(file, statSync(file));
  } catch (error) {
    if (error instanceof CallerError) throw error;
    const why = codeOf(error) === 'ENOENT' ? 'is not there' : `can't be read (${codeOf(error)})`;
    throw new CallerError(
      `The file ${file} with the secret ${why}. To make one: (umask 077; openssl rand -base64 24 > ${file})`,
    );
  }
}

function readSecret(file: string, stats: Stats): string {
  const { mode, size } = stats;
  if (stats.isFile() && process.platform !== 'win32' && (mode & FOR_OTHERS) !== 0) {
    const octal = (mode & 0o777).toString(8);
    throw new CallerError(
      `Others may use the file ${file} (its mode is ${octal}), so it holds no secret. Do: chmod 600 ${file}`,
    );
  }
  if (size > LARGEST_BYTES) {
    throw new CallerError(
      `The file ${file} has ${size} bytes, and a secret has ${LARGEST_BYTES} at most. Is it another file?`,
    );
  }
  return readFileSync(file, 'utf8').trim();
}
