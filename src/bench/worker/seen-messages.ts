// Which messages have come, where nobody knows beforehand how many there will be: a bit each, flow by flow.

const SOME_BYTES = 16;

export class SeenMessages {
  readonly #flows: number;
  readonly #bits = new Map<number, Uint8Array>();

  /** @param flows message n is that of flow n mod so many */
  constructor(flows: number) {
    this.#flows = flows;
  }

  /** Answers whether it is new. */
  add(message: number): boolean {
    const flow = message % this.#flows;
    const place = Math.floor(message / this.#flows);
    const bits = this.#bitsOf(flow, place >>> 3);
    const bit = 1 << (place & 7);
    if ((bits[place >>> 3]! & bit) !== 0) return false;
    bits[place >>> 3]! |= bit;
    return true;
  }

  #bitsOf(flow: number, byte: number): Uint8Array {
    const bits = this.#bits.get(flow);
    if (bits !== undefined && byte < bits.length) return bits;
    const larger = new Uint8Array(Math.max(SOME_BYTES, 2 * (byte + 1)));
    if (bits !== undefined) larger.set(bits);
    this.#bits.set(flow, larger);
    return larger;
  }
}
