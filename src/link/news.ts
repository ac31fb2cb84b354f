// What a link has seen since it was last asked, for whoever watches it while it carries.
import type { Direction, DropCause } from './impairment.ts';
import type { Ledger } from './ledger.ts';
import type { ArrivalTable } from './tun/arrivals.ts';

export interface LinkNews {
  /** Since the link began. */
  readonly ledger: Ledger;
  readonly lost: readonly LostDatagram[];
  /** When each piece of each TCP stream reached the other host, on the machine's clock; none where no packet is seen. */
  readonly arrivals: ArrivalTable;
}

/** A datagram that did not reach the other host; where it went in pieces, because one of them did not. */
export interface LostDatagram {
  readonly direction: Direction;
  /** `corrupt`: damaged, so that its receiver discards it; `carrier`: lost by this machine and not by the link. */
  readonly cause: DropCause | 'corrupt' | 'carrier';
  /** The beginning of its payload. */
  readonly head: Uint8Array;
}

/** Enough to know it by. */
export const HEAD_BYTES = 512;

/** What nobody asks for is not kept for ever. */
const MOST_LOST = 10_000;

export class LostDatagrams {
  #lost: LostDatagram[] = [];

  note(direction: Direction, cause: LostDatagram['cause'], payload: Uint8Array): void {
    if (this.#lost.length >= MOST_LOST) this.#lost.shift();
    this.#lost.push({ direction, cause, head: Uint8Array.from(payload.subarray(0, HEAD_BYTES)) });
  }

  /** Those since the last time. */
  take(): LostDatagram[] {
    const taken = this.#lost;
    this.#lost = [];
    return taken;
  }
}
