// The dissector against the golden bytes, and against the program's own parsers for what is no frame.
import { expect, test } from 'vitest';
import { parseClientFrame } from '../../src/core/client-frame.ts';
import { nameOn } from '../../src/core/envelope.ts';
import { MAX_BODY_BYTES, MAX_FRAME_BYTES } from '../../src/core/limits.ts';
import { parseServerFrame } from '../../src/core/server-frame.ts';
import { parseDatagram } from '../../src/udp/datagram.ts';
import { GOLDEN_FRAMES, PROOF } from '../core/golden-frames.ts';
import { u32 } from '../link/tun/packets.ts';
import { hex, joined, unhex } from '../support/hex.ts';
import { seeded, seededBytes } from '../support/seeded.ts';
import { GOLDEN_DATAGRAMS } from '../udp/golden-datagrams.ts';
import { Conversation, chatPackets, fieldsOf, LIMIT_MS, needsDissector, onStream, packetList } from './tshark.ts';

/** No dissector has it, so a chat there must be known by itself. */
const OTHER_PORT = 45_678;
const KEEP_ALIVE = unhex('00 00 00 00');
const DATA = unhex('16 91 92 93 94 95 96 97 98');

const FRAMES = GOLDEN_FRAMES.map(({ hex }) => unhex(hex));
const PING = goldenFrame('PING, token 4294967294');
const DATAGRAMS = GOLDEN_DATAGRAMS.map(({ hex }) => unhex(hex));

const FRAME_WORDS = [
  'JOIN as Ana',
  'JOIN without a name',
  'JOIN as Ana, with proof',
  'SEND to Usuario0 #7',
  'SEND to everybody #1',
  'WHO request 258',
  'CONFIRM of Ana #7',
  'PING 4294967294',
  'WELCOME Usuario0',
  'WELCOME Ana',
  'DELIVER from Ana #7',
  'DELIVER-TO-ALL from Ana #1',
  'CONFIRMED by Usuario0 #7',
  'ROSTER request 258, part 1 of 1: 2 people',
  'JOINED Ana over tcp',
  'LEFT Ana: lost',
  'REFUSED #7 unknown-recipient: Bia',
  'PONG 4294967294',
  'BYE shutdown: noite',
  'CHALLENGE asks for proof of the secret',
];

const DATAGRAM_WORDS = [
  'HELLO',
  'COOKIE',
  'OPEN, JOIN without a name',
  'OPENED, WELCOME Ana',
  'DENIED, REFUSED name-taken: Ana',
  'PING 1',
  'keep-alive',
  'CLOSE, BYE shutdown',
  'CLOSE',
  'UNKNOWN',
];

function goldenFrame(name: string): Uint8Array {
  return unhex(GOLDEN_FRAMES.find((golden) => golden.name === name)!.hex);
}

const asLab = (words: readonly string[]) => words.map((info) => ({ protocol: 'LAB', info }));

for (const [what, setting] of [
  ["the chat's port", {}],
  ["the chat's port over IPv6", { version: 6 }],
  ['any port', { port: OTHER_PORT }],
] as const) {
  test(`every kind of frame and of datagram, on ${what}`, { timeout: LIMIT_MS }, (context) => {
    needsDissector(context);
    const chat = new Conversation(setting);
    for (const frame of FRAMES) chat.segment(onStream(frame));
    for (const datagram of DATAGRAMS) chat.datagram(datagram);
    const file = chat.save();
    expect(packetList(file)).toEqual(asLab([...FRAME_WORDS, ...DATAGRAM_WORDS]));
    expect(packetList(file, '-Y', 'lab.malformed || lab.cut')).toEqual([]);
  });
}

test('every field has a name to filter by', { timeout: LIMIT_MS }, (context) => {
  needsDissector(context);
  const chat = new Conversation();
  for (const frame of FRAMES) chat.segment(onStream(frame));
  for (const datagram of DATAGRAMS) chat.datagram(datagram);
  const file = chat.save();
  const first = (filter: string, ...fields: string[]) => fieldsOf(file, fields, '-Y', filter)[0];
  expect(
    first('lab.kind == "SEND"', 'lab.length', 'lab.version', 'lab.name', 'lab.number', 'lab.subject', 'lab.body'),
  ).toEqual([['23'], ['1'], ['Usuario0'], ['7'], ['Oi'], ['olá']]);
  expect(first('lab.kind == "SEND" && lab.receipt == 0', 'lab.name', 'lab.number')).toEqual([['*'], ['1']]);
  expect(first('lab.kind == "JOIN" && lab.presence == 1', 'lab.name')).toEqual([['Ana']]);
  expect(first('lab.proved == 1', 'lab.kind', 'lab.challenge', 'lab.nonce', 'lab.proof')).toEqual([
    ['JOIN'],
    [hex(PROOF.challenge).replaceAll(' ', '')],
    [hex(PROOF.nonce).replaceAll(' ', '')],
    [hex(PROOF.proof).replaceAll(' ', '')],
  ]);
  expect(first('lab.kind == "ROSTER"', 'lab.request', 'lab.part', 'lab.parts', 'lab.name', 'lab.transport')).toEqual([
    ['258'],
    ['0'],
    ['1'],
    ['Ana', 'Usuario0'],
    ['tcp', 'udp'],
  ]);
  expect(first('lab.departure == "lost"', 'lab.name')).toEqual([['Ana']]);
  expect(first('lab.refusal == "unknown-recipient"', 'lab.number', 'lab.about')).toEqual([['7'], ['Bia']]);
  expect(first('lab.farewell == "shutdown"', 'lab.about')).toEqual([['noite']]);
  expect(first('lab.token == 4294967294', 'lab.kind')).toEqual([['PING']]);
  expect(first('lab.type == "OPENED"', 'lab.nonce', 'lab.session', 'lab.name')).toEqual([
    ['0102030405060708'],
    ['9192939495969798'],
    ['Ana'],
  ]);
  expect(first('lab.type == "COOKIE"', 'lab.cookie')).toEqual([['c0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3']]);
});

test.for([1, 3, 20, 64, 1460])(
  'a stream in segments of %i bytes: each frame once, and in order',
  { timeout: LIMIT_MS },
  (sizeBytes, context) => {
    needsDissector(context);
    const stream = joined(...FRAMES.flatMap((frame) => [onStream(frame), KEEP_ALIVE]));
    const chat = new Conversation();
    for (let at = 0; at < stream.length; at += sizeBytes) chat.segment(stream.subarray(at, at + sizeBytes));
    const words = chatPackets(chat.save()).flatMap(({ info }) => info.split('; '));
    expect(words).toEqual(FRAME_WORDS.flatMap((word) => [word, 'keep-alive']));
  },
);

test('a chat that was captured from its middle on is one where it is named', { timeout: LIMIT_MS }, (context) => {
  needsDissector(context);
  const file = new Conversation({ port: OTHER_PORT }).segment(KEEP_ALIVE).datagram(DATA).save();
  expect(packetList(file, '-Y', 'lab')).toEqual([]);
  const named = ['-d', `tcp.port==${OTHER_PORT},lab`, '-d', `udp.port==${OTHER_PORT},lab`];
  expect(packetList(file, ...named)).toEqual(asLab(['keep-alive', 'keep-alive']));
});

test('what is no chat is not taken for one', { timeout: LIMIT_MS }, (context) => {
  needsDissector(context);
  const other = new Conversation({ port: OTHER_PORT });
  other.segment(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
  for (let seed = 0; seed < 400; seed++) {
    // As long as some datagram of the chat is, and with its first byte.
    const noise = seededBytes(seed, [9, 10, 17, 29, 40, 64][Math.floor(seed / 8) % 6]!);
    other.datagram(joined(Uint8Array.of(0x11 + (seed % 8)), noise.subarray(1)));
    other.segment(joined(u32(noise.length), noise));
  }
  expect(chatPackets(other.save())).toEqual([]);
});

const MALFORMED: readonly [hex: string, why: string][] = [
  ['01 81 08 55', 'it ends before its name does'],
  ['01', 'it ends before its kind does'],
  ['01 05 00 00 00 01 ff', '1 bytes too many at the end'],
  ['02 05 00 00 00 01', 'version 2 is unknown'],
  ['01 7f', 'kind 127 is unknown'],
  ['01 01 04 00', 'the flags 4 are unknown'],
  ['01 8a 08 00', 'the farewell 8 is unknown'],
  ['01 81 02 c3 28', 'the name is not well-formed UTF-8'],
  ['01 81 01 80', 'the name is not well-formed UTF-8'],
  ['01 81 02 c1 bf', 'the name is not well-formed UTF-8'],
  ['01 81 03 e0 9f bf', 'the name is not well-formed UTF-8'],
  ['01 81 03 ed a0 80', 'the name is not well-formed UTF-8'],
  ['01 81 02 e2 82', 'the name is not well-formed UTF-8'],
  ['01 81 04 f0 8f bf bf', 'the name is not well-formed UTF-8'],
  ['01 81 04 f4 90 80 80', 'the name is not well-formed UTF-8'],
  ['01 81 04 f5 80 80 80', 'the name is not well-formed UTF-8'],
  ['01 81 04 f0 9f 98 28', 'the name is not well-formed UTF-8'],
  ['01 02 01 2a 00 00 00 01 00 01 ff', 'the subject is not well-formed UTF-8'],
  ['01 02 01 2a 00 00 00 01 00', 'it ends before its subject does'],
];

test('a malformed frame says why, and what comes behind it is read', { timeout: LIMIT_MS }, (context) => {
  needsDissector(context);
  const chat = new Conversation();
  for (const [hex] of MALFORMED) chat.segment(joined(onStream(unhex(hex)), onStream(PING)));
  for (const [hex] of MALFORMED) chat.datagram(joined(DATA, unhex(hex)));
  const file = chat.save();
  const reasons = MALFORMED.map(([, why]) => [[why]]);
  expect(fieldsOf(file, ['_ws.expert.message'])).toEqual([...reasons, ...reasons]);
  const words = packetList(file).map(({ info }) => info);
  for (const [i, [, why]] of MALFORMED.entries()) {
    expect(words[i]).toMatch(/\]; PING 4294967294$/);
    expect(words[MALFORMED.length + i]).toContain(`[malformed: ${why}]`);
  }
});

test('a length over the limit is the end of the stream, a body over it is malformed', {
  timeout: LIMIT_MS,
}, (context) => {
  needsDissector(context);
  const large = joined(unhex('01 02 01 2a 00 00 00 01 00 00'), new Uint8Array(MAX_BODY_BYTES + 1).fill(0x61));
  const chat = new Conversation();
  const stream = onStream(large);
  for (let at = 0; at < stream.length; at += 10_000) chat.segment(stream.subarray(at, at + 10_000));
  const file = chat.segment(joined(u32(MAX_FRAME_BYTES + 1), PING)).save();
  expect(fieldsOf(file, ['_ws.expert.message'], '-Y', 'lab.malformed')).toEqual([
    [['the body has 60001 bytes and the limit is 60000']],
    [['a frame of 60329 bytes is announced and the limit is 60328']],
  ]);
});

test('what the program reads the dissector reads, and what it does not is malformed', {
  timeout: LIMIT_MS,
}, (context) => {
  needsDissector(context);
  const roll = seeded(1);
  const frames = [
    ...FRAMES.flatMap((frame) => [...frame.keys()].map((cutAt) => frame.subarray(0, cutAt))),
    ...FRAMES.map((frame) => joined(frame, unhex('00'))),
    // One byte of each changed, many times over.
    ...Array.from({ length: 1500 }, (_, i) => {
      const frame = Uint8Array.from(FRAMES[i % FRAMES.length]!);
      frame[Math.floor(roll() * frame.length)] = Math.floor(roll() * 256);
      return frame;
    }),
  ].filter((frame) => frame.length > 0);
  const chat = new Conversation();
  for (const frame of frames) chat.datagram(joined(DATA, frame));
  const file = chat.save();
  const found = fieldsOf(file, ['lab.malformed']).map(([malformed]) => malformed!.length > 0);
  expect(found.map((isMalformed, i) => (isMalformed === isMalformedFrame(frames[i]!) ? '' : frames[i]))).toEqual(
    frames.map(() => ''),
  );
});

test('datagrams cut at any length, and lengths that no datagram has', { timeout: LIMIT_MS }, (context) => {
  needsDissector(context);
  const datagrams = [
    ...DATAGRAMS.flatMap((datagram) => [...datagram.keys()].map((cutAt) => datagram.subarray(0, cutAt))),
    ...DATAGRAMS.map((datagram) => joined(datagram, unhex('00'))),
    ...DATAGRAMS.map((datagram) => joined(datagram, FRAMES[0]!)),
    ...Array.from({ length: 300 }, (_, seed) => seededBytes(seed, seed % 70)),
  ].filter((datagram) => datagram.length > 0);
  const chat = new Conversation();
  for (const datagram of datagrams) chat.datagram(datagram);
  const file = chat.save();
  const found = fieldsOf(file, ['lab.malformed']).map(([malformed]) => malformed!.length > 0);
  expect(
    found.map((isMalformed, i) => (isMalformed === isMalformedDatagram(datagrams[i]!) ? '' : datagrams[i])),
  ).toEqual(datagrams.map(() => ''));
});

test('a packet of which the capture has only a part is cut, not malformed', { timeout: LIMIT_MS }, (context) => {
  needsDissector(context);
  const send = goldenFrame('SEND to "Usuario0"');
  const chat = new Conversation();
  const [datagram, stream] = [joined(DATA, send), onStream(send)];
  // Behind the 28 bytes of IPv4 and UDP, and the 40 of IPv4 and TCP.
  for (let bytes = 1; bytes < datagram.length; bytes++) chat.datagram(datagram, 28 + bytes);
  for (let bytes = 1; bytes < stream.length; bytes++) chat.segment(stream, 40 + bytes);
  const file = chat.save();
  expect(packetList(file, '-Y', 'lab.malformed')).toEqual([]);
  const infos = packetList(file).map(({ info }) => info);
  expect(infos).toHaveLength(datagram.length - 1 + stream.length - 1);
  for (const [i, info] of infos.entries()) {
    // Also the datagram that ends behind its session, as a keep-alive does, and those that end in a body.
    expect(info, `packet ${i + 1}`).toMatch(/^(DATA|datagram|frame|SEND|SEND to Usuario0 #7) \[cut\]$/);
  }
});

test('text of any kind is shown, and in one line', { timeout: LIMIT_MS }, (context) => {
  needsDissector(context);
  const welcome = (name: string) => joined(unhex('01 81'), Uint8Array.of(Buffer.byteLength(name)), Buffer.from(name));
  const chat = new Conversation();
  for (const name of ['Zoë 👩‍🚀', 'two\nlines', 'a\0b', '%s%n', 'x'.repeat(255)])
    chat.datagram(joined(DATA, welcome(name)));
  const file = chat.save();
  expect(packetList(file).map(({ info }) => info)).toEqual([
    'WELCOME Zoë 👩‍🚀',
    'WELCOME two.lines',
    'WELCOME a␀b',
    'WELCOME %s%n',
    `WELCOME ${'x'.repeat(255)}`,
  ]);
  expect(packetList(file, '-Y', 'lab.malformed')).toEqual([]);
});

/** By the program's own parsers. */
function isMalformedFrame(frame: Uint8Array): boolean {
  const isServers = (frame[1] ?? 0) >= 0x80;
  const parsed = isServers ? parseServerFrame(frame) : parseClientFrame(frame);
  if ('envelope' in parsed) return nameOn(parsed.envelope) === undefined;
  return parsed.kind === 'malformed' || parsed.kind === 'wrong-version' || parsed.kind === 'bad-letter';
}

function isMalformedDatagram(bytes: Uint8Array): boolean {
  const datagram = parseDatagram(bytes);
  if (datagram.kind === 'stray') return true;
  return 'frame' in datagram && datagram.frame.length > 0 && isMalformedFrame(datagram.frame);
}
