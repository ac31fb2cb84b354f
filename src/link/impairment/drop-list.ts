// Loses exactly the packets named, in either mode of chance: for lessons and tests where every fate must be known.

import type { Impairment } from '../impairment.ts';
import { type Fields, readCount, readList } from '../plain-data.ts';
import type { Path } from '../profile-error.ts';

export interface DropListSettings {
  kind: 'list';
  /** Numbers of packets in their direction; the first is 1. */
  packets: readonly number[];
}

export function parseDropList(fields: Fields, path: Path): DropListSettings {
  const at = [...path, 'packets'];
  return { kind: 'list', packets: readList(fields['packets'], at).map((entry, i) => readCount(entry, [...at, i])) };
}

export function describeDropList({ packets }: DropListSettings): string {
  return `loss packets ${packets.join(',')}`;
}

export function dropList({ packets }: DropListSettings): Impairment {
  const doomed = new Set(packets);
  return {
    pass(packet) {
      if (doomed.has(packet.number)) packet.dropped = 'list';
    },
  };
}
