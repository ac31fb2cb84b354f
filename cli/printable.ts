// What others wrote must not drive this terminal: control and direction characters are shown, never sent.

/** Every control, format and separator character but the plain space becomes its code, as in `\u{1b}`. */
export function printable(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** The same for text of several lines; tabs become spaces. */
export function printableLines(text: string): string[] {
  return text
    .replaceAll('\t', '  ')
    .split(/\r\n|\r|\n/)
    .map(printable);
}

/** Joiners make one emoji of several and belong to it. */
const UNSAFE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
