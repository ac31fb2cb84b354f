// TCP is a stream of bytes without borders; a frame on it is preceded by its length. Pure: fed bytes, gives frames.
//
//   0          4               4+n
//   ┌──────────┬───────────────┐
//   │  n  u32  │ frame, n bytes│      n = 0: keep-alive
//   └──────────┴───────────────┘
import { readU32 } from '../core/bytes.ts';

export const LENGTH_BYTES = 4;

const SMALLEST_HOLD_BYTES = 256;

/** Of every decoder that holds nothing: an empty array of its own would cost each idle connection 0.2 KiB. */
const NOTHING = new Uint8Array(0);

export class FrameDecoder {
  readonly #maxFrameBytes: number;
  /** What the next frame may have. */
  #limitBytes: number;
  /** The beginning of a frame whose rest has not come; grows with what came, not with what was announced. */
  #held = NOTHING;
  #heldBytes = 0;
  #stopped = false;

  /** @param maxFirstBytes the limit of the first frame that is not empty: who has not said yet who he is needs little room */
  constructor(maxFrameBytes: number, maxFirstBytes = maxFrameBytes) {
    this.#maxFrameBytes = maxFrameBytes;
    this.#limitBytes = maxFirstBytes;
  }

  /** Gives every frame that is whole now to `onFrame`; answers what is wrong with the stream, if something is. */
  feed(chunk: Uint8Array, onFrame: (frame: Uint8Array) => void): string | undefined {
    let offset = 0;
    while (offset < chunk.length && !this.#stopped) {
      const sizeBytes = this.#heldBytes > 0 ? this.#resume(chunk, offset, onFrame) : this.#next(chunk, offset, onFrame);
      if (sizeBytes < 0) return `a frame of ${-sizeBytes} bytes is announced and the limit is ${this.#limitBytes}`;
      offset += sizeBytes;
    }
    return undefined;
  }

  /** Whether the stream stands inside a frame. */
  get insideFrame(): boolean {
    return this.#heldBytes > 0;
  }

  /** How much memory waits for the rest of a frame. */
  get roomBytes(): number {
    return this.#held.length;
  }

  /** No further frame is given, not even one that is in the chunk being fed. */
  stop(): void {
    this.#stopped = true;
  }

  /** Takes one frame, or holds what there is of it. Answers the bytes used, or minus the length that is over the limit. */
  #next(chunk: Uint8Array, offset: number, onFrame: (frame: Uint8Array) => void): number {
    const available = chunk.length - offset;
    if (available < LENGTH_BYTES) return this.#hold(chunk, offset, available);
    const length = readU32(chunk, offset);
    if (length > this.#limitBytes) return -length;
    if (available < LENGTH_BYTES + length) return this.#hold(chunk, offset, available);
    this.#give(chunk.subarray(offset + LENGTH_BYTES, offset + LENGTH_BYTES + length), onFrame);
    return LENGTH_BYTES + length;
  }

  /** Completes the held frame as far as the chunk goes. */
  #resume(chunk: Uint8Array, offset: number, onFrame: (frame: Uint8Array) => void): number {
    const available = chunk.length - offset;
    if (this.#heldBytes < LENGTH_BYTES) return this.#resumeLength(chunk, offset, available, onFrame);
    const length = readU32(this.#held, 0);
    const missing = LENGTH_BYTES + length - this.#heldBytes;
    const used = this.#hold(chunk, offset, Math.min(missing, available));
    if (used === missing) this.#finish(length, onFrame);
    return used;
  }

  /** Completes the length: one over the limit is noticed with its last byte, and 0 is a whole frame already. */
  #resumeLength(chunk: Uint8Array, offset: number, available: number, onFrame: (frame: Uint8Array) => void): number {
    const used = this.#hold(chunk, offset, Math.min(LENGTH_BYTES - this.#heldBytes, available));
    if (this.#heldBytes < LENGTH_BYTES) return used;
    const length = readU32(this.#held, 0);
    if (length > this.#limitBytes) return -length;
    if (length === 0) this.#finish(0, onFrame);
    return used;
  }

  #finish(length: number, onFrame: (frame: Uint8Array) => void): void {
    const frame = this.#held.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
    this.#held = NOTHING;
    this.#heldBytes = 0;
    this.#give(frame, onFrame);
  }

  #give(frame: Uint8Array, onFrame: (frame: Uint8Array) => void): void {
    if (frame.length > 0) this.#limitBytes = this.#maxFrameBytes;
    onFrame(frame);
  }

  #hold(chunk: Uint8Array, offset: number, sizeBytes: number): number {
    const needed = this.#heldBytes + sizeBytes;
    if (needed > this.#held.length) {
      const grown = new Uint8Array(Math.max(SMALLEST_HOLD_BYTES, needed, this.#held.length * 2));
      grown.set(this.#held.subarray(0, this.#heldBytes));
      this.#held = grown;
    }
    this.#held.set(chunk.subarray(offset, offset + sizeBytes), this.#heldBytes);
    this.#heldBytes = needed;
    return sizeBytes;
  }
}
