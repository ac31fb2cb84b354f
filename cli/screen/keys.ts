// What a terminal sends, as keys. Pure: bytes that came in, keys out. A paste comes between brackets of its own, so that an
// end of line in it does not send.

/** What changes a line that is being typed. */
export type Edit = 'left' | 'right' | 'home' | 'end' | 'backspace' | 'delete' | 'erase-word' | 'erase-line';

type Deed =
  | 'tab'
  | 'back-tab'
  | 'enter'
  | 'escape'
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'clear'
  | 'keys'
  | 'leave';

export type Key = { readonly kind: 'text'; readonly text: string } | { readonly kind: Edit | Deed };

/** In a field, in UTF-16 code units: more than any message has, and little enough to be drawn at once. */
export const MOST_TYPED = 100_000;

const ESCAPE = '\u001b';
const PASTE_BEGINS = `${ESCAPE}[200~`;
const PASTE_ENDS = `${ESCAPE}[201~`;

/** Behind the escape character. */
const SEQUENCES: Readonly<Record<string, Edit | Deed>> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  OA: 'up',
  OB: 'down',
  OC: 'right',
  OD: 'left',
  '[H': 'home',
  '[F': 'end',
  OH: 'home',
  OF: 'end',
  '[1~': 'home',
  '[4~': 'end',
  '[7~': 'home',
  '[8~': 'end',
  '[3~': 'delete',
  '[5~': 'page-up',
  '[6~': 'page-down',
  '[Z': 'back-tab',
  OP: 'keys',
  '[11~': 'keys',
  '[[A': 'keys',
};

const CONTROLS: Readonly<Record<string, Edit | Deed>> = {
  '\t': 'tab',
  '\r': 'enter',
  '\n': 'enter',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u0001': 'home',
  '\u0003': 'leave',
  '\u0005': 'end',
  '\u000c': 'clear',
  '\u0015': 'erase-line',
  '\u0017': 'erase-word',
};

/** An escape character and what belongs to it, as ECMA-48 has it; the linux console's F keys have a bracket more. */
const SEQUENCE = /^(?:\[\[[A-E]|\[[0-?]*[ -/]*[@-~]|O[A-Za-z])/;

/** Behind the escape character, where the rest has not come; that character alone is the key of its name. */
const HALF_SEQUENCE = /^(?:\[\[|\[[0-?]*[ -/]*|O)$/;

export class KeyReader {
  /** A paste whose end has not come. */
  #paste: Paste | undefined;
  /** Of a sequence that was cut in two. */
  #held = '';

  /** @param chunk as it was read, decoded */
  read(chunk: string): Key[] {
    const keys: Key[] = [];
    let rest = this.#held + chunk;
    this.#held = '';
    while (rest !== '') rest = this.#paste === undefined ? this.#next(rest, keys) : this.#goOn(this.#paste, rest, keys);
    return keys;
  }

  /** Takes one key from the front; answers what is left. */
  #next(rest: string, keys: Key[]): string {
    if (rest.startsWith(PASTE_BEGINS)) {
      this.#paste = new Paste();
      return rest.slice(PASTE_BEGINS.length);
    }
    if (rest.startsWith(ESCAPE) && HALF_SEQUENCE.test(rest.slice(ESCAPE.length))) {
      this.#held = rest;
      return '';
    }
    if (rest.startsWith(ESCAPE)) return escaped(rest.slice(ESCAPE.length), keys);
    const control = CONTROLS[rest[0]!];
    if (control !== undefined) {
      keys.push({ kind: control });
      return rest.slice(1);
    }
    const [text = ''] = /^\P{Cc}+/u.exec(rest) ?? [];
    if (text !== '') keys.push({ kind: 'text', text });
    // A control character that means nothing here.
    return rest.slice(Math.max(1, text.length));
  }

  #goOn(paste: Paste, rest: string, keys: Key[]): string {
    const behind = paste.take(rest);
    if (behind === undefined) return '';
    this.#paste = undefined;
    keys.push({ kind: 'text', text: paste.text });
    return behind;
  }
}

/** Grows by its pieces, as text that is searched from its beginning for each of them would cost the square of its length. */
class Paste {
  readonly #pieces: string[] = [];
  #length = 0;
  /** May be the beginning of its end. */
  #tail = '';

  get text(): string {
    return this.#pieces.join('');
  }

  /** Answers what is behind its end, if that has come. */
  take(piece: string): string | undefined {
    const searched = this.#tail + piece;
    const end = searched.indexOf(PASTE_ENDS);
    const isText = end === -1 ? Math.max(0, searched.length - PASTE_ENDS.length + 1) : end;
    this.#keep(searched.slice(0, isText));
    this.#tail = searched.slice(isText);
    return end === -1 ? undefined : searched.slice(end + PASTE_ENDS.length);
  }

  /** No field takes more, so the rest need not be held. */
  #keep(piece: string): void {
    if (this.#length > MOST_TYPED) return;
    this.#pieces.push(piece);
    this.#length += piece.length;
  }
}

function escaped(rest: string, keys: Key[]): string {
  const [sequence] = SEQUENCE.exec(rest) ?? [];
  if (sequence === undefined) {
    keys.push({ kind: 'escape' });
    return rest;
  }
  const kind = SEQUENCES[sequence];
  if (kind !== undefined) keys.push({ kind });
  return rest.slice(sequence.length);
}
