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

import { readSessionId, SESSION_ID_BYTES, type SessionId, sessionIdBytes } from './session-id.ts';

export const NONCE_BYTES = 8;
export const COOKIE_BYTES = 20;
const HELLO_BYTES = 64;
const TYPE_BYTES = 1;
/** What stands before the frame in a datagram of a session. */
export const DATA_PREFIX_BYTES = TYPE_BYTES + SESSION_ID_BYTES;
/** A nonce and a session id are of one length: what follows either begins here. */
const REST = TYPE_BYTES + NONCE_BYTES;

const HELLO = 0x11;
const COOKIE = 0x12;
const OPEN = 0x13;
const OPENED = 0x14;
const DENIED = 0x15;
const DATA = 0x16;
const CLOSE = 0x17;
const UNKNOWN = 0x18;

export type Datagram = JoiningDatagram | SessionDatagram | { readonly kind: 'stray'; readonly why: string };

/** Exchanged before there is a session; the client's nonce tells one attempt to join from another. */
export type JoiningDatagram =
  | { readonly kind: 'hello'; readonly nonce: Uint8Array }
  | { readonly kind: 'cookie'; readonly nonce: Uint8Array; readonly cookie: Uint8Array }
  | { readonly kind: 'open'; readonly nonce: Uint8Array; readonly cookie: Uint8Array; readonly frame: Uint8Array }
  | { readonly kind: 'opened'; readonly nonce: Uint8Array; readonly session: SessionId; readonly frame: Uint8Array }
  | { readonly kind: 'denied'; readonly nonce: Uint8Array; readonly frame: Uint8Array };

export type SessionDatagram =
  | { readonly kind: 'data'; readonly session: SessionId; readonly frame: Uint8Array }
  | { readonly kind: 'close'; readonly session: SessionId; readonly frame: Uint8Array }
  | { readonly kind: 'unknown'; readonly session: SessionId };

export function parseDatagram(bytes: Uint8Array): Datagram {
  if (bytes.length < REST) return { kind: 'stray', why: `a datagram of ${bytes.length} bytes is too short` };
  switch (bytes[0]) {
    case DATA:
      return { kind: 'data', session: readSessionId(bytes, TYPE_BYTES), frame: restOf(bytes) };
    case CLOSE:
      return { kind: 'close', session: readSessionId(bytes, TYPE_BYTES), frame: restOf(bytes) };
    case UNKNOWN:
      return { kind: 'unknown', session: readSessionId(bytes, TYPE_BYTES) };
    default:
      return parseJoining(bytes, bytes.subarray(TYPE_BYTES, REST), restOf(bytes));
  }
}

function parseJoining(bytes: Uint8Array, nonce: Uint8Array, rest: Uint8Array): Datagram {
  switch (bytes[0]) {
    case HELLO:
      return bytes.length === HELLO_BYTES ? { kind: 'hello', nonce } : wrongLength('HELLO');
    case COOKIE:
      return rest.length === COOKIE_BYTES ? { kind: 'cookie', nonce, cookie: rest } : wrongLength('COOKIE');
    case OPEN:
      if (rest.length <= COOKIE_BYTES) return wrongLength('OPEN');
      return { kind: 'open', nonce, cookie: rest.subarray(0, COOKIE_BYTES), frame: rest.subarray(COOKIE_BYTES) };
    case OPENED:
      if (rest.length < SESSION_ID_BYTES) return wrongLength('OPENED');
      return { kind: 'opened', nonce, session: readSessionId(rest, 0), frame: rest.subarray(SESSION_ID_BYTES) };
    case DENIED:
      return { kind: 'denied', nonce, frame: rest };
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
  return concat(Uint8Array.of(COOKIE), nonce, cookie);
}

export function encodeOpen(nonce: Uint8Array, cookie: Uint8Array, frame: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(OPEN), nonce, cookie, frame);
}

export function encodeOpened(nonce: Uint8Array, session: SessionId, head: Uint8Array, tail: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(OPENED), nonce, sessionIdBytes(session), head, tail);
}

export function encodeDenied(nonce: Uint8Array, head: Uint8Array, tail: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(DENIED), nonce, head, tail);
}

export function encodeUnknown(session: SessionId): Uint8Array {
  return concat(Uint8Array.of(UNKNOWN), sessionIdBytes(session));
}

/** What stands before every frame of one session, by the datagram's kind. Of DATA it is made once, of the one CLOSE when it comes. */
export class SessionPrefix {
  readonly data: Uint8Array;

  constructor(session: SessionId) {
    this.data = concat(Uint8Array.of(DATA), sessionIdBytes(session));
  }

  get close(): Uint8Array {
    return concat(Uint8Array.of(CLOSE), this.data.subarray(TYPE_BYTES));
  }
}

export function sessionPrefix(session: SessionId): SessionPrefix {
  return new SessionPrefix(session);
}

/** One datagram of these pieces. */
export function concat(...pieces: Uint8Array[]): Uint8Array {
  return Buffer.concat(pieces);
}

function restOf(bytes: Uint8Array): Uint8Array {
  // A plain view: `subarray` of a Buffer makes another Buffer, which takes several times as long.
  return new Uint8Array(bytes.buffer, bytes.byteOffset + REST, bytes.length - REST);
}

function wrongLength(type: string): Datagram {
  return { kind: 'stray', why: `a ${type} datagram has the wrong length` };
}
