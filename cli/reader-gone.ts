// A reader of stdout that has seen enough, as in `lab report RUN | head`, is no fault: the program ends. Who has others to
// take leave of does that first.

let leave = (): void => process.exit();

/** From now on such a reader ends the program this way; it may be called several times. */
export function whenReaderIsGone(how: () => void): void {
  leave = how;
}

export function watchReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    leave();
  });
}
