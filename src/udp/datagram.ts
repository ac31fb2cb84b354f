// The datagrams of a session. One datagram carries at most one frame. Pure: bytes to values and back.
//
//            0       1           9            9+20 / 17
//            ┌───────┬───────────┬────────────┬──────────────┐
//   HELLO    │ 0x11  │ nonce     │ zeros, so that the reply is never longer (64 bytes in all)
//   COOKIE   │ 0x12  │ nonce     │ cookie, 20 │
//   OPEN     │ 0x13  │ nonce     │ cookie, 20 │ opening frame│
//   OPENED   │ 0x14  │ nonce     │ session, 8 │ answer frame │
//   DENIED   │ 0x15  │ nonce     │ last frame
//   DATA     │ 0x16  │ session   │ frame; none: keep-alive
//   CLOSE    │ 0x17  │ session   │ last frame
//   UNKNOWN  │ 0x18  │ session   │
//            └───────┴───────────┴────────────┴──────────────┘
//   The high half of the first byte is the version of this format.

export const ID_BYTES = 8;
export const COOKIE_BYTES = 20;
const HELLO_BYTES = 64;
const TYPE_BYTES = 1;
const ID_END = TYPE_BYTES + ID_BYTES;

const HELLO = 0x11;
const COOKIE = 0x12;
const OPEN = 0x13;
const OPENED = 0x14;
const DENIED = 0x15;
const DATA = 0x16;
const CLOSE = 0x17;
const UNKNOWN = 0x18;

/** Nonces and session ids are 8 random bytes; equal bytes are the same id. */
export type Datagram =
  | { readonly kind: 'hello'; readonly nonce: Uint8Array }
  | { readonly kind: 'cookie'; readonly nonce: Uint8Array; readonly cookie: Uint8Array }
  | { readonly kind: 'open'; readonly nonce: Uint8Array; readonly cookie: Uint8Array; readonly frame: Uint8Array }
  | { readonly kind: 'opened'; readonly nonce: Uint8Array; readonly session: Uint8Array; readonly frame: Uint8Array }
  | { readonly kind: 'denied'; readonly nonce: Uint8Array; readonly frame: Uint8Array }
  | { readonly kind: 'data'; readonly session: Uint8Array; readonly frame: Uint8Array }
  | { readonly kind: 'close'; readonly session: Uint8Array; readonly frame: Uint8Array }
  | { readonly kind: 'unknown'; readonly session: Uint8Array }
  | { readonly kind: 'stray'; readonly why: string };

export function parseDatagram(bytes: Uint8Array): Datagram {
  if (bytes.length < ID_END) return { kind: 'stray', why: `a datagram of ${bytes.length} bytes is too short` };
  const id = bytes.subarray(TYPE_BYTES, ID_END);
  const rest = bytes.subarray(ID_END);
  switch (bytes[0]) {
    case DATA:
      return { kind: 'data', session: id, frame: rest };
    case HELLO:
      return bytes.length < HELLO_BYTES ? tooShort('HELLO') : { kind: 'hello', nonce: id };
    case COOKIE:
      return rest.length === COOKIE_BYTES ? { kind: 'cookie', nonce: id, cookie: rest } : tooShort('COOKIE');
    case OPEN:
      if (rest.length <= COOKIE_BYTES) return tooShort('OPEN');
      return { kind: 'open', nonce: id, cookie: rest.subarray(0, COOKIE_BYTES), frame: rest.subarray(COOKIE_BYTES) };
    case OPENED:
      if (rest.length < ID_BYTES) return tooShort('OPENED');
      return { kind: 'opened', nonce: id, session: rest.subarray(0, ID_BYTES), frame: rest.subarray(ID_BYTES) };
    case DENIED:
      return { kind: 'denied', nonce: id, frame: rest };
    case CLOSE:
      return { kind: 'close', session: id, frame: rest };
    case UNKNOWN:
      return { kind: 'unknown', session: id };
    default:
      return { kind: 'stray', why: `a datagram that begins with byte ${bytes[0]} is not of this protocol` };
  }
}

export function encodeHello(nonce: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HELLO_BYTES);
  bytes[0] = HELLO;
  bytes.set(nonce, TYPE_BYTES);
  return bytes;
}

export function encodeCookie(nonce: Uint8Array, cookie: Uint8Array): Uint8Array {
  return concat(COOKIE, nonce, cookie);
}

export function encodeOpen(nonce: Uint8Array, cookie: Uint8Array, frame: Uint8Array): Uint8Array {
  return concat(OPEN, nonce, cookie, frame);
}

export function encodeOpened(nonce: Uint8Array, session: Uint8Array, ...frame: Uint8Array[]): Uint8Array {
  return concat(OPENED, nonce, session, ...frame);
}

export function encodeDenied(nonce: Uint8Array, ...frame: Uint8Array[]): Uint8Array {
  return concat(DENIED, nonce, ...frame);
}

/** A frame inside a session: one of many, or the last. */
export function encodeInSession(kind: 'data' | 'close', session: Uint8Array, ...frame: Uint8Array[]): Uint8Array {
  return concat(kind === 'data' ? DATA : CLOSE, session, ...frame);
}

export function encodeUnknown(session: Uint8Array): Uint8Array {
  return concat(UNKNOWN, session);
}

function concat(type: number, ...parts: Uint8Array[]): Uint8Array {
  let sizeBytes = TYPE_BYTES;
  for (const part of parts) sizeBytes += part.length;
  // Pooled, and never handed out again: a datagram may still wait in the socket when the next is made.
  const bytes = Buffer.allocUnsafe(sizeBytes);
  bytes[0] = type;
  let offset = TYPE_BYTES;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

function tooShort(type: string): Datagram {
  return { kind: 'stray', why: `a ${type} datagram has the wrong length` };
}
