// Every kind of datagram with its bytes, written by hand from docs/protocol.md.
import {
  concat,
  type Datagram,
  encodeCookie,
  encodeDenied,
  encodeHello,
  encodeOpen,
  encodeOpened,
  encodeUnknown,
  sessionPrefix,
} from '../../src/udp/datagram.ts';
import { unhex } from '../support/hex.ts';

const NONCE = '01 02 03 04 05 06 07 08';
const COOKIE = 'c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 ca cb cc cd ce cf d0 d1 d2 d3';
const SESSION = '91 92 93 94 95 96 97 98';
const JOIN = '01 01 00 00';
const WELCOME = '01 81 03 41 6e 61';
const REFUSED = '01 88 00 00 00 00 03 03 41 6e 61';
const PING = '01 05 00 00 00 01';
const BYE = '01 8a 01 00';

const nonce = unhex(NONCE);
const cookie = unhex(COOKIE);
const session = { high: 0x91929394, low: 0x95969798 };
const NOTHING = unhex('');

export interface GoldenDatagram {
  readonly name: string;
  readonly hex: string;
  readonly encode: () => Uint8Array;
  readonly value: Datagram;
  /** The shortest beginning that is a datagram too: a frame takes what is left. */
  readonly wholeFrom: number;
}

export const GOLDEN_DATAGRAMS: readonly GoldenDatagram[] = [
  {
    name: 'HELLO',
    hex: `11 ${NONCE}${' 00'.repeat(55)}`,
    encode: () => encodeHello(nonce),
    value: { kind: 'hello', nonce },
    wholeFrom: 64,
  },
  {
    name: 'COOKIE',
    hex: `12 ${NONCE} ${COOKIE}`,
    encode: () => encodeCookie(nonce, cookie),
    value: { kind: 'cookie', nonce, cookie },
    wholeFrom: 29,
  },
  {
    name: 'OPEN with JOIN',
    hex: `13 ${NONCE} ${COOKIE} ${JOIN}`,
    encode: () => encodeOpen(nonce, cookie, unhex(JOIN)),
    value: { kind: 'open', nonce, cookie, frame: unhex(JOIN) },
    wholeFrom: 30,
  },
  {
    name: 'OPENED with WELCOME',
    hex: `14 ${NONCE} ${SESSION} ${WELCOME}`,
    encode: () => encodeOpened(nonce, session, unhex('01 81'), unhex('03 41 6e 61')),
    value: { kind: 'opened', nonce, session, frame: unhex(WELCOME) },
    wholeFrom: 17,
  },
  {
    name: 'DENIED with REFUSED',
    hex: `15 ${NONCE} ${REFUSED}`,
    encode: () => encodeDenied(nonce, unhex(REFUSED), NOTHING),
    value: { kind: 'denied', nonce, frame: unhex(REFUSED) },
    wholeFrom: 9,
  },
  {
    name: 'DATA with PING',
    hex: `16 ${SESSION} ${PING}`,
    encode: () => concat(sessionPrefix(session).data, unhex(PING)),
    value: { kind: 'data', session, frame: unhex(PING) },
    wholeFrom: 9,
  },
  {
    name: 'DATA, keep-alive',
    hex: `16 ${SESSION}`,
    encode: () => sessionPrefix(session).data,
    value: { kind: 'data', session, frame: NOTHING },
    wholeFrom: 9,
  },
  {
    name: 'CLOSE with BYE',
    hex: `17 ${SESSION} ${BYE}`,
    encode: () => concat(sessionPrefix(session).close, unhex(BYE)),
    value: { kind: 'close', session, frame: unhex(BYE) },
    wholeFrom: 9,
  },
  {
    name: 'CLOSE',
    hex: `17 ${SESSION}`,
    encode: () => sessionPrefix(session).close,
    value: { kind: 'close', session, frame: NOTHING },
    wholeFrom: 9,
  },
  {
    name: 'UNKNOWN',
    hex: `18 ${SESSION}`,
    encode: () => encodeUnknown(session),
    value: { kind: 'unknown', session },
    wholeFrom: 9,
  },
];
