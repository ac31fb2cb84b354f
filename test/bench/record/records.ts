// Records of trials made by hand.
import type { TrialRecord } from '../../../src/bench/record/record.ts';

export interface MadeRecord {
  readonly plannedNs: readonly number[];
  /** Message and instant, in the order of arrival. */
  readonly arrivals: readonly (readonly [message: number, ns: number])[];
  readonly flow?: readonly number[];
  readonly sizeBytes?: readonly number[];
}

export function recordOf({ plannedNs, arrivals, flow, sizeBytes }: MadeRecord): TrialRecord {
  return {
    flow: Uint32Array.from(flow ?? plannedNs.map(() => 0)),
    sizeBytes: Uint32Array.from(sizeBytes ?? plannedNs.map(() => 100)),
    plannedNs: Float64Array.from(plannedNs),
    sentNs: Float64Array.from(plannedNs),
    arrivedMessage: Uint32Array.from(arrivals, ([message]) => message),
    arrivedNs: Float64Array.from(arrivals, ([, ns]) => ns),
    damaged: 0,
    refused: 0,
  };
}
