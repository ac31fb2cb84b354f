// The contents of an input that need no shrinking come from a number of it: letters, filler, names. The same number, the same
// contents.
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export class Dice {
  readonly #generator: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
  }

  u32(): number {
    return this.#generator.next() >>> 0;
  }

  /** A whole number from 0 up to, and never reaching, `below`. */
  below(below: number): number {
    return this.u32() % below;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }

  bytes(sizeBytes: number): Uint8Array {
    return Uint8Array.from({ length: sizeBytes }, () => this.u32() & 0xff);
  }

  /** Text of at most so many bytes in UTF-8, with characters of every length, and those that need care. */
  text(sizeBytes: number): string {
    let text = '';
    for (let left = sizeBytes; left > 0; ) {
      const [character, bytes] = this.pick(CHARACTERS);
      if (bytes > left) return text + 'a'.repeat(left);
      text += character;
      left -= bytes;
    }
    return text;
  }
}

const CHARACTERS: readonly (readonly [string, number])[] = [
  ['a', 1],
  ['Z', 1],
  ['7', 1],
  [' ', 1],
  ['*', 1],
  ['\0', 1],
  ['\n', 1],
  ['é', 2],
  ['ß', 2],
  ['€', 3],
  ['\u{feff}', 3],
  ['\u{202e}', 3],
  ['𝄞', 4],
];
