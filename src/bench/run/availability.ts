// Whether a backend can measure a cell at all, and if not, why.
import type { Carries } from '../../link/backend.ts';
import type { CellName } from '../result.ts';
import type { Rig } from '../rig/rig.ts';
import type { Scenario } from '../scenario/scenario.ts';

export function availability({ points }: Scenario, rig: Rig, { transport, link, point: name }: CellName): Carries {
  const point = points.find((each) => each.name === name)!;
  if (point.workload.bulk !== undefined && rig.backend === 'relay') {
    return { available: false, obstacle: { kind: 'relay-carries-one' } };
  }
  return rig.carries(point.links.get(link)!, point.contestants.get(transport)!);
}
