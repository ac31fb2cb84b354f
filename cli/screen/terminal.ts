// The terminal, taken as a whole and given back as it was, whatever happens: another screen, raw keys, a paste in brackets.

export interface TakenTerminal {
  readonly columns: number;
  /** One less than there are: with all of them, the last line would push the first one out. */
  readonly rows: number;
  clear(): void;
  giveBack(): void;
}

export interface TerminalEvents {
  data(chunk: string): void;
  resized(): void;
  /** By a supervisor, or because the terminal itself is gone. */
  stopped(): void;
}

const STOPPING = { SIGTERM: 143, SIGHUP: 129, SIGINT: 130 } as const;

const CLEAR = '\u001b[H\u001b[2J';
const TAKE = `\u001b[?1049h\u001b[?2004h\u001b[?25l${CLEAR}`;
export const GIVE_BACK = '\u001b[?25h\u001b[?2004l\u001b[?1049l';

/** Both ends must be a terminal. */
export function takeTerminal(events: TerminalEvents): TakenTerminal {
  const { stdin, stdout } = process;
  let isTaken = true;
  const data = (chunk: string) => events.data(chunk);
  const resized = () => events.resized();
  let stoppedBy: string | undefined;
  const stopped = (signal: keyof typeof STOPPING) => {
    stoppedBy = signal;
    process.exitCode = STOPPING[signal];
    events.stopped();
  };
  const signals = Object.keys(STOPPING) as (keyof typeof STOPPING)[];
  const giveBack = () => {
    if (!isTaken) return;
    isTaken = false;
    stdin.off('data', data);
    stdout.off('resize', resized);
    process.off('exit', giveBack);
    for (const signal of signals) process.off(signal, stopped);
    stdout.write(GIVE_BACK);
    try {
      stdin.setRawMode(false);
    } catch {
      // Whoever started this process has ended, and the terminal is in other hands already.
    }
    stdin.pause();
    if (stoppedBy !== undefined) process.stderr.write(`lab: stopped by ${stoppedBy}.\n`);
  };
  // A terminal that is gone says so by an error; the signal that comes with it is what counts.
  for (const stream of [stdin, stdout]) stream.on('error', ignore);
  stdout.write(TAKE);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.on('data', data);
  stdout.on('resize', resized);
  // Also where the process ends by an error that nobody caught.
  process.on('exit', giveBack);
  for (const signal of signals) process.on(signal, stopped);
  return {
    get columns() {
      return stdout.columns;
    },
    get rows() {
      return stdout.rows - 1;
    },
    clear: () => void stdout.write(CLEAR),
    giveBack,
  };
}

function ignore(): void {}
