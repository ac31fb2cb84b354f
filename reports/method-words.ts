// How a run was done and on what, in words: enough to do it again, and to doubt it.
import type { ContestantSummary, PointSummary, WorkloadSummary } from '../src/bench/result.ts';
import type { Speech } from './language/speech.ts';
import type { Told } from './language/told.ts';
import { own } from './own.ts';
import { sentence } from './plain-text.ts';

export interface MethodLine {
  readonly text: string;
  /** What is written as code, behind the text. */
  readonly code?: string;
  /** Of a point of a sweep, under its name. */
  readonly isInner?: boolean;
}

/** The command that repeats the run is the last. */
export function methodLines({ scenario, backend, backendWhy, seed, command, say }: Told): MethodLine[] {
  const { chance, points, contestants, repetitions, waitingMs, mtuBytes } = scenario;
  const { method } = say;
  const slot = chance.mode === 'time' ? say.count(chance.slotMs) : undefined;
  return [
    { text: method.carrier, code: backend },
    ...(backendWhy === undefined ? [] : [{ text: method.whyThatOne(sentence(say.reasons.backendWhy(backendWhy))) }]),
    ...contestants.flatMap((contestant) => contestantLine(contestant, say)),
    ...points.flatMap((point) => pointLines(point, say)),
    { text: method.twice },
    { text: method.chance(own(method.modes, chance.mode) ?? chance.mode, slot) },
    { text: method.repetitions(say.plural(repetitions, 'repetition')) },
    { text: method.delay },
    { text: method.lost(say.seconds(waitingMs)) },
    { text: method.intervals },
    ...(mtuBytes === undefined ? [] : [{ text: method.mtu(say.plural(mtuBytes, 'byte')) }]),
    { text: method.seed(seed), code: command },
  ];
}

/** Nothing of one that is a transport as it is. */
function contestantLine({ name, transport, knobs, kernel }: ContestantSummary, say: Speech): MethodLine[] {
  const { method } = say;
  const { nagle, batching, receiveBufferBytes } = knobs;
  const own = [
    ...(nagle === undefined ? [] : [method.nagle(nagle)]),
    ...(batching === undefined ? [] : [method.batching(batching)]),
    ...(receiveBufferBytes === undefined ? [] : [method.receiveBuffer(say.plural(receiveBufferBytes, 'byte'))]),
    ...Object.entries(kernel).map(([setting, value]) => `${setting} = ${value}`),
  ];
  if (own.length === 0 && name === transport) return [];
  return [{ text: method.contestant(name, transport, own.length === 0 ? method.allDefaults : own.join('; ')) }];
}

function pointLines({ name, links, workload }: PointSummary, say: Speech): MethodLine[] {
  const inner = name === '' ? {} : { isInner: true };
  return [
    ...(name === '' ? [] : [{ text: say.method.atPoint(name) }]),
    ...Object.entries(links).map(([link, words]) => ({ text: say.method.link(link), code: words, ...inner })),
    { text: say.method.load(sentence(loadWords(workload, say))), ...inner },
  ];
}

function loadWords(workload: WorkloadSummary, say: Speech): string {
  const { pattern, users, flows, isClosedLoop, ratePerSecond, durationMs, workers, bulk } = workload;
  const { method } = say;
  const arrivals = arrivalsWords(workload, say);
  const duration = say.seconds(durationMs);
  return [
    `${own(method.patterns, pattern) ?? pattern}, ${say.plural(users, 'user')}, ${say.plural(flows, 'flow')}`,
    isClosedLoop
      ? method.closedLoop(arrivals, duration)
      : method.openLoop(arrivals, say.count(ratePerSecond), duration),
    method.bodies(sizesWords(workload, say)),
    say.plural(workers, 'worker'),
    ...(bulk === undefined ? [] : [method.beside(say.plural(bulk.window, 'message'), say.plural(bulk.bytes, 'byte'))]),
  ].join('; ');
}

function arrivalsWords({ arrivals: { kind, size } }: WorkloadSummary, { method, count }: Speech): string {
  return own(method.arrivals, kind)?.(size === undefined ? '' : count(size)) ?? kind;
}

function sizesWords({ sizes }: WorkloadSummary, say: Speech): string {
  switch (sizes.kind) {
    case 'fixed':
      return say.plural(sizes.bytes, 'byte');
    case 'uniform':
      return say.method.sizesFromTo(say.count(sizes.fromBytes), say.plural(sizes.toBytes, 'byte'));
    case 'chat':
      return say.method.chatSizes;
  }
}

export function environmentLines({ environment: machine, say }: Told): MethodLine[] {
  const memory = `${Math.round(machine.memoryBytes / 2 ** 30)} GiB`;
  const versions = `Node ${machine.node}; transport-lab ${machine.lab}`;
  const cores = say.plural(machine.cores, 'core');
  return [
    { text: `${machine.processor}, ${cores}, ${memory}; ${machine.system}; ${versions}` },
    { text: say.method.started(machine.startedAt, say.seconds(machine.tookMs)) },
    ...Object.entries(machine.kernel).map(([name, value]) => ({ text: '', code: `${name} = ${value}` })),
  ];
}
