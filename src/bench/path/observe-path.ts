// What the way of each message says of head-of-line blocking, as the metrics ask for it.
import type { PathObservation } from '../record/observation.ts';
import type { MessagePath } from '../record/record.ts';
import type { StreamMessages } from './stream-arrivals.ts';

/** @returns undefined where nothing was seen of a stream */
export function observePath(path: MessagePath): PathObservation | undefined {
  const up = blocking({ arrivedNs: path.atServerNs, releasedNs: path.releasedAtServerNs });
  const down = blocking({ arrivedNs: path.atClientsNs, releasedNs: path.releasedAtClientsNs });
  if (up.blockedNs.every(Number.isNaN) && down.blockedNs.every(Number.isNaN)) return undefined;
  return {
    blockedUpNs: up.blockedNs,
    blockedDownNs: down.blockedNs,
    releases: Uint32Array.from([...up.releases, ...down.releases]),
  };
}

export interface Blocking {
  /** Head-of-line blocking of each message, released − arrived: never below 0. NaN where one of them is. */
  readonly blockedNs: Float64Array;
  /**
   * One entry for every gap that was closed: how many messages that released at once. A gap was closed at each instant
   * at which some message was released that had been waiting (blocked > 0); the entry counts all messages released at
   * that instant, the one that closed the gap too if its own bytes were the last to come. One packet closes one gap of one
   * stream, and no two packets arrive at one instant.
   */
  readonly releases: Uint32Array;
}

/** Of messages at one host, in any order. */
export function blocking({ arrivedNs, releasedNs }: StreamMessages): Blocking {
  const blockedNs = releasedNs.map((ns, message) => ns - arrivedNs[message]!);
  return { blockedNs, releases: releasesOf(releasedNs, blockedNs) };
}

function releasesOf(releasedNs: Float64Array, blockedNs: Float64Array): Uint32Array {
  const groups = new Map<number, { count: number; hasWaited: boolean }>();
  for (const [message, at] of releasedNs.entries()) {
    if (Number.isNaN(at)) continue;
    const group = groups.get(at) ?? { count: 0, hasWaited: false };
    group.count++;
    group.hasWaited ||= blockedNs[message]! > 0;
    groups.set(at, group);
  }
  const closing = [...groups.values()].filter(({ hasWaited }) => hasWaited);
  return Uint32Array.from(closing, ({ count }) => count);
}
