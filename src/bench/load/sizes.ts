// How long the bodies are.
import type { Sizes } from '../scenario/workload.ts';

const CHAT_MEDIAN_BYTES = 60;
const CHAT_LEAST_BYTES = 24;
const CHAT_MOST_BYTES = 2000;

/** @param uniform draws a number in [0, 1) */
export function drawSizeBytes(sizes: Sizes, uniform: () => number): number {
  switch (sizes.kind) {
    case 'fixed':
      return sizes.bytes;
    case 'uniform':
      return sizes.fromBytes + Math.floor(uniform() * (sizes.toBytes - sizes.fromBytes + 1));
    case 'chat':
      return clamp(
        Math.round(CHAT_MEDIAN_BYTES * Math.exp(standardNormal(uniform))),
        CHAT_LEAST_BYTES,
        CHAT_MOST_BYTES,
      );
  }
}

/** Box and Muller (1958); its second number is not used. */
function standardNormal(uniform: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
