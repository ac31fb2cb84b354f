// Ctrl-C and a supervisor's SIGTERM, as a promise and as an AbortSignal. The second one ends the program at once.

export interface StopSignal {
  readonly promise: Promise<void>;
  readonly abort: AbortSignal;
  /** Which one came; undefined until then. */
  readonly signal: string | undefined;
}

const EXIT_KILLED = 130;

export function stopSignal(): StopSignal {
  const controller = new AbortController();
  let signal: string | undefined;
  const promise = new Promise<void>((resolve) => {
    const stop = (name: string) => {
      if (signal !== undefined) process.exit(EXIT_KILLED);
      signal = name;
      controller.abort();
      resolve();
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
  });
  return {
    promise,
    abort: controller.signal,
    get signal() {
      return signal;
    },
  };
}
