// Does things at planned instants, as nearly as an event loop can: a timer up to shortly before, then turns of the loop,
// in which arrivals are still dealt with.

export interface PacerTools {
  readonly clock: () => number;
  readonly signal: AbortSignal;
}

/** A timer of Node may be a millisecond late, and more under load. */
const TIMER_SLACK_NS = 2e6;

/** Calls `act` with every index at its instant (absolute, ascending), or as soon after as the loop comes round. */
export function pace(dueNs: Float64Array, act: (index: number) => void, { clock, signal }: PacerTools): Promise<void> {
  return new Promise((resolve) => {
    let next = 0;
    const step = () => {
      if (signal.aborted) return resolve();
      const nowNs = clock();
      while (next < dueNs.length && dueNs[next]! <= nowNs) act(next++);
      if (next === dueNs.length) return resolve();
      const waitNs = dueNs[next]! - clock();
      if (waitNs > TIMER_SLACK_NS) setTimeout(step, (waitNs - TIMER_SLACK_NS) / 1e6);
      else setImmediate(step);
    };
    step();
  });
}
