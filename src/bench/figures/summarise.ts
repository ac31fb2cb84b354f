// A scenario as a reader needs it who has the result alone.
import { describeProfile } from '../../link/profile.ts';
import type { PointSummary, ScenarioSummary, WorkloadSummary } from '../result.ts';
import type { Point, Scenario } from '../scenario/scenario.ts';
import { flowCount, isClosedLoop, type Workload } from '../scenario/workload.ts';
import { summariseContestant } from './fairness.ts';

export function summarise(name: string, scenario: Scenario): ScenarioSummary {
  const { title, question, lookFor, teaches, translations, points, chance, repetitions, waitingMs, mtuBytes } =
    scenario;
  const [first] = points;
  return {
    name,
    title,
    question,
    lookFor,
    teaches,
    ...(Object.keys(translations).length > 0 && { translations }),
    contestants: [...first.contestants].map(([contestant, settings]) => summariseContestant(contestant, settings)),
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
    arrivals,
    isClosedLoop: isClosedLoop(workload),
    ratePerSecond,
    durationMs,
    sizes,
    workers,
    ...(bulk && { bulk }),
  };
}
