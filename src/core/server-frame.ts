// The frames that a server sends, as bytes and as values. docs/protocol.md has the table.
import type { ByteReader } from './byte-reader.ts';
import { frame, type MalformedFrame, parseFields, unknownKind, wrongVersion } from './client-frame.ts';
import { envelope, KIND, letterStart, PROTOCOL_VERSION, VERSION } from './envelope.ts';
import { CHALLENGE_BYTES, PROOF_BYTES } from './gate.ts';
import { letterFault, letterSequence } from './letter.ts';
import {
  DEPARTURES,
  type Departure,
  FAREWELLS,
  type FarewellCode,
  farewellFor,
  REFUSALS,
  type RefusalCode,
} from './refusal.ts';
import type { CloseCause } from './transport.ts';

const WELCOME = 0x81;
const DELIVER = 0x82;
const DELIVER_TO_ALL = 0x83;
const CONFIRMED = 0x84;
const ROSTER = 0x85;
const JOINED = 0x86;
const LEFT = 0x87;
const REFUSED = 0x88;
const PONG = 0x89;
const BYE = 0x8a;
const CHALLENGE = 0x8b;

const NO_PROOF = new Uint8Array(0);

/** A user as others see him: his name, and the transport that he is on. */
export interface Person {
  readonly name: string;
  readonly transport: string;
}

export type ServerFrame =
  /** With the server's proof where the client has joined with one. */
  | { readonly kind: 'welcome'; readonly name: string; readonly proof?: Uint8Array | undefined }
  /** The sender's name is still on the envelope, unread. */
  | { readonly kind: 'deliver'; readonly toAll: boolean; readonly envelope: Uint8Array; readonly letter: Uint8Array }
  | { readonly kind: 'confirmed'; readonly from: string; readonly sequence: number }
  | RosterPart
  | ({ readonly kind: 'joined' } & Person)
  | { readonly kind: 'left'; readonly name: string; readonly departure: Departure }
  | { readonly kind: 'refused'; readonly sequence: number; readonly code: RefusalCode; readonly about: string }
  | { readonly kind: 'pong'; readonly token: number }
  | { readonly kind: 'bye'; readonly code: FarewellCode; readonly about: string }
  /** A server with a secret asks for proof; a join that bears it comes over a new channel. */
  | { readonly kind: 'challenge'; readonly challenge: Uint8Array }
  | MalformedFrame;

/** A long roster comes in parts, each in a frame of its own. */
export interface RosterPart {
  readonly kind: 'roster';
  readonly request: number;
  readonly part: number;
  readonly parts: number;
  readonly people: readonly Person[];
}

export function parseServerFrame(bytes: Uint8Array): ServerFrame {
  if (bytes[VERSION] !== PROTOCOL_VERSION) return wrongVersion(bytes);
  const kind = bytes[KIND];
  if (kind === DELIVER || kind === DELIVER_TO_ALL) return parseDeliver(bytes, kind === DELIVER_TO_ALL);
  if (kind === undefined || kind < WELCOME || kind > CHALLENGE) return unknownKind(bytes);
  return parseFields(bytes, (reader) => readServerFields(bytes, reader));
}

/** The head of every message from this sender; a letter follows it. */
export function deliverEnvelope(from: string, toAll: boolean): Uint8Array {
  return envelope(toAll ? DELIVER_TO_ALL : DELIVER, from);
}

/** @param proof of the server, for whoever has proved himself */
export function encodeWelcome(name: string, proof: Uint8Array = NO_PROOF): Uint8Array {
  return frame(WELCOME).shortText(name).raw(proof).bytes();
}

export function encodeChallenge(challenge: Uint8Array): Uint8Array {
  return frame(CHALLENGE).raw(challenge).bytes();
}

export function encodeConfirmed(from: string, sequence: number): Uint8Array {
  return frame(CONFIRMED).shortText(from).u32(sequence).bytes();
}

export function encodeJoined(person: Person): Uint8Array {
  return frame(JOINED).shortText(person.name).shortText(person.transport).bytes();
}

export function encodeLeft(name: string, departure: Departure): Uint8Array {
  return frame(LEFT)
    .shortText(name)
    .u8(DEPARTURES.indexOf(departure) + 1)
    .bytes();
}

/** @param sequence of the refused message, or 0 where no message is meant */
export function encodeRefused(sequence: number, code: RefusalCode, about: string): Uint8Array {
  return frame(REFUSED)
    .u32(sequence)
    .u8(REFUSALS.indexOf(code) + 1)
    .shortText(about)
    .bytes();
}

export function encodePong(token: number): Uint8Array {
  return frame(PONG).u32(token).bytes();
}

export function encodeBye(code: FarewellCode, about: string): Uint8Array {
  return frame(BYE)
    .u8(FAREWELLS.indexOf(code) + 1)
    .shortText(about)
    .bytes();
}

/** The last frame for a client whose channel ends for this cause. */
export function encodeFarewell(cause: CloseCause): Uint8Array {
  const { code, about } = farewellFor(cause);
  return encodeBye(code, about);
}

/** The roster in as many frames as it needs, none over `partBytes` by more than one person; each is made when asked for. */
export function* encodeRoster(request: number, people: readonly Person[], partBytes = 32_000): Generator<Uint8Array> {
  const chunks: Person[][] = [[]];
  let sizeBytes = 0;
  for (const person of people) {
    if (sizeBytes > partBytes) {
      chunks.push([]);
      sizeBytes = 0;
    }
    chunks.at(-1)!.push(person);
    sizeBytes += 2 + person.name.length * 3 + person.transport.length;
  }
  for (const [part, chunk] of chunks.entries()) {
    yield encodeRosterPart({ kind: 'roster', request, part, parts: chunks.length, people: chunk });
  }
}

function encodeRosterPart(roster: RosterPart): Uint8Array {
  const writer = frame(ROSTER).u32(roster.request).u16(roster.part).u16(roster.parts);
  for (const person of roster.people) writer.shortText(person.name).shortText(person.transport);
  return writer.bytes();
}

function parseDeliver(bytes: Uint8Array, toAll: boolean): ServerFrame {
  const start = letterStart(bytes);
  if (start < 0) return { kind: 'malformed', why: 'it ends before its sender does' };
  const letter = bytes.subarray(start);
  const fault = letterFault(letter);
  if (fault !== undefined) return { kind: 'bad-letter', sequence: letterSequence(letter), fault };
  return { kind: 'deliver', toAll, envelope: bytes, letter };
}

function readServerFields(bytes: Uint8Array, reader: ByteReader): ServerFrame {
  switch (bytes[KIND]) {
    case WELCOME:
      return {
        kind: 'welcome',
        name: reader.shortText('name'),
        proof: reader.bytesLeft >= PROOF_BYTES ? reader.bytes('proof', PROOF_BYTES) : undefined,
      };
    case CHALLENGE:
      return { kind: 'challenge', challenge: reader.bytes('challenge', CHALLENGE_BYTES) };
    case CONFIRMED:
      return { kind: 'confirmed', from: reader.shortText('sender'), sequence: reader.u32('sequence') };
    case ROSTER:
      return readRosterPart(reader);
    case JOINED:
      return { kind: 'joined', ...readPerson(reader) };
    case LEFT:
      return { kind: 'left', name: reader.shortText('name'), departure: reader.code('departure', DEPARTURES) };
    case REFUSED:
      return {
        kind: 'refused',
        sequence: reader.u32('sequence'),
        code: reader.code('code', REFUSALS),
        about: reader.shortText('detail'),
      };
    case PONG:
      return { kind: 'pong', token: reader.u32('token') };
    case BYE:
      return {
        kind: 'bye',
        code: reader.code('code', FAREWELLS),
        about: reader.shortText('detail'),
      };
    default:
      return unknownKind(bytes);
  }
}

function readRosterPart(reader: ByteReader): RosterPart {
  const request = reader.u32('request');
  const part = reader.u16('part');
  const parts = reader.u16('parts');
  const people: Person[] = [];
  while (!reader.atEnd) people.push(readPerson(reader));
  return { kind: 'roster', request, part, parts, people };
}

function readPerson(reader: ByteReader): Person {
  return { name: reader.shortText('name'), transport: reader.shortText('transport') };
}
