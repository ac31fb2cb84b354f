// Frames on their way out of one channel. What is sent in one tick of the event loop leaves in one write.
import { LENGTH_BYTES, writeLength } from './framing.ts';

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
      writeLength(block, offset, head.length + tail.length);
      offset = copy(head, block, offset + LENGTH_BYTES);
      offset = copy(tail, block, offset);
    }
    this.#pieces.length = 0;
    this.#sizeBytes = 0;
    return block;
  }
}

/** A head has a dozen bytes: a loop copies them sooner than a call of `set` begins. */
const LOOP_BELOW_BYTES = 48;

function copy(piece: Uint8Array, target: Uint8Array, offset: number): number {
  if (piece.length < LOOP_BELOW_BYTES) for (let i = 0; i < piece.length; i++) target[offset + i] = piece[i]!;
  else target.set(piece, offset);
  return offset + piece.length;
}

/** Flushes every channel that sent something in this tick, once, when the tick's input has been dealt with. */
export class TickFlusher {
  #dirty: { flush(): void }[] = [];

  mark(channel: { flush(): void }): void {
    if (this.#dirty.length === 0) setImmediate(() => this.#flushAll());
    this.#dirty.push(channel);
  }

  #flushAll(): void {
    const dirty = this.#dirty;
    this.#dirty = [];
    for (const channel of dirty) channel.flush();
  }
}
