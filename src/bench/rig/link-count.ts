// What a carrier did, as the result has it: both directions together.
import { type Lateness, latenessQuantileNs } from '../../link/lateness.ts';
import type { Ledger } from '../../link/ledger.ts';
import type { LinkCount } from '../result.ts';

export function linkCount({ up, down }: Ledger, lateness: Lateness): LinkCount {
  const causes = Object.keys(up.dropped) as (keyof typeof up.dropped)[];
  const dropped = causes.map((cause) => [cause, up.dropped[cause].packets + down.dropped[cause].packets]);
  const p99Ns = latenessQuantileNs(lateness, 0.99);
  return {
    offeredPackets: up.offered.packets + down.offered.packets,
    droppedPackets: Object.fromEntries(dropped),
    duplicatedPackets: up.duplicated.packets + down.duplicated.packets,
    corruptedPackets: up.corrupted.packets + down.corrupted.packets,
    reorderedPackets: up.reordered.packets + down.reordered.packets,
    latenessP99Ms: p99Ns === undefined ? undefined : p99Ns / 1e6,
    lateness: { count: lateness.count, maxMs: lateness.maxNs / 1e6, belowPowerOf2Us: [...lateness.buckets] },
  };
}
