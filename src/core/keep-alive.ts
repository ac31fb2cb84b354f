// Whether a channel should speak or be given up, asked now and then. The hot path only sets two flags; instants are
// taken in `sweep`, so a limit is met to within one sweep.
import type { Timing } from './transport.ts';

export type KeepAliveVerdict = 'well' | 'speak' | 'silent';

export class KeepAlive {
  /** Set when a whole frame has come. */
  heard = false;
  /** Set when something was sent. */
  spoke = false;
  /** How long before the last sweep the one before it was. */
  sleptNs = 0;
  #heardAtNs: number;
  #spokeAtNs: number;
  #sweptAtNs: number;

  constructor(nowNs: number) {
    this.#heardAtNs = nowNs;
    this.#spokeAtNs = nowNs;
    this.#sweptAtNs = nowNs;
  }

  sweep(nowNs: number, timing: Timing): KeepAliveVerdict {
    this.sleptNs = nowNs - this.#sweptAtNs;
    this.#sweptAtNs = nowNs;
    // Who was stopped himself, or whose clock has stepped, can't say that the other was silent meanwhile.
    if (this.sleptNs > Math.max(timing.idleLimitMs / 2, 2 * SHORTEST_SWEEP_MS) * 1e6) this.#heardAtNs += this.sleptNs;
    if (this.heard) this.#heardAtNs = nowNs;
    if (this.spoke) this.#spokeAtNs = nowNs;
    this.heard = false;
    this.spoke = false;
    if (nowNs - this.#heardAtNs > timing.idleLimitMs * 1e6) return 'silent';
    return nowNs - this.#spokeAtNs >= timing.keepAliveMs * 1e6 ? 'speak' : 'well';
  }
}

const SHORTEST_SWEEP_MS = 10;
/** A limit may be infinite; no timer is. */
const LONGEST_SWEEP_MS = 60_000;

/**
 * How a server sweeps many channels: a part of them at a time. All that fell silent with one message to everybody would else be due
 * in one turn of the loop, and everybody would wait for it.
 */
export function sweepInParts(timing: Timing): { readonly everyMs: number; readonly parts: number } {
  const roundMs = sweepIntervalMs(timing);
  const parts = Math.min(MOST_PARTS, Math.max(1, Math.floor(roundMs / SHORTEST_SWEEP_MS)));
  return { everyMs: roundMs / parts, parts };
}

const MOST_PARTS = 16;

/** How often to sweep, in ms, so that the shortest of the limits is met to within a quarter. */
export function sweepIntervalMs(timing: Timing): number {
  const shortestMs = Math.min(timing.keepAliveMs, timing.idleLimitMs, timing.joinDeadlineMs);
  return Math.min(Math.max(SHORTEST_SWEEP_MS, shortestMs / 4), LONGEST_SWEEP_MS);
}
