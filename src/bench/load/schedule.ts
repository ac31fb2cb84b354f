// What is sent when, decided before anything is sent: an open loop does not wait for what the network does. The same
// workload and seed give the same schedule, in every process and for every contestant.
import { flowCount, messageCount, type Workload } from '../scenario/workload.ts';
import { seededChance, uniform } from './chance.ts';
import { drawSizeBytes } from './sizes.ts';

/** One entry a message, in the order of sending. A message to everybody has one for each receiver, one after the other. */
export interface Schedule {
  readonly flow: Uint32Array;
  /** Since the origin of the trial; whole numbers. */
  readonly plannedNs: Float64Array;
  /** Of the body. */
  readonly sizeBytes: Uint32Array;
}

const FOR_INSTANTS = 1;
const FOR_SIZES = 2;

export function scheduleFor(workload: Workload, seed: number): Schedule {
  const messages = messageCount(workload);
  const copies = workload.pattern === 'fan-out' ? workload.users - 1 : 1;
  const instantNs = instantsNs(workload, messages / copies, seed);
  const flow = new Uint32Array(messages);
  const plannedNs = copies === 1 ? instantNs : new Float64Array(messages);
  const sizeBytes = new Uint32Array(messages);
  const sizes = seededChance(seed, FOR_SIZES);
  const draw = () => uniform(sizes);
  const turns = flowTurns(workload);
  for (let sending = 0, message = 0; message < messages; sending++) {
    const size = drawSizeBytes(workload.sizes, draw);
    for (let copy = 0; copy < copies; copy++, message++) {
      flow[message] = turns(sending, copy);
      plannedNs[message] = instantNs[sending]!;
      sizeBytes[message] = size;
    }
  }
  return { flow, plannedNs, sizeBytes };
}

/** Flows take turns, message by message; bursts of one sender, burst by burst. */
function flowTurns(workload: Workload): (sending: number, copy: number) => number {
  if (workload.pattern === 'fan-out') return (_sending, copy) => copy;
  const flows = flowCount(workload);
  const size = workload.arrivals.kind === 'bursts' ? workload.arrivals.size : 1;
  return (sending) => Math.floor(sending / size) % flows;
}

function instantsNs({ arrivals, ratePerSecond }: Workload, sendings: number, seed: number): Float64Array {
  const instants = new Float64Array(sendings);
  if (arrivals.kind === 'poisson') return poissonInstantsNs(instants, ratePerSecond, seed);
  const size = arrivals.kind === 'bursts' || arrivals.kind === 'incast' ? arrivals.size : 1;
  for (let i = 0; i < sendings; i++) instants[i] = Math.round(((i - (i % size)) / ratePerSecond) * 1e9);
  return instants;
}

/** Gaps are exponential with the mean 1 / rate. */
function poissonInstantsNs(instants: Float64Array, ratePerSecond: number, seed: number): Float64Array {
  const chance = seededChance(seed, FOR_INSTANTS);
  let atNs = 0;
  for (let i = 0; i < instants.length; i++) {
    instants[i] = Math.round(atNs);
    atNs += (-Math.log(1 - uniform(chance)) / ratePerSecond) * 1e9;
  }
  return instants;
}
