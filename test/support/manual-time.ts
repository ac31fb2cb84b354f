// A clock that the test moves: no stall of the machine makes anything late.

export class ManualTime {
  #nowNs = 7e15;
  readonly clock = () => this.#nowNs;

  advance(ms: number): void {
    this.#nowNs += ms * 1e6;
  }

  /** A little time passes with every look that the test takes: none does while the machine is stalled. */
  pass(): number {
    this.advance(8);
    return this.#nowNs;
  }
}
