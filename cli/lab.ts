#!/usr/bin/env node
// The program `lab`. What everybody asks first, its help, is a text made at build time: yargs alone takes as long to load
// as Node itself (docs/decisions/0003-help-is-made-at-build-time.md).
import { readFileSync } from 'node:fs';
import { watchReader } from './reader-gone.ts';

watchReader();

const asked = process.argv.slice(2);
const asksForHelp = asked.length === 0 || (asked.length === 1 && ['--help', '-h', 'help'].includes(asked[0]!));

if (asksForHelp) process.stdout.write(readFileSync(new URL('./help.txt', import.meta.url)));
else {
  try {
    await (await import('./program.ts')).main(asked);
  } catch (error) {
    // It could not be loaded, and where no file can be opened, nor can what would tell it.
    const { tellError } = await import('./errors.ts').catch(() => ({ tellError: tellShortly }));
    process.exitCode = tellError(error);
  }
}

function tellShortly(error: unknown): number {
  process.stderr.write(
    `lab: it can't be loaded: ${(error as Error).message}. Raise the limit of open files (ulimit -n 1024).\n`,
  );
  return 1;
}
