// Single fields of a frame, and pieces of one: what every codec here does with bytes. Big-endian, as on every network.

export function readU32(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset]! << 24) | (bytes[offset + 1]! << 16) | (bytes[offset + 2]! << 8) | bytes[offset + 3]!) >>> 0;
}

export function writeU32(bytes: Uint8Array, offset: number, value: number): void {
  bytes[offset] = value >>> 24;
  bytes[offset + 1] = value >>> 16;
  bytes[offset + 2] = value >>> 8;
  bytes[offset + 3] = value;
}

/** A head has a dozen bytes: a loop has copied them before a call of `set` begins. */
const LOOP_BELOW_BYTES = 48;

/** Copies a piece; answers where the next one goes. */
export function copyPiece(piece: Uint8Array, target: Uint8Array, offset: number): number {
  if (piece.length >= LOOP_BELOW_BYTES) target.set(piece, offset);
  else for (let i = 0; i < piece.length; i++) target[offset + i] = piece[i]!;
  return offset + piece.length;
}
