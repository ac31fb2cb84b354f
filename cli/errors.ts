// How an error is told to a person: one line for what he or his machine can mend, a trace for what only we can.
import { openFilesLimit } from '../src/bench/run/open-files.ts';
import { CallerError, MachineError, PeerError } from '../src/core/errors.ts';
import { codeOf } from '../src/core/machine-fault.ts';
import { LinkMachineError } from '../src/link/machine-error.ts';
import { printable } from './printable.ts';

/** The command line was not understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/** Under it the lab's own modules may not all be opened, as they are loaded many at once. */
const FILES_TO_START = 256;

/** Writes it to stderr and answers the exit code. */
export function tellError(error: unknown): number {
  const isCallers = error instanceof CallerError || error instanceof UsageError;
  const isKnown =
    isCallers || error instanceof MachineError || error instanceof LinkMachineError || error instanceof PeerError;
  const short = isKnown ? undefined : tooFewFilesToStart(error);
  if (short !== undefined) process.stderr.write(`lab: ${short}\n`);
  else
    process.stderr.write(
      isKnown ? `lab: ${oneLine(error.message)}\n` : `lab: a bug: ${(error as Error)?.stack ?? String(error)}\n`,
    );
  return isCallers ? EXIT_USAGE : EXIT_FAILED;
}

/** Where no file can be opened, Node does not find a module that is there. */
function tooFewFilesToStart(error: unknown): string | undefined {
  if (!['EMFILE', 'ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes(codeOf(error))) return undefined;
  const limit = openFilesLimit() ?? Number.POSITIVE_INFINITY;
  if (limit >= FILES_TO_START) return undefined;
  return `This process may have ${limit} files open at once, and the lab needs more to start. Raise the limit (ulimit -n 1024).`;
}

/** A message may quote a file, or what a server said. */
function oneLine(text: string): string {
  return printable(text.trim().replace(/\s*\n\s*/g, ' '));
}
