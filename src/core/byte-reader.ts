// Reads a frame's fields in order. A field that is not there or is no text makes the whole frame malformed: the reader
// remembers the first fault, answers harmless values from then on, and is asked once, at the end.
import { decodeText, isUtf8 } from './text.ts';

export class ByteReader {
  readonly #bytes: Uint8Array;
  #offset: number;
  #fault: string | undefined;

  constructor(bytes: Uint8Array, offset: number) {
    this.#bytes = bytes;
    this.#offset = offset;
  }

  u8(field: string): number {
    return this.#has(1, field) ? this.#bytes[this.#offset++]! : 0;
  }

  u16(field: string): number {
    return this.u8(field) * 0x100 + this.u8(field);
  }

  u32(field: string): number {
    return this.u16(field) * 0x10000 + this.u16(field);
  }

  /** A byte of which no bit but those of `known` may be set. */
  flags(field: string, known: number): number {
    const flags = this.u8(field);
    if ((flags & ~known) !== 0) this.#fault ??= `the ${field} ${flags} are unknown`;
    return flags;
  }

  /** So many bytes, whatever they are. */
  bytes(field: string, sizeBytes: number): Uint8Array {
    if (!this.#has(sizeBytes, field)) return new Uint8Array(sizeBytes);
    this.#offset += sizeBytes;
    return this.#bytes.slice(this.#offset - sizeBytes, this.#offset);
  }

  /** UTF-8 behind one byte that gives its length. */
  shortText(field: string): string {
    const length = this.u8(field);
    if (!this.#has(length, field)) return '';
    const start = this.#offset;
    this.#offset += length;
    if (isUtf8(this.#bytes, start, this.#offset)) return decodeText(this.#bytes.subarray(start, this.#offset));
    this.#fault ??= `the ${field} is not well-formed UTF-8`;
    return '';
  }

  /** One of a list of codes, numbered from 1. */
  code<T>(field: string, codes: readonly [T, ...T[]]): T {
    const number = this.u8(field);
    const code = codes[number - 1];
    if (code === undefined) this.#fault ??= `the ${field} ${number} is unknown`;
    return code ?? codes[0];
  }

  get atEnd(): boolean {
    return this.#fault !== undefined || this.#offset >= this.#bytes.length;
  }

  get bytesLeft(): number {
    return this.#bytes.length - this.#offset;
  }

  /** What is wrong with the frame now that every field was read, or `undefined`. */
  fault(): string | undefined {
    return this.#fault ?? (this.bytesLeft > 0 ? `${this.bytesLeft} bytes too many at the end` : undefined);
  }

  #has(sizeBytes: number, field: string): boolean {
    if (this.#fault !== undefined) return false;
    if (this.#offset + sizeBytes <= this.#bytes.length) return true;
    this.#fault = `it ends before its ${field} does`;
    return false;
  }
}
