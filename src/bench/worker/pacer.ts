// Does things at planned instants, as nearly as an event loop can: a timer up to shortly before, then turns of the loop,
// in which arrivals are still dealt with.

export interface PacerTools {
  readonly clock: () => number;
  readonly signal: AbortSignal;
}

/** A timer of Node may be a millisecond late, and more under load. */
const TIMER_SLACK_NS = 2e6;

/** What is done, one after the other. */
export interface Plan {
  /** When the next one is due, absolute and never before the one before it; undefined after the last. */
  nextNs(): number | undefined;
  /** Does it. */
  act(): void;
}

/**
 * Does everything at its instant, or as soon after as the loop comes round. Resolves after the last one, or at once when the
 * signal comes; rejects with what `act` throws.
 */
export function pace(plan: Plan, { clock, signal }: PacerTools): Promise<void> {
  const { promise, resolve, reject } = withResolvers();
  let timer: NodeJS.Timeout | undefined;
  const step = () => {
    if (signal.aborted) return resolve();
    const nowNs = clock();
    let dueNs = plan.nextNs();
    try {
      for (; dueNs !== undefined && dueNs <= nowNs; dueNs = plan.nextNs()) plan.act();
    } catch (error) {
      return reject(error);
    }
    if (dueNs === undefined) return resolve();
    const waitNs = dueNs - clock();
    if (waitNs > TIMER_SLACK_NS) timer = setTimeout(step, (waitNs - TIMER_SLACK_NS) / 1e6);
    else setImmediate(step);
  };
  const stop = () => {
    clearTimeout(timer);
    resolve();
  };
  signal.addEventListener('abort', stop, { once: true });
  step();
  return promise.finally(() => signal.removeEventListener('abort', stop));
}

function withResolvers() {
  let resolve: () => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<void>((settle, fail) => {
    resolve = settle;
    reject = fail;
  });
  return { promise, resolve, reject };
}
