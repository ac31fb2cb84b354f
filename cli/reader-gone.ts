// What is printed may find nobody to read it, or no room. A reader of stdout that has seen enough, as in `lab report RUN |
// head`, is no fault: the program ends, and who has others to take leave of does that first. A disk that is full is one: it
// is told once, costs nothing but what was to be printed, and shows in the exit code.

let leave = (): void => process.exit();

/** From now on such a reader ends the program this way; it may be called several times. */
export function whenReaderIsGone(how: () => void): void {
  leave = how;
}

export function watchReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return leave();
    failOnce(
      `lab: stdout can't be written to, and what is not written is lost: ${error.message}. Send it elsewhere.\n`,
    );
  });
  // There is nowhere to tell it.
  process.stderr.on('error', () => failOnce(''));
}

const EXIT_FAILED = 1;
let hasFailed = false;

/** Whatever the program comes to, not all that it said was heard. */
function failOnce(told: string): void {
  if (hasFailed) return;
  hasFailed = true;
  process.on('exit', () => {
    process.exitCode ||= EXIT_FAILED;
  });
  process.stderr.write(told);
}
