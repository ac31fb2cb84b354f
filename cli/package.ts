// Where the package lies, and what it says of itself.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json; this file runs from dist/cli. */
const ROOT = new URL('../../', import.meta.url);

export function labVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as { version: string };
  return version;
}

export const SCENARIO_FOLDER = fileURLToPath(new URL('scenarios/', ROOT));
