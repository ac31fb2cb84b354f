// Text on the wire is UTF-8: encoded by the sender, checked once where bytes enter, decoded when somebody reads it.

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const strictDecoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** Of one UTF-16 unit in UTF-8. */
const MOST_UNIT_BYTES = 3;
const scratch = new Uint8Array(64 * 1024 * MOST_UNIT_BYTES);

/** From here on the decoder has read the text before a loop has. */
const LOOP_BELOW_BYTES = 512;

export function encodeText(text: string): Uint8Array {
  return encodeTextForNow(text).slice();
}

/** The same, to be read at once: the next text may be written over it. A new array for each takes several times as long. */
export function encodeTextForNow(text: string): Uint8Array {
  if (text.length * MOST_UNIT_BYTES > scratch.length) return encoder.encode(text);
  return scratch.subarray(0, encoder.encodeInto(text, scratch).written);
}

/** Decodes bytes that were checked with {@link isUtf8}. */
export function decodeText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** Whether `bytes` from `start` to `end` are well-formed UTF-8 (RFC 3629). */
export function isUtf8(bytes: Uint8Array, start = 0, end = bytes.length): boolean {
  const unread = end - start < LOOP_BELOW_BYTES ? skipAscii(bytes, start, end) : start;
  if (unread === end) return true;
  try {
    strictDecoder.decode(bytes.subarray(unread, end));
    return true;
  } catch {
    return false;
  }
}

/** The index of the first byte in [start, end) that is not ASCII, rounded down to where the scan stood; `end` if all are. */
export function skipAscii(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  // Eight at a time: this runs over every body that a server forwards.
  for (; i + 8 <= end; i += 8) {
    const any =
      bytes[i]! |
      bytes[i + 1]! |
      bytes[i + 2]! |
      bytes[i + 3]! |
      bytes[i + 4]! |
      bytes[i + 5]! |
      bytes[i + 6]! |
      bytes[i + 7]!;
    if (any > 0x7f) return i;
  }
  while (i < end && bytes[i]! <= 0x7f) i++;
  return i;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
