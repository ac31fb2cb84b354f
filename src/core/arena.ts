// Hands out small pieces of larger blocks, so that encoding a frame costs no allocation of its own.
// A piece is never used twice: whoever holds it may keep it, and the block lives as long as any of its pieces.

/** Each block is twice as large as the one before: who says little takes little. */
const FIRST_BLOCK_BYTES = 1024;
const LAST_BLOCK_BYTES = 64 * 1024;
const LONGEST_PIECE_BYTES = LAST_BLOCK_BYTES / 4;

export class Arena {
  #block = new Uint8Array(0);
  #used = 0;
  #nextBlockBytes = FIRST_BLOCK_BYTES;

  /** A piece of `sizeBytes` bytes, with arbitrary content. */
  take(sizeBytes: number): Uint8Array {
    if (sizeBytes > LONGEST_PIECE_BYTES) return new Uint8Array(sizeBytes);
    if (this.#used + sizeBytes > this.#block.length) this.#takeBlock(sizeBytes);
    const piece = this.#block.subarray(this.#used, this.#used + sizeBytes);
    this.#used += sizeBytes;
    return piece;
  }

  /** A piece with these bytes. */
  copyOf(bytes: Uint8Array): Uint8Array {
    const piece = this.take(bytes.length);
    piece.set(bytes);
    return piece;
  }

  #takeBlock(leastBytes: number): void {
    while (this.#nextBlockBytes < leastBytes) this.#nextBlockBytes *= 2;
    this.#block = new Uint8Array(this.#nextBlockBytes);
    this.#used = 0;
    this.#nextBlockBytes = Math.min(2 * this.#nextBlockBytes, LAST_BLOCK_BYTES);
  }
}
