// How a run was done and on what, as Markdown: enough to do it again, and to doubt it.
import type { PointSummary, RunResult } from '../src/bench/result.ts';
import { code, plain } from './markdown-text.ts';
import { count, plural, seconds } from './numbers.ts';
import { sentence } from './plain-text.ts';

export function method({ scenario, backend, backendWhy, seed, command }: RunResult): string {
  const { chance, points } = scenario;
  const why = backendWhy === undefined ? '' : ` (${plain(backendWhy)})`;
  const lines = [
    `- Carrier between the hosts: ${code(backend)}${why}.`,
    ...scenario.contestants.flatMap(({ name, transport, knobs }) =>
      knobs.length === 0 && name === transport
        ? []
        : [`- ${plain(name)}: ${plain(transport)}, ${knobs.length === 0 ? 'all defaults' : plain(knobs.join('; '))}.`],
    ),
    ...points.flatMap(pointLines),
    '- The users are on one host and the server on the other: every message crosses the link twice, up and down.',
    `- Chance: per ${chance.mode}${chance.mode === 'time' ? `, in slots of ${chance.slotMs} ms: every transport crosses the same channel` : ''}.`,
    `- ${plural(scenario.repetitions, 'repetition')} asked for, interleaved in random order.`,
    '- Delay counts from the planned instant to the arrival of the first whole copy. Percentiles are taken over all messages sent, so a lost one counts as infinitely late; *not reached* means that more than that share was lost.',
    `- A message is lost when it has not come ${seconds(scenario.waitingMs)} after its planned instant.`,
    '- Intervals: 95 %, by the bootstrap over repetitions; of shares of messages, by Wilson. Six repetitions are the least.',
    ...(scenario.mtuBytes === undefined ? [] : [`- The largest packet: ${plural(scenario.mtuBytes, 'byte')}.`]),
    `- Seed ${seed}. To repeat: ${code(command)}`,
  ];
  return `## Method\n\n${lines.join('\n')}`;
}

/** At a point of a sweep, under its name. */
function pointLines({ name, links, workload }: PointSummary): string[] {
  const indent = name === '' ? '' : '  ';
  return [
    ...(name === '' ? [] : [`- At ${plain(name)}:`]),
    ...Object.entries(links).map(([link, words]) => `${indent}- Link ${plain(link)}: ${code(words)}`),
    `${indent}- Load: ${plain(sentence(loadWords(workload)))}`,
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

export function environment({ environment: machine }: RunResult): string {
  const facts = [
    `- ${plain(machine.processor)}, ${plural(machine.cores, 'core')}, ${Math.round(machine.memoryBytes / 2 ** 30)} GiB; ${plain(machine.system)}; Node ${plain(machine.node)}; transport-lab ${plain(machine.lab)}`,
    `- Started ${plain(machine.startedAt)}, took ${seconds(machine.tookMs)}`,
    ...Object.entries(machine.kernel).map(([name, value]) => `- ${code(`${name} = ${value}`)}`),
  ];
  return `## Environment\n\n${facts.join('\n')}`;
}
