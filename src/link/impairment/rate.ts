// The bottleneck's line: one packet at a time leaves it, size × 8 / rate after the line was free.

import type { Impairment } from '../impairment.ts';
import { show } from '../plain-data.ts';
import { LinkProfileError, type Path } from '../profile-error.ts';
import { readRateBitsPerSecond, writeRate } from '../units.ts';

export interface RateSettings {
  rateBitsPerSecond: number;
}

/** "10mbit" */
export function parseRate(value: unknown, path: Path): RateSettings {
  const rateBitsPerSecond = readRateBitsPerSecond(value, path);
  if (rateBitsPerSecond >= 1) return { rateBitsPerSecond };
  throw new LinkProfileError(
    path,
    `${show(value)} carries nothing; the least is 1bit; for no link at all use an outage`,
  );
}

export function describeRate({ rateBitsPerSecond }: RateSettings): string {
  return `rate ${writeRate(rateBitsPerSecond)}`;
}

export function rate({ rateBitsPerSecond }: RateSettings): Impairment {
  const nsPerByte = 8e9 / rateBitsPerSecond;
  const line = { freeAtNs: Number.NEGATIVE_INFINITY };
  return {
    pass(packet) {
      line.freeAtNs = Math.max(packet.sentNs, line.freeAtNs) + packet.sizeBytes * nsPerByte;
      packet.sentNs = line.freeAtNs;
    },
  };
}
