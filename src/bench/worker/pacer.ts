// Does things at planned instants, as nearly as an event loop can: a timer up to shortly before, then turns of the loop,
// in which arrivals are still dealt with.

export interface PacerTools {
  readonly clock: () => number;
  readonly signal: AbortSignal;
}

/** A timer of Node may be a millisecond late, and more under load. */
const TIMER_SLACK_NS = 2e6;

/**
 * Calls `act` with every index at its instant (absolute, ascending), or as soon after as the loop comes round. Resolves
 * after the last one, or at once when the signal comes; rejects with what `act` throws.
 */
export function pace(dueNs: Float64Array, act: (index: number) => void, { clock, signal }: PacerTools): Promise<void> {
  const { promise, resolve, reject } = withResolvers();
  let next = 0;
  let timer: NodeJS.Timeout | undefined;
  const step = () => {
    if (signal.aborted) return resolve();
    const nowNs = clock();
    try {
      while (next < dueNs.length && dueNs[next]! <= nowNs) act(next++);
    } catch (error) {
      return reject(error);
    }
    if (next === dueNs.length) return resolve();
    const waitNs = dueNs[next]! - clock();
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
