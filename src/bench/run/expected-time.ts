// About how long a scenario will take, before anything is run.
import type { DirectionProfile, LinkProfile } from '../../link/profile.ts';
import type { Point, Scenario } from '../scenario/scenario.ts';
import { isClosedLoop } from '../scenario/workload.ts';
import { SETTLE_MS } from '../worker/loop.ts';
import { cellNames } from './plan.ts';

export interface ExpectedTime {
  readonly trials: number;
  readonly ms: number;
}

/**
 * Where something may be lost, a trial ends T_max after the last message; where not, soon after it.
 * @param isReliable whether a transport brings everything in the end
 */
export function expectedTime(scenario: Scenario, isReliable: (transport: string) => boolean): ExpectedTime {
  const { points, repetitions, waitingMs, vanishing } = scenario;
  const cells = cellNames(scenario);
  const roundMs = cells.reduce((sum, { transport, link, point: name }) => {
    const point = points.find((each) => each.name === name)!;
    const isComplete = isReliable(point.contestants.get(transport)!.transport) || !mayLose(point.links.get(link)!);
    return sum + trialMs(point, isComplete, waitingMs);
  }, 0);
  const watchedMs = (vanishing?.watchMs ?? 0) * points[0].contestants.size;
  return { trials: cells.length * repetitions, ms: roundMs * repetitions + watchedMs };
}

function trialMs({ workload }: Point, isComplete: boolean, waitingMs: number): number {
  if (!isComplete) return workload.durationMs + waitingMs;
  return workload.durationMs + (isClosedLoop(workload) ? 0 : Math.min(SETTLE_MS, waitingMs));
}

function mayLose({ up, down }: LinkProfile): boolean {
  return [up, down].some(({ loss, queue, corrupt }: DirectionProfile) => loss ?? queue ?? corrupt);
}
