// What one user may ask of the server. The unit is one delivery of up to a KiB, so that a long message costs more than a short
// one, and one to everybody costs as much as it makes the server send.
import { type Rate, TokenBucket } from './token-bucket.ts';

const UNIT_BYTES = 1024;
/** How many people of a roster cost as much as one delivery: so many have room in a KiB. */
const PEOPLE_IN_A_UNIT = 32;

export const messageCost = (sizeBytes: number, recipients: number): number =>
  recipients * Math.max(1, Math.ceil(sizeBytes / UNIT_BYTES));

export const rosterCost = (people: number): number => 1 + Math.ceil(people / PEOPLE_IN_A_UNIT);

export class Allowance {
  readonly #rate: Rate;
  readonly #bucket: TokenBucket;
  #refusals = 0;

  constructor(rate: Rate, nowNs: number) {
    this.#rate = rate;
    this.#bucket = new TokenBucket(rate, nowNs);
  }

  get perSecond(): number {
    return this.#rate.perSecond;
  }

  /**
   * `refused`: too fast; wait and try again. `exhausted`: as often as a whole burst in a row, so that saying no has become the
   * cost; a refusal is forgotten when something is granted.
   */
  take(cost: number, nowNs: number): 'granted' | 'refused' | 'exhausted' {
    if (this.#bucket.take(cost, nowNs)) {
      this.#refusals = 0;
      return 'granted';
    }
    return ++this.#refusals > this.#rate.burst ? 'exhausted' : 'refused';
  }
}
