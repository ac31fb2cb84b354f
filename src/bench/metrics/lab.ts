// What the lab itself added: its lateness, and the work of its processes. Every other figure contains it.
import type { Observation } from '../record/observation.ts';
import type { Sample } from '../statistics/sample.ts';
import type { Metric } from './metric.ts';
import { quantileOfSorted, sortedOnce } from './quantile-of.ts';

const CPU_NEEDS = "a system that tells its processes' CPU time";

export const LAB = {
  'timer-error-p50': timerErrorPercentile(0.5, 'How late the lab usually sent. Every delay contains it.'),
  'timer-error-p99': timerErrorPercentile(0.99, 'A difference smaller than this means nothing.'),
  'cpu-server': {
    title: 'CPU server',
    unit: 'µs',
    formula: 'CPU time of the server process while messages ran / N',
    source: 'ours',
    reading: 'What a message costs the server process. Its router and its sockets.',
    better: 'less',
    needs: CPU_NEEDS,
    sample: ({ cpuMs, plannedNs }) => perMessage(cpuMs?.server, plannedNs.length),
  },
  'cpu-workers': {
    title: 'CPU workers',
    unit: 'µs',
    formula: 'CPU time of all worker processes while messages ran / N',
    source: 'ours',
    reading: 'What it costs sender and receiver together. The keeping of records is in it.',
    better: 'less',
    needs: CPU_NEEDS,
    sample: ({ cpuMs, plannedNs }) => perMessage(cpuMs?.workers, plannedNs.length),
  },
} as const satisfies Record<string, Metric>;

function timerErrorPercentile(p: number, reading: string) {
  return {
    title: `timer error p${p * 100}`,
    unit: 'ms',
    formula: `${p}-percentile of (actual − planned send instant), over the messages that the transport took`,
    source: 'after irtt (send timer error)',
    reading,
    better: 'less',
    sample: (observation: Observation) => quantileOfSorted(sortedTimerErrorsMs(observation), p),
  } as const satisfies Metric;
}

const sortedTimerErrorsMs = sortedOnce(timerErrorsMs);

function timerErrorsMs({ sentNs, plannedNs }: Observation): Float64Array {
  const errors = new Float64Array(sentNs.length);
  let count = 0;
  for (let message = 0; message < sentNs.length; message++) {
    if (!Number.isNaN(sentNs[message]!)) errors[count++] = (sentNs[message]! - plannedNs[message]!) / 1e6;
  }
  return errors.slice(0, count);
}

function perMessage(cpuMs: number | undefined, messages: number): Sample | undefined {
  return cpuMs === undefined ? undefined : { kind: 'ratio', part: cpuMs * 1000, whole: messages };
}
