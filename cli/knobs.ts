// A contestant's knobs in the words of the chat's own library.
import type { Knobs } from '../src/bench/scenario/scenario.ts';

export function knobsAsOptions({ nagle, batching, receiveBufferBytes }: Knobs) {
  return { noDelay: nagle === undefined ? undefined : !nagle, batching, receiveBufferBytes };
}
