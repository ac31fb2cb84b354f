// Hands out small pieces of large blocks, so that encoding a frame costs no allocation of its own.
// A piece is never used twice: whoever holds it may keep it, and the block lives as long as any of its pieces.

const BLOCK_BYTES = 64 * 1024;

export class Arena {
  #block = new Uint8Array(0);
  #used = 0;

  /** A piece of `sizeBytes` bytes, with arbitrary content. */
  take(sizeBytes: number): Uint8Array {
    if (sizeBytes > BLOCK_BYTES / 4) return new Uint8Array(sizeBytes);
    if (this.#used + sizeBytes > this.#block.length) {
      this.#block = new Uint8Array(BLOCK_BYTES);
      this.#used = 0;
    }
    const piece = this.#block.subarray(this.#used, this.#used + sizeBytes);
    this.#used += sizeBytes;
    return piece;
  }
}
