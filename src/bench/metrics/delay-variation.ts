// How much the delay varies, in three ways that must not stand in one column: from message to message (IPDV), above the
// least (PDV), and as RTP smooths it (jitter). Only what came has a delay to vary: the lost are in the delay's percentiles.
import type { Observation } from '../record/observation.ts';
import { deliveredMessages } from './delivery.ts';
import type { Metric } from './metric.ts';
import { quantileOfSorted, sortedOnce } from './quantile-of.ts';

export const DELAY_VARIATION = {
  'ipdv-p50': ipdvPercentile(0.5, 'Half of the delays changed by no more, one to the next.'),
  'ipdv-p99': ipdvPercentile(
    0.99,
    'One delay in a hundred changed by more, one to the next. Early and late count alike.',
  ),
  'pdv-p99': pdvPercentile(0.99, 'A buffer that holds all back by so much hides 99 %.'),
  'pdv-p99.9': pdvPercentile(0.999, 'A buffer that holds all back by so much hides 99.9 %.'),
  jitter: {
    title: 'jitter (RTP)',
    unit: 'ms',
    formula:
      'in arrival order D = (R_i − R_(i−1)) − (S_i − S_(i−1)); J ← J + (|D| − J) / 16 from J = 0, flow by flow; mean of all J',
    source: 'RFC 3550, section 6.4.1',
    reading: 'What an RTP receiver would report, on average. Over every moment at which it could.',
    better: 'less',
    sample: (observation) => {
      const { sumNs, count } = jitter(observation);
      return { kind: 'ratio', part: sumNs / 1e6, whole: count };
    },
  },
} as const satisfies Record<string, Metric>;

function ipdvPercentile(p: number, reading: string) {
  return {
    title: `IPDV p${p * 100}`,
    unit: 'ms',
    formula: `${p}-percentile of |d_i − d_(i−1)|, over neighbours in a flow that both came`,
    source: 'RFC 3393; RFC 5481, section 4.1',
    reading,
    better: 'less',
    sample: (observation: Observation) => quantileOfSorted(sortedIpdvMs(observation), p),
  } as const satisfies Metric;
}

function pdvPercentile(p: number, reading: string) {
  return {
    title: `PDV p${Number((p * 100).toPrecision(6))}`,
    unit: 'ms',
    formula: `${p}-percentile of d_i − min d, with the least delay of the flow, over the messages that came`,
    source: 'RFC 5481, section 4.2',
    reading,
    better: 'less',
    sample: (observation: Observation) => quantileOfSorted(sortedPdvMs(observation), p),
  } as const satisfies Metric;
}

/** |IPDV|, ascending. */
export const sortedIpdvMs = sortedOnce((observation) => ipdvNs(observation).map((ns) => Math.abs(ns) / 1e6));
const sortedPdvMs = sortedOnce((observation) => pdvNs(observation).map((ns) => ns / 1e6));

/** d_i − d_(i−1), signed, of neighbours in a flow that both came. */
export function ipdvNs({ flows, delayNs, plannedNs }: Observation): Float64Array {
  const variations = new Float64Array(plannedNs.length);
  let count = 0;
  for (const { messages, lost } of flows) {
    for (let number = 1; number < messages.length; number++) {
      if (lost[number] === 1 || lost[number - 1] === 1) continue;
      variations[count++] = delayNs[messages[number]!]! - delayNs[messages[number - 1]!]!;
    }
  }
  return variations.slice(0, count);
}

/** d_i − min d, the least of its flow, of the messages that came. */
export function pdvNs(observation: Observation): Float64Array {
  const { flows, delayNs } = observation;
  const variations = new Float64Array(deliveredMessages(observation));
  let count = 0;
  for (const { messages, lost } of flows) {
    let leastNs = Number.POSITIVE_INFINITY;
    for (const message of messages) leastNs = Math.min(leastNs, delayNs[message]!);
    for (let number = 0; number < messages.length; number++) {
      if (lost[number] === 0) variations[count++] = delayNs[messages[number]!]! - leastNs;
    }
  }
  return variations;
}

/** The sum of J over all arrivals but the first of each flow, and how many those are. */
export function jitter({ flows, delayNs }: Observation): { readonly sumNs: number; readonly count: number } {
  let [sumNs, count] = [0, 0];
  for (const { messages, arrivedNumber } of flows) {
    let smoothedNs = 0;
    for (let arrival = 1; arrival < arrivedNumber.length; arrival++) {
      const transitNs = delayNs[messages[arrivedNumber[arrival]!]!]!;
      const previousNs = delayNs[messages[arrivedNumber[arrival - 1]!]!]!;
      smoothedNs += (Math.abs(transitNs - previousNs) - smoothedNs) / 16;
      sumNs += smoothedNs;
      count++;
    }
  }
  return { sumNs, count };
}
