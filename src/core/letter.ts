// A letter is the part of a message that the server forwards byte for byte: it reads the envelope, never the body.
//
//   0        4       5        6              6+s
//   ┌────────┬───────┬────────┬──────────────┬──────────────┐
//   │sequence│ flags │   s    │   subject    │     body     │
//   │  u32   │  u8   │   u8   │ s bytes UTF-8│ rest,  UTF-8 │
//   └────────┴───────┴────────┴──────────────┴──────────────┘
//   flags: bit 0, the sender asks for a receipt; the others are 0
import type { Arena } from './arena.ts';
import { readU32, writeU32 } from './bytes.ts';
import { CallerError } from './errors.ts';
import { MAX_BODY_BYTES, MAX_SUBJECT_BYTES } from './limits.ts';
import { decodeText, encodeText, encodeTextForNow, isUtf8 } from './text.ts';

/** What the receiver reads where the subject is empty. */
export const NO_SUBJECT = 'Sem Assunto';

const SEQUENCE = 0;
const FLAGS = 4;
const SUBJECT_LENGTH = 5;
const SUBJECT = 6;
const WANTS_RECEIPT = 1;

export interface LetterContent {
  sequence: number;
  wantsReceipt: boolean;
  subject: string;
  /** Text, or bytes that are UTF-8 already. */
  body: string | Uint8Array;
}

export type LetterFault = 'malformed' | 'invalid-text' | 'body-too-long';

/** @throws CallerError naming the limit that the content breaks; nothing is encoded then. */
export function encodeLetter(content: LetterContent, arena: Arena): Uint8Array {
  const subject = content.subject === '' ? NOTHING : encodeText(content.subject);
  const body = typeof content.body === 'string' ? encodeTextForNow(content.body) : content.body;
  if (subject.length > MAX_SUBJECT_BYTES) throw tooLong('subject', subject.length, MAX_SUBJECT_BYTES);
  if (body.length > MAX_BODY_BYTES) throw tooLong('body', body.length, MAX_BODY_BYTES);
  if (body === content.body && !isUtf8(body)) {
    throw new CallerError('The body is not well-formed UTF-8. Send text, or bytes that encode text.');
  }
  const bytes = arena.take(SUBJECT + subject.length + body.length);
  writeU32(bytes, SEQUENCE, content.sequence);
  bytes[FLAGS] = content.wantsReceipt ? WANTS_RECEIPT : 0;
  bytes[SUBJECT_LENGTH] = subject.length;
  bytes.set(subject, SUBJECT);
  bytes.set(body, SUBJECT + subject.length);
  return bytes;
}

/** What is wrong with these bytes as a letter, or `undefined`: checked once, where they enter. */
export function letterFault(bytes: Uint8Array): LetterFault | undefined {
  if (bytes.length < SUBJECT || bytes[FLAGS]! > WANTS_RECEIPT) return 'malformed';
  const bodyStart = SUBJECT + bytes[SUBJECT_LENGTH]!;
  if (bodyStart > bytes.length) return 'malformed';
  if (bytes.length - bodyStart > MAX_BODY_BYTES) return 'body-too-long';
  return isUtf8(bytes, SUBJECT, bodyStart) && isUtf8(bytes, bodyStart) ? undefined : 'invalid-text';
}

/** The sequence number of a letter, or 0 where the bytes are too short to hold one. */
export function letterSequence(bytes: Uint8Array): number {
  return bytes.length < FLAGS ? 0 : readU32(bytes, SEQUENCE);
}

/** The letter as it would be with an empty body: enough of it where not all bytes are there. */
export function withoutBody(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, SUBJECT + (bytes[SUBJECT_LENGTH] ?? 0));
}

/** A checked letter. Texts are decoded when they are read: a program that only counts messages pays for none. */
export class Letter {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get sequence(): number {
    return readU32(this.#bytes, SEQUENCE);
  }

  get wantsReceipt(): boolean {
    return (this.#bytes[FLAGS]! & WANTS_RECEIPT) !== 0;
  }

  /** The subject, or `Sem Assunto` where the sender gave none. */
  get subject(): string {
    const length = this.#bytes[SUBJECT_LENGTH]!;
    return length === 0 ? NO_SUBJECT : decodeText(this.#bytes.subarray(SUBJECT, SUBJECT + length));
  }

  get body(): string {
    return decodeText(this.bodyBytes);
  }

  get bodyBytes(): Uint8Array {
    return this.#bytes.subarray(SUBJECT + this.#bytes[SUBJECT_LENGTH]!);
  }
}

const NOTHING = new Uint8Array(0);

function tooLong(field: string, bytes: number, limit: number): CallerError {
  return new CallerError(
    `The ${field} has ${bytes} bytes in UTF-8 and the limit is ${limit}. Shorten it; nothing was sent.`,
  );
}
