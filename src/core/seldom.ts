// What goes wrong may go wrong a thousand times a second: whoever is told of it is told seldom.
import type { Clock } from './transport.ts';

/** Between two words of the same kind. */
const PAUSE_NS = 60e9;

/**
 * Tells the first of each kind at once; of those that follow it is told how many they were, with the next that comes when a
 * minute has passed.
 * @returns to be called with the kind, of which there must be few, and the words
 */
export function seldom(tell: (why: string) => void, clock: Clock): (kind: string, why: string) => void {
  const told = new Map<string, { readonly atNs: number; untold: number }>();
  return (kind, why) => {
    const nowNs = clock();
    const last = told.get(kind);
    if (last !== undefined && nowNs - last.atNs < PAUSE_NS) return void last.untold++;
    told.set(kind, { atNs: nowNs, untold: 0 });
    tell(last === undefined || last.untold === 0 ? why : `${why} (and ${last.untold} times since it was last told)`);
  };
}
