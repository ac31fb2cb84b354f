// A link's ledger as the result has it: both directions together.
import type { Ledger } from '../link/ledger.ts';
import type { LinkCount } from './result.ts';

export function countLedger({ up, down }: Ledger): Omit<LinkCount, 'latenessP99Ms'> {
  const causes = Object.keys(up.dropped) as (keyof typeof up.dropped)[];
  const dropped = causes.map((cause) => [cause, up.dropped[cause].packets + down.dropped[cause].packets]);
  return {
    offeredPackets: up.offered.packets + down.offered.packets,
    droppedPackets: Object.fromEntries(dropped),
    duplicatedPackets: up.duplicated.packets + down.duplicated.packets,
    corruptedPackets: up.corrupted.packets + down.corrupted.packets,
    reorderedPackets: up.reordered.packets + down.reordered.packets,
  };
}
