// How a run was done and on what, in words: enough to do it again, and to doubt it.
import type { PointSummary, RunResult } from '../src/bench/result.ts';
import { count, plural, seconds } from './numbers.ts';
import { sentence } from './plain-text.ts';

export interface MethodLine {
  readonly text: string;
  /** What is written as code, behind the text. */
  readonly code?: string;
  /** Of a point of a sweep, under its name. */
  readonly isInner?: boolean;
}

export function methodLines({ scenario, backend, backendWhy, seed, command }: RunResult): MethodLine[] {
  const { chance, points, contestants, repetitions, waitingMs, mtuBytes } = scenario;
  const slots =
    chance.mode === 'time' ? `, in slots of ${chance.slotMs} ms: every transport crosses the same channel` : '';
  return [
    { text: 'Carrier between the hosts:', code: backend },
    ...(backendWhy === undefined ? [] : [{ text: `Why that one: ${sentence(backendWhy)}` }]),
    ...contestants.flatMap(({ name, transport, knobs }) => {
      const own = knobs.length === 0 ? 'all defaults' : knobs.join('; ');
      return knobs.length === 0 && name === transport ? [] : [{ text: `${name}: ${transport}, ${own}.` }];
    }),
    ...points.flatMap(pointLines),
    {
      text: 'The users are on one host and the server on the other: every message crosses the link twice, up and down.',
    },
    { text: `Chance: per ${chance.mode}${slots}.` },
    { text: `${plural(repetitions, 'repetition')} asked for, interleaved in random order.` },
    {
      text: 'Delay counts from the planned instant to the arrival of the first whole copy. Percentiles are taken over all messages sent, so a lost one counts as infinitely late; "not reached" means that more than that share was lost.',
    },
    { text: `A message is lost when it has not come ${seconds(waitingMs)} after its planned instant.` },
    {
      text: 'Intervals: 95 %, by the bootstrap over repetitions; of shares of messages, by Wilson. Six repetitions are the least.',
    },
    ...(mtuBytes === undefined ? [] : [{ text: `The largest packet: ${plural(mtuBytes, 'byte')}.` }]),
    { text: `Seed ${seed}. To repeat:`, code: command },
  ];
}

function pointLines({ name, links, workload }: PointSummary): MethodLine[] {
  const inner = name === '' ? {} : { isInner: true };
  return [
    ...(name === '' ? [] : [{ text: `At ${name}:` }]),
    ...Object.entries(links).map(([link, words]) => ({ text: `Link ${link}:`, code: words, ...inner })),
    { text: `Load: ${sentence(loadWords(workload))}`, ...inner },
  ];
}

function loadWords(workload: PointSummary['workload']): string {
  const { pattern, users, flows, arrivals, isClosedLoop, ratePerSecond, durationMs, sizes, workers, bulk } = workload;
  return [
    `${pattern}, ${plural(users, 'user')}, ${plural(flows, 'flow')}`,
    isClosedLoop
      ? `${arrivals} (a closed loop) for ${seconds(durationMs)}`
      : `${arrivals} arrivals (an open loop), ${count(ratePerSecond)} messages/s in all for ${seconds(durationMs)}`,
    `bodies of ${sizes}`,
    plural(workers, 'worker process', 'worker processes'),
    ...(bulk === '' ? [] : [`beside it ${bulk}`]),
  ].join('; ');
}

export function environmentLines({ environment: machine }: RunResult): MethodLine[] {
  const memory = `${Math.round(machine.memoryBytes / 2 ** 30)} GiB`;
  const versions = `Node ${machine.node}; transport-lab ${machine.lab}`;
  return [
    { text: `${machine.processor}, ${plural(machine.cores, 'core')}, ${memory}; ${machine.system}; ${versions}` },
    { text: `Started ${machine.startedAt}, took ${seconds(machine.tookMs)}` },
    ...Object.entries(machine.kernel).map(([name, value]) => ({ text: '', code: `${name} = ${value}` })),
  ];
}
