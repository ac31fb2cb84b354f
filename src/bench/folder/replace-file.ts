// A file that is replaced is whole at every instant: whoever reads it finds the old one or the new one, and nothing is left
// of one that could not be written.
import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Rejects where it can't be written; the old one stands then. A link that stands there is replaced, and not followed. */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}`);
  try {
    await rm(beside, { force: true });
    await writeFile(beside, content, { ...FLUSHED, flag: 'wx' });
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {});
    throw error;
  }
}

/** On the disk, and not only on its way there. */
export const FLUSHED = { flush: true } as const;
