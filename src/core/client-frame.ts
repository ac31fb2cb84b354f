// The frames that a client sends, as bytes and as values. docs/protocol.md has the table.
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { envelope, KIND, letterStart, PROTOCOL_VERSION, VERSION } from './envelope.ts';
import { type JoinClaim, type JoinProof, readJoinProof, writeJoinProof } from './gate.ts';
import { type LetterFault, letterFault, letterSequence } from './letter.ts';

const JOIN = 0x01;
const SEND = 0x02;
const WHO = 0x03;
const CONFIRM = 0x04;
const PING = 0x05;

const WANTS_PRESENCE = 1;
const HAS_PROOF = 2;

export type ClientFrame =
  | ({ readonly kind: 'join'; readonly proof?: JoinProof | undefined } & JoinClaim)
  /** The recipient's name is still on the envelope, unread: the router compares its bytes before it decodes them. */
  | { readonly kind: 'send'; readonly envelope: Uint8Array; readonly letter: Uint8Array }
  | { readonly kind: 'who'; readonly request: number }
  | { readonly kind: 'confirm'; readonly to: string; readonly sequence: number }
  | { readonly kind: 'ping'; readonly token: number }
  | MalformedFrame;

export type MalformedFrame =
  | { readonly kind: 'wrong-version'; readonly version: number }
  | { readonly kind: 'bad-letter'; readonly sequence: number; readonly fault: LetterFault }
  | { readonly kind: 'malformed'; readonly why: string };

/** Bytes become a legal frame or say what is wrong with them; nobody checks again. */
export function parseClientFrame(bytes: Uint8Array): ClientFrame {
  if (bytes[VERSION] !== PROTOCOL_VERSION) return wrongVersion(bytes);
  switch (bytes[KIND]) {
    case SEND:
      return parseSend(bytes);
    case JOIN:
      return parseJoin(bytes);
    case WHO:
      return parseFields(bytes, (r) => ({ kind: 'who', request: r.u32('request') }));
    case CONFIRM:
      return parseFields(bytes, (r) => ({
        kind: 'confirm',
        to: r.shortText('recipient'),
        sequence: r.u32('sequence'),
      }));
    case PING:
      return parseFields(bytes, (r) => ({ kind: 'ping', token: r.u32('token') }));
    default:
      return unknownKind(bytes);
  }
}

/** @param proof where the server has asked for one */
export function encodeJoin(name: string, wantsPresence: boolean, proof?: JoinProof): Uint8Array {
  const flags = (wantsPresence ? WANTS_PRESENCE : 0) | (proof === undefined ? 0 : HAS_PROOF);
  const writer = frame(JOIN).u8(flags).shortText(name);
  return (proof === undefined ? writer : writeJoinProof(writer, proof)).bytes();
}

/** The head of every message to this recipient; a letter follows it. */
export function sendEnvelope(to: string): Uint8Array {
  return envelope(SEND, to);
}

export function encodeWho(request: number): Uint8Array {
  return frame(WHO).u32(request).bytes();
}

export function encodeConfirm(to: string, sequence: number): Uint8Array {
  return frame(CONFIRM).shortText(to).u32(sequence).bytes();
}

export function encodePing(token: number): Uint8Array {
  return frame(PING).u32(token).bytes();
}

export function wrongVersion(bytes: Uint8Array): MalformedFrame {
  return { kind: 'wrong-version', version: bytes[VERSION] ?? 0 };
}

export function unknownKind(bytes: Uint8Array): MalformedFrame {
  const kind = bytes[KIND];
  return { kind: 'malformed', why: kind === undefined ? 'it ends before its kind does' : `kind ${kind} is unknown` };
}

/** Reads fields after version and kind; whatever they are, the frame counts only if it ends with them. */
export function parseFields<T>(bytes: Uint8Array, read: (reader: ByteReader) => T): T | MalformedFrame {
  const reader = new ByteReader(bytes, KIND + 1);
  const parsed = read(reader);
  const why = reader.fault();
  return why === undefined ? parsed : { kind: 'malformed', why };
}

export function frame(kind: number): ByteWriter {
  return new ByteWriter().u8(PROTOCOL_VERSION).u8(kind);
}

function parseSend(bytes: Uint8Array): ClientFrame {
  const start = letterStart(bytes);
  if (start < 0) return { kind: 'malformed', why: 'it ends before its recipient does' };
  const letter = bytes.subarray(start);
  const fault = letterFault(letter);
  if (fault !== undefined) return { kind: 'bad-letter', sequence: letterSequence(letter), fault };
  return { kind: 'send', envelope: bytes, letter };
}

function parseJoin(bytes: Uint8Array): ClientFrame {
  return parseFields(bytes, (reader) => {
    const flags = reader.flags('flags', WANTS_PRESENCE | HAS_PROOF);
    return {
      kind: 'join',
      wantsPresence: (flags & WANTS_PRESENCE) !== 0,
      name: reader.shortText('name'),
      proof: (flags & HAS_PROOF) === 0 ? undefined : readJoinProof(reader),
    };
  });
}
