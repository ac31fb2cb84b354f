// The envelope names the other user: the recipient on the way to the server, the sender on the way from it. The server
// takes a letter out of one and puts it into the other, so a message is forwarded without being read or written again.
//
//   0         1        2       3            3+n
//   ┌─────────┬────────┬───────┬────────────┬─────────────────┐
//   │ version │  kind  │   n   │    name    │ letter (rest)   │
//   │   u8    │   u8   │  u8   │ n bytes    │                 │
//   └─────────┴────────┴───────┴────────────┴─────────────────┘
import { decodeText, encodeTextForNow, isUtf8 } from './text.ts';

export const PROTOCOL_VERSION = 1;

export const VERSION = 0;
export const KIND = 1;
const NAME_LENGTH = 2;
const NAME = 3;

/** An envelope of the given kind, ready to stand before any number of letters. */
export function envelope(kind: number, name: string): Uint8Array {
  const encoded = encodeTextForNow(name);
  const bytes = new Uint8Array(NAME + encoded.length);
  bytes[VERSION] = PROTOCOL_VERSION;
  bytes[KIND] = kind;
  bytes[NAME_LENGTH] = encoded.length;
  bytes.set(encoded, NAME);
  return bytes;
}

/** Where the name of an envelope ends and its letter begins, or -1 where the frame ends before. */
export function letterStart(bytes: Uint8Array): number {
  const start = NAME + (bytes[NAME_LENGTH] ?? bytes.length);
  return start <= bytes.length ? start : -1;
}

/** The name on an envelope that {@link letterStart} found whole, or `undefined` where it is not well-formed UTF-8. */
export function nameOn(bytes: Uint8Array): string | undefined {
  const end = NAME + bytes[NAME_LENGTH]!;
  return isUtf8(bytes, NAME, end) ? decodeText(bytes.subarray(NAME, end)) : undefined;
}

/** Whether the name on a whole envelope is this one: compared in place, since it mostly is the one of the message before. */
export function isNameOn(bytes: Uint8Array, name: Uint8Array): boolean {
  if (bytes[NAME_LENGTH] !== name.length) return false;
  for (let i = 0; i < name.length; i++) if (bytes[NAME + i] !== name[i]) return false;
  return true;
}
