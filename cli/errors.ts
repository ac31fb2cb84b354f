// How an error is told to a person: one line for what he or his machine can mend, a trace for what only we can.
import { CallerError, MachineError, PeerError } from '../src/core/errors.ts';
import { LinkMachineError } from '../src/link/machine-error.ts';
import { printable } from './printable.ts';

/** The command line was not understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/** Writes it to stderr and answers the exit code. */
export function tellError(error: unknown): number {
  const isCallers = error instanceof CallerError || error instanceof UsageError;
  const isKnown =
    isCallers || error instanceof MachineError || error instanceof LinkMachineError || error instanceof PeerError;
  process.stderr.write(
    isKnown ? `lab: ${oneLine(error.message)}\n` : `lab: a bug: ${(error as Error)?.stack ?? String(error)}\n`,
  );
  return isCallers ? EXIT_USAGE : EXIT_FAILED;
}

/** A message may quote a file, or what a server said. */
function oneLine(text: string): string {
  return printable(text.trim().replace(/\s*\n\s*/g, ' '));
}
