// The body of a measured message: it says which message of which trial it is, and what follows can be computed from
// that, so that the receiver knows damage when it sees it. ASCII, so that every body is a legal chat message.
//
//   0         8         16        24
//   ┌─────────┬─────────┬─────────┬──────────────────────────┐
//   │  trial  │ message │  check  │ filler, from the message │      numbers: 8 hexadecimal digits
//   └─────────┴─────────┴─────────┴──────────────────────────┘

export const SMALLEST_PROBE_BYTES = 24;

const DIGITS = '0123456789abcdef';
const NUMBER_BYTES = 8;
const CHECK_OFFSET = 16;

export function writeProbe(trial: number, message: number, sizeBytes: number): Uint8Array {
  const body = new Uint8Array(sizeBytes);
  writeHex(body, 0, trial);
  writeHex(body, NUMBER_BYTES, message);
  writeHex(body, CHECK_OFFSET, check(trial, message, sizeBytes));
  body.set(filler(message, sizeBytes), SMALLEST_PROBE_BYTES);
  return body;
}

/** What every body of a trial begins with; the message's number stands behind it. */
export function probeMark(trial: number): Uint8Array {
  const mark = new Uint8Array(NUMBER_BYTES);
  writeHex(mark, 0, trial);
  return mark;
}

/** `other` is a message of another trial, come late; `damaged` is one that is not what was sent. */
export type ProbeReading =
  | { readonly kind: 'whole'; readonly message: number }
  | { readonly kind: 'other' | 'damaged' };

export function readProbe(body: Uint8Array, trial: number): ProbeReading {
  const foundTrial = readHex(body, 0);
  const message = readHex(body, NUMBER_BYTES);
  const isWhole = readHex(body, CHECK_OFFSET) === check(foundTrial, message, body.length);
  if (!isWhole || Number.isNaN(foundTrial) || Number.isNaN(message)) return { kind: 'damaged' };
  if (foundTrial !== trial) return { kind: 'other' };
  const expected = filler(message, body.length);
  const isFiller = Buffer.compare(body.subarray(SMALLEST_PROBE_BYTES), expected) === 0;
  return isFiller ? { kind: 'whole', message } : { kind: 'damaged' };
}

/** Without it a damaged number would pass for the number of another message, and a body cut short for a whole one. */
function check(trial: number, message: number, sizeBytes: number): number {
  const mixed = Math.imul(trial ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(message ^ (message >>> 15), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 13) ^ Math.imul(sizeBytes, 0x27d4eb2f)) >>> 0;
}

/** Printable characters: message m has `0x21 + (31 m + 7 i) mod 94` at place i. All of them are parts of one long row. */
function filler(message: number, sizeBytes: number): Uint8Array {
  const start = (message * STARTS) % ROW_PERIOD;
  return FILLER_ROW.subarray(start + SMALLEST_PROBE_BYTES, start + sizeBytes);
}

const ROW_PERIOD = 94;
/** Every message begins in another place of the row: 31 / 7 mod 94. */
const STARTS = 85;
const LARGEST_BODY_BYTES = 65_536;
const FILLER_ROW = Uint8Array.from(
  { length: ROW_PERIOD + LARGEST_BODY_BYTES },
  (_, i) => 0x21 + ((7 * i) % ROW_PERIOD),
);

function writeHex(bytes: Uint8Array, offset: number, value: number): void {
  for (let i = 0; i < NUMBER_BYTES; i++) bytes[offset + i] = DIGITS.charCodeAt((value >>> (28 - 4 * i)) & 0xf);
}

function readHex(bytes: Uint8Array, offset: number): number {
  let value = 0;
  for (let i = offset; i < offset + NUMBER_BYTES; i++) value = value * 16 + hexDigit(bytes[i]);
  return value;
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return Number.NaN;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  return byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : Number.NaN;
}
