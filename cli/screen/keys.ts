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
  /** Of a paste whose end has not come. */
  #pasted: string | undefined;
  /** Of a sequence that was cut in two. */
  #held = '';

  /** @param chunk as it was read, decoded */
  read(chunk: string): Key[] {
    const keys: Key[] = [];
    let rest = this.#held + chunk;
    this.#held = '';
    while (rest !== '') rest = this.#pasted === undefined ? this.#next(rest, keys) : this.#paste(rest, keys);
    return keys;
  }

  /** Takes one key from the front; answers what is left. */
  #next(rest: string, keys: Key[]): string {
    if (rest.startsWith(PASTE_BEGINS)) {
      this.#pasted = '';
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

  /** Its end may be cut in two, so it is looked for in all that has come. */
  #paste(rest: string, keys: Key[]): string {
    const whole = this.#pasted + rest;
    const end = whole.indexOf(PASTE_ENDS);
    this.#pasted = end === -1 ? whole : undefined;
    if (end === -1) return '';
    keys.push({ kind: 'text', text: whole.slice(0, end) });
    return whole.slice(end + PASTE_ENDS.length);
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
