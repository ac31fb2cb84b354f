// When which flow sends, decided before anything is sent: an open loop does not wait for what the network does.
import type { Workload } from './scenario.ts';

export interface Schedule {
  /** Sender→receiver pairs. */
  readonly flows: number;
  readonly bodyBytes: number;
  /** One entry a message, in the order of sending. */
  readonly flow: Uint16Array;
  /** Since the origin of the trial. */
  readonly plannedNs: Float64Array;
}

/** Messages at even distances, the flows taking turns. */
export function scheduleFor(workload: Workload): Schedule {
  // The product of two decimals may lie a hair below the whole number that is meant.
  const messages = Math.max(1, Math.floor((workload.ratePerSecond * workload.durationMs) / 1000 + 1e-6));
  const flow = new Uint16Array(messages);
  const plannedNs = new Float64Array(messages);
  for (let i = 0; i < messages; i++) {
    flow[i] = i % workload.pairs;
    plannedNs[i] = (i / workload.ratePerSecond) * 1e9;
  }
  return { flows: workload.pairs, bodyBytes: workload.bodyBytes, flow, plannedNs };
}
