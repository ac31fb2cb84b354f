// Which names a user may have, and how the names that a server gives are made.
import { MAX_NAME_BYTES } from './limits.ts';
import { encodeTextForNow } from './text.ts';

/** The recipient that stands for everybody else. */
export const EVERYONE = '*';

export type NameVerdict = 'legal' | 'illegal' | 'reserved';

/** `Usuario0`, `Usuario1`, …: the name of the n-th user who came without one. */
export function numberedName(number: number): string {
  return `Usuario${number}`;
}

/**
 * A name is 1 to 64 bytes of UTF-8 in normal form C, without control, format or line-separating characters and without
 * space at its ends. `*` means everybody and `Usuario<number>` is the server's to give.
 */
export function judgeName(name: string): NameVerdict {
  if (RESERVED.test(name)) return 'reserved';
  const legal =
    PRINTABLE.test(name) &&
    name === name.trim() &&
    name === name.normalize('NFC') &&
    encodeTextForNow(name).length <= MAX_NAME_BYTES;
  return legal ? 'legal' : 'illegal';
}

/**
 * What two names have in common that a reader may take for each other: capital or small letters, and forms that are the same
 * but for their looks (Unicode's NFKC). Letters of different scripts that look alike stay different.
 */
export function foldName(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

/** What a person is told about a name that is not legal. */
export const NAME_RULE = `a name has 1 to ${MAX_NAME_BYTES} bytes of UTF-8, no control characters and no space at its ends; "*" and "Usuario" with a number are reserved`;

const RESERVED = /^(\*|Usuario\d+)$/iu;
const PRINTABLE = /^[^\p{C}\p{Zl}\p{Zp}]+$/u;
