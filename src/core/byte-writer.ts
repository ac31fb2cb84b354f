// Writes the fields of the frames that are sent seldom. Messages have a faster way: see letter.ts and envelope.ts.
import { encodeTextForNow } from './text.ts';

export class ByteWriter {
  readonly #bytes: number[] = [];

  u8(value: number): this {
    this.#bytes.push(value & 0xff);
    return this;
  }

  u16(value: number): this {
    return this.u8(value >>> 8).u8(value);
  }

  u32(value: number): this {
    return this.u16(value >>> 16).u16(value);
  }

  raw(bytes: Uint8Array): this {
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  /** UTF-8 behind one byte that gives its length; cut at a character where it has more than 255 bytes. */
  shortText(text: string): this {
    const encoded = shorten(encodeTextForNow(text));
    return this.u8(encoded.length).raw(encoded);
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.#bytes);
  }
}

function shorten(encoded: Uint8Array): Uint8Array {
  if (encoded.length <= 255) return encoded;
  let end = 255;
  while ((encoded[end]! & 0xc0) === 0x80) end--;
  return encoded.subarray(0, end);
}
