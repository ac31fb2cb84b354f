// A scenario in words, for a reader who has the result alone.
import { describeProfile } from '../../link/profile.ts';
import type { PointSummary, ScenarioSummary, WorkloadSummary } from '../result.ts';
import type { Point, Scenario } from '../scenario/scenario.ts';
import { type Arrivals, flowCount, isClosedLoop, type Sizes, type Workload } from '../scenario/workload.ts';
import { describeContestant } from './fairness.ts';

export function summarise(name: string, scenario: Scenario): ScenarioSummary {
  const { title, question, lookFor, teaches, points, chance, repetitions, waitingMs, mtuBytes } = scenario;
  const [first] = points;
  return {
    name,
    title,
    question,
    lookFor,
    teaches,
    contestants: [...first.contestants].map(([contestant, settings]) => describeContestant(contestant, settings)),
    links: [...first.links.keys()],
    points: points.map(summarisePoint),
    chance: { mode: chance.mode, slotMs: chance.slotMs ?? 1 },
    repetitions,
    waitingMs,
    ...(mtuBytes === undefined ? {} : { mtuBytes }),
  };
}

function summarisePoint({ name, values, links, workload }: Point): PointSummary {
  return {
    name,
    values,
    links: Object.fromEntries([...links].map(([link, profile]) => [link, describeProfile(profile)])),
    workload: summariseWorkload(workload),
  };
}

function summariseWorkload(workload: Workload): WorkloadSummary {
  const { pattern, users, arrivals, sizes, ratePerSecond, durationMs, workers, bulk } = workload;
  return {
    pattern,
    users,
    flows: flowCount(workload),
    arrivals: arrivalsInWords(arrivals),
    isClosedLoop: isClosedLoop(workload),
    ratePerSecond,
    durationMs,
    sizes: sizesInWords(sizes),
    workers,
    bulk: bulk === undefined ? '' : `${bulk.window} messages of ${bulk.bytes} bytes on their way over TCP`,
  };
}

function arrivalsInWords(arrivals: Arrivals): string {
  switch (arrivals.kind) {
    case 'bursts':
      return `bursts of ${arrivals.size}`;
    case 'incast':
      return `bursts of ${arrivals.size}, from all senders at once`;
    case 'window':
      return `window of ${arrivals.size}`;
    default:
      return arrivals.kind;
  }
}

function sizesInWords(sizes: Sizes): string {
  switch (sizes.kind) {
    case 'fixed':
      return `${sizes.bytes} bytes`;
    case 'uniform':
      return `${sizes.fromBytes} to ${sizes.toBytes} bytes`;
    case 'chat':
      return 'chat-like sizes (log-normal, median 60 bytes)';
  }
}
