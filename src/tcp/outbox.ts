// Frames on their way out of one channel. What is sent in one tick of the event loop leaves in one write.
import { copyPiece, writeU32 } from '../core/bytes.ts';
import { LENGTH_BYTES } from './framing.ts';

export class Outbox {
  readonly #pieces: Uint8Array[] = [];
  #sizeBytes = 0;

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  add(head: Uint8Array, tail: Uint8Array): void {
    this.#pieces.push(head, tail);
    this.#sizeBytes += LENGTH_BYTES + head.length + tail.length;
  }

  /** All frames since the last call, each behind its length, in one block. */
  take(): Uint8Array {
    const block = Buffer.allocUnsafe(this.#sizeBytes);
    let offset = 0;
    for (let i = 0; i < this.#pieces.length; i += 2) {
      const head = this.#pieces[i]!;
      const tail = this.#pieces[i + 1]!;
      writeU32(block, offset, head.length + tail.length);
      offset = copyPiece(head, block, offset + LENGTH_BYTES);
      offset = copyPiece(tail, block, offset);
    }
    this.#pieces.length = 0;
    this.#sizeBytes = 0;
    return block;
  }
}

/** Flushes every channel that sent something in this tick, once, when the tick's input has been dealt with. */
export class TickFlusher {
  readonly #atEndOfTick: (act: () => void) => void;
  #dirty: { flush(): void }[] = [];

  constructor(atEndOfTick: (act: () => void) => void = setImmediate) {
    this.#atEndOfTick = atEndOfTick;
  }

  mark(channel: { flush(): void }): void {
    if (this.#dirty.length === 0) this.#atEndOfTick(() => this.#flushAll());
    this.#dirty.push(channel);
  }

  #flushAll(): void {
    const dirty = this.#dirty;
    this.#dirty = [];
    for (const channel of dirty) channel.flush();
  }
}
