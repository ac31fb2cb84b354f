// How much somebody may do: so much a second, and more at once after a pause. While there is credit all is granted, whatever it
// costs; a debt is paid by waiting. So a single large act is always possible, and its price is time.

export interface Rate {
  /** How much credit comes back in a second. */
  readonly perSecond: number;
  /** The most credit that there can be. */
  readonly burst: number;
}

export class TokenBucket {
  readonly #rate: Rate;
  #credit: number;
  #atNs: number;

  constructor(rate: Rate, nowNs: number) {
    this.#rate = rate;
    this.#credit = rate.burst;
    this.#atNs = nowNs;
  }

  /** Takes `cost`; answers false, and takes nothing, where there is no credit. */
  take(cost: number, nowNs: number): boolean {
    const { perSecond, burst } = this.#rate;
    const elapsedNs = Math.max(0, nowNs - this.#atNs);
    this.#credit = Math.min(burst, this.#credit + (elapsedNs / 1e9) * perSecond);
    this.#atNs = nowNs;
    if (this.#credit <= 0) return false;
    this.#credit -= cost;
    return true;
  }
}
