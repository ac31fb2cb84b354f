// Propagation: every packet arrives the same time later.

import type { Impairment } from '../impairment.ts';
import type { Path } from '../profile-error.ts';
import { readTimeMs, writeTime } from '../units.ts';

export interface DelaySettings {
  delayMs: number;
}

/** "20ms" */
export function parseDelay(value: unknown, path: Path): DelaySettings {
  return { delayMs: readTimeMs(value, path) };
}

export function describeDelay({ delayMs }: DelaySettings): string {
  return `delay ${writeTime(delayMs)}`;
}

export function delay({ delayMs }: DelaySettings): Impairment {
  const delayNs = delayMs * 1e6;
  return {
    pass(packet) {
      packet.dueNs += delayNs;
    },
  };
}
