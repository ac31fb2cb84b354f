// A body that bears a number, so that what arrives is recognised. Seven bits in each byte: it has to be text.

const NUMBER_BYTES = 5;

export function numberedBody(number: number, sizeBytes: number): Uint8Array {
  const body = new Uint8Array(sizeBytes).fill(0x61);
  for (let at = NUMBER_BYTES - 1, rest = number; at >= 0; at--, rest = Math.floor(rest / 128)) body[at] = rest % 128;
  return body;
}

export function numberIn(body: Uint8Array): number {
  let number = 0;
  for (let at = 0; at < NUMBER_BYTES; at++) number = number * 128 + body[at]!;
  return number;
}
