// Shows a file to a person in whatever this system opens pages with. That nothing does is told, and is no failure: the file
// is there.
import { spawn } from 'node:child_process';

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Resolves when the opener has started, or is known to be missing. */
export function openInBrowser(file: string): Promise<void> {
  const [program, ...before] = OPENERS[process.platform] ?? ['xdg-open'];
  return new Promise((resolve) => {
    const opener = spawn(program!, [...before, file], { stdio: 'ignore', detached: true });
    opener.once('spawn', () => {
      opener.unref();
      resolve();
    });
    opener.once('error', (error) => {
      process.stderr.write(`${file} was not opened: ${error.message}. Open it with a browser.\n`);
      resolve();
    });
  });
}
