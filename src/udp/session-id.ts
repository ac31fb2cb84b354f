// A session's name on the wire: 64 random bits, held as two numbers because JavaScript's integers end at 53 bits.
import { readU32 } from '../core/bytes.ts';

export const SESSION_ID_BYTES = 8;

export interface SessionId {
  readonly high: number;
  readonly low: number;
}

export function readSessionId(bytes: Uint8Array, offset: number): SessionId {
  return { high: readU32(bytes, offset), low: readU32(bytes, offset + 4) };
}

export function sessionIdBytes(id: SessionId): Uint8Array {
  const bytes = new Uint8Array(SESSION_ID_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, id.high);
  view.setUint32(4, id.low);
  return bytes;
}

export function isSameSession(a: SessionId, b: SessionId): boolean {
  return a.high === b.high && a.low === b.low;
}

/** A map's key: the low 53 bits. Two sessions may share it; whoever looks one up compares the whole id. */
export function sessionKey(id: SessionId): number {
  return (id.high & 0x1f_ffff) * 0x1_0000_0000 + id.low;
}
