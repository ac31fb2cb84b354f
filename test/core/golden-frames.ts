// Every kind of frame with its bytes, written by hand from docs/protocol.md: what is on the wire, not what the code does.
import { Arena } from '../../src/core/arena.ts';
import {
  encodeConfirm,
  encodeJoin,
  encodePing,
  encodeWho,
  parseClientFrame,
  sendEnvelope,
} from '../../src/core/client-frame.ts';
import { encodeLetter } from '../../src/core/letter.ts';
import {
  deliverEnvelope,
  encodeBye,
  encodeChallenge,
  encodeConfirmed,
  encodeJoined,
  encodeLeft,
  encodePong,
  encodeRefused,
  encodeRoster,
  encodeWelcome,
  parseServerFrame,
} from '../../src/core/server-frame.ts';
import { joined, unhex } from '../support/hex.ts';

export interface GoldenFrame {
  readonly name: string;
  readonly hex: string;
  readonly encode: () => Uint8Array;
  readonly parse: (bytes: Uint8Array) => { kind: string };
  /** What `parse` answers. */
  readonly value: object;
  /** The shortest beginning that is a legal frame too; by default, none is. */
  readonly wholeFrom?: number;
}

const people = [
  { name: 'Ana', transport: 'tcp' },
  { name: 'Usuario0', transport: 'udp' },
];

const OI = { sequence: 7, wantsReceipt: true, subject: 'Oi', body: 'olá' };
const EMPTY = { sequence: 1, wantsReceipt: false, subject: '', body: '' };
const OI_LETTER = '00 00 00 07 01 02 4f 69 6f 6c c3 a1';
const EMPTY_LETTER = '00 00 00 01 00 00';

function letter(content: typeof OI): Uint8Array {
  return encodeLetter(content, new Arena());
}

/** A message's body takes what is left, so a frame cut inside it is a message too, if no character is cut. */
function messageValue(kind: string, hex: string, letterHex: string, more: object = {}) {
  return { kind, envelope: unhex(hex), letter: unhex(letterHex), ...more };
}

const client = (name: string, hex: string, encode: () => Uint8Array, value: object): GoldenFrame => ({
  name,
  hex,
  encode,
  parse: parseClientFrame,
  value,
});

const server = (name: string, hex: string, encode: () => Uint8Array, value: object): GoldenFrame => ({
  name,
  hex,
  encode,
  parse: parseServerFrame,
  value,
});

const CHALLENGE = counted(0x10, 24);
export const PROOF = { challenge: unhex(CHALLENGE), nonce: unhex(counted(0x40, 16)), proof: unhex(counted(0x80, 32)) };
const JOIN_PROVED = `01 01 02 03 41 6e 61 ${CHALLENGE} ${counted(0x40, 16)} ${counted(0x80, 32)}`;
const WELCOME_PROVED = `01 81 03 41 6e 61 ${counted(0x80, 32)}`;

/** So many bytes, each one more than the one before. */
function counted(first: number, sizeBytes: number): string {
  return Array.from({ length: sizeBytes }, (_, at) => (first + at).toString(16)).join(' ');
}

const SEND_OI = `01 02 08 55 73 75 61 72 69 6f 30 ${OI_LETTER}`;
const SEND_EMPTY = `01 02 01 2a ${EMPTY_LETTER}`;
const DELIVER_OI = `01 82 03 41 6e 61 ${OI_LETTER}`;
const DELIVER_EMPTY = `01 83 03 41 6e 61 ${EMPTY_LETTER}`;

export const GOLDEN_FRAMES: readonly GoldenFrame[] = [
  client('JOIN as "Ana", with presence', '01 01 01 03 41 6e 61', () => encodeJoin('Ana', true), {
    kind: 'join',
    name: 'Ana',
    wantsPresence: true,
  }),
  client('JOIN without a name', '01 01 00 00', () => encodeJoin('', false), {
    kind: 'join',
    name: '',
    wantsPresence: false,
  }),
  client('JOIN as "Ana", with proof', JOIN_PROVED, () => encodeJoin('Ana', false, PROOF), {
    kind: 'join',
    name: 'Ana',
    wantsPresence: false,
    proof: PROOF,
  }),
  {
    ...client(
      'SEND to "Usuario0"',
      SEND_OI,
      () => joined(sendEnvelope('Usuario0'), letter(OI)),
      messageValue('send', SEND_OI, OI_LETTER),
    ),
    wholeFrom: 19,
  },
  client(
    'SEND to everybody, empty',
    SEND_EMPTY,
    () => joined(sendEnvelope('*'), letter(EMPTY)),
    messageValue('send', SEND_EMPTY, EMPTY_LETTER),
  ),
  client('WHO, request 258', '01 03 00 00 01 02', () => encodeWho(258), { kind: 'who', request: 258 }),
  client('CONFIRM number 7 of "Ana"', '01 04 03 41 6e 61 00 00 00 07', () => encodeConfirm('Ana', 7), {
    kind: 'confirm',
    to: 'Ana',
    sequence: 7,
  }),
  client('PING, token 4294967294', '01 05 ff ff ff fe', () => encodePing(0xffff_fffe), {
    kind: 'ping',
    token: 0xffff_fffe,
  }),
  server('WELCOME, "Usuario0"', '01 81 08 55 73 75 61 72 69 6f 30', () => encodeWelcome('Usuario0'), {
    kind: 'welcome',
    name: 'Usuario0',
  }),
  {
    ...server('WELCOME, "Ana", with proof', WELCOME_PROVED, () => encodeWelcome('Ana', PROOF.proof), {
      kind: 'welcome',
      name: 'Ana',
      proof: PROOF.proof,
    }),
    wholeFrom: 6,
  },
  {
    ...server(
      'DELIVER from "Ana"',
      DELIVER_OI,
      () => joined(deliverEnvelope('Ana', false), letter(OI)),
      messageValue('deliver', DELIVER_OI, OI_LETTER, { toAll: false }),
    ),
    wholeFrom: 14,
  },
  server(
    'DELIVER-TO-ALL from "Ana", empty',
    DELIVER_EMPTY,
    () => joined(deliverEnvelope('Ana', true), letter(EMPTY)),
    messageValue('deliver', DELIVER_EMPTY, EMPTY_LETTER, { toAll: true }),
  ),
  server(
    'CONFIRMED number 7 by "Usuario0"',
    '01 84 08 55 73 75 61 72 69 6f 30 00 00 00 07',
    () => encodeConfirmed('Usuario0', 7),
    { kind: 'confirmed', from: 'Usuario0', sequence: 7 },
  ),
  {
    ...server(
      'ROSTER, request 258, part 0 of 1',
      '01 85 00 00 01 02 00 00 00 01 03 41 6e 61 03 74 63 70 08 55 73 75 61 72 69 6f 30 03 75 64 70',
      () => joined(...encodeRoster(258, people)),
      { kind: 'roster', request: 258, part: 0, parts: 1, people },
    ),
    wholeFrom: 10,
  },
  server('JOINED, "Ana" over tcp', '01 86 03 41 6e 61 03 74 63 70', () => encodeJoined(people[0]!), {
    kind: 'joined',
    ...people[0],
  }),
  server('LEFT, "Ana" was lost', '01 87 03 41 6e 61 02', () => encodeLeft('Ana', 'lost'), {
    kind: 'left',
    name: 'Ana',
    departure: 'lost',
  }),
  server(
    'REFUSED number 7: no user "Bia"',
    '01 88 00 00 00 07 01 03 42 69 61',
    () => encodeRefused(7, 'unknown-recipient', 'Bia'),
    { kind: 'refused', sequence: 7, code: 'unknown-recipient', about: 'Bia' },
  ),
  server('PONG, token 4294967294', '01 89 ff ff ff fe', () => encodePong(0xffff_fffe), {
    kind: 'pong',
    token: 0xffff_fffe,
  }),
  server('BYE: shutdown, "noite"', '01 8a 01 05 6e 6f 69 74 65', () => encodeBye('shutdown', 'noite'), {
    kind: 'bye',
    code: 'shutdown',
    about: 'noite',
  }),
  server('CHALLENGE', `01 8b ${CHALLENGE}`, () => encodeChallenge(PROOF.challenge), {
    kind: 'challenge',
    challenge: PROOF.challenge,
  }),
];
