// What the way of each message says of head-of-line blocking, as the metrics ask for it.
import type { PathObservation } from '../record/observation.ts';
import type { MessagePath } from '../record/record.ts';

/** @returns undefined where nothing was seen of a stream */
export function observePath(path: MessagePath): PathObservation | undefined {
  const blockedUpNs = difference(path.releasedAtServerNs, path.atServerNs);
  const blockedDownNs = difference(path.releasedAtClientsNs, path.atClientsNs);
  if (blockedUpNs.every(Number.isNaN) && blockedDownNs.every(Number.isNaN)) return undefined;
  const releases = [
    ...releasesOf(path.releasedAtServerNs, blockedUpNs),
    ...releasesOf(path.releasedAtClientsNs, blockedDownNs),
  ];
  return { blockedUpNs, blockedDownNs, releases: Uint32Array.from(releases) };
}

function difference(later: Float64Array, earlier: Float64Array): Float64Array {
  return later.map((ns, message) => ns - earlier[message]!);
}

/**
 * One entry for every instant at which a message was released that had been waiting: how many were released then. One
 * packet closes one gap of one stream, and no two packets arrive at one instant.
 */
function releasesOf(releasedNs: Float64Array, blockedNs: Float64Array): number[] {
  const groups = new Map<number, { count: number; hasWaited: boolean }>();
  for (const [message, at] of releasedNs.entries()) {
    if (Number.isNaN(at)) continue;
    const group = groups.get(at) ?? { count: 0, hasWaited: false };
    group.count++;
    group.hasWaited ||= blockedNs[message]! > 0;
    groups.set(at, group);
  }
  return [...groups.values()].filter(({ hasWaited }) => hasWaited).map(({ count }) => count);
}
