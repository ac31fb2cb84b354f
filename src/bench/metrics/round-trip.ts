// Round-trip delay (RFC 2681): from the sending of a request to the arrival of its reply, on one clock.
import type { Observation } from '../record/observation.ts';
import type { Metric } from './metric.ts';

export const ROUND_TRIP = {
  'round-trip-p50': roundTripPercentile(
    0.5,
    'Half of all requests were answered by then. One without a reply is infinitely late.',
  ),
  'round-trip-p99': roundTripPercentile(
    0.99,
    'One request in a hundred waited longer, or for ever. Of a closed loop: who waits sends less.',
  ),
} as const satisfies Record<string, Metric>;

function roundTripPercentile(p: number, reading: string) {
  return {
    title: `round trip p${p * 100}`,
    unit: 'ms',
    formula: `smallest x with (requests answered within x) / (requests sent) ≥ ${p}; nearest rank`,
    source: 'RFC 2681',
    reading,
    better: 'less',
    needs: 'a workload in which messages are answered',
    sample: ({ roundTrips }: Observation) =>
      roundTrips === undefined
        ? undefined
        : { kind: 'quantile', sorted: roundTrips.sortedNs.map((ns) => ns / 1e6), count: roundTrips.sent, p },
  } as const satisfies Metric;
}
